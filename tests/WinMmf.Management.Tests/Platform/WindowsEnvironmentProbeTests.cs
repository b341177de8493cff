using System;
using System.IO;
using System.Linq;
using Microsoft.Win32;
using WinMmf.Errors;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform.Windows;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

#pragma warning disable CA1416 // Skipped elsewhere by WindowsTest.
public sealed class WindowsEnvironmentProbeTests : WindowsTest, IDisposable
{
    private bool _isOnMachine;
    private readonly string _path = @"Software\WinMmf.Tests\" + Guid.NewGuid().ToString("N");

    public void Dispose()
    {
        Registry.CurrentUser.DeleteSubKeyTree(_path, throwOnMissingSubKey: false);
        if (_isOnMachine)
            Registry.LocalMachine.DeleteSubKeyTree(_path, throwOnMissingSubKey: false);
    }

    [SkippableFact]
    public void A_service_that_uses_a_camera_stands_with_the_machine()
    {
        try
        {
            using RegistryKey key = Registry.LocalMachine.CreateSubKey(_path + @"\NonPackaged\C:#Tools#service.exe");
            _isOnMachine = true;
            key.SetValue("LastUsedTimeStart", 5L, RegistryValueKind.QWord);
            key.SetValue("LastUsedTimeStop", 0L, RegistryValueKind.QWord);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new SkipException("Only an administrator may write there: " + e.Message);
        }

        Assert.Equal([@"C:\Tools\service.exe"], new WindowsCameraConsent(_path).FindUsers());
    }

    [SkippableTheory]
    [InlineData("Allow", "Allow", null)]
    [InlineData("Deny", "Allow", "Let apps")]
    [InlineData("Allow", "Deny", "Let desktop apps")]
    [InlineData(null, null, null)]
    public void A_switch_that_is_off_is_named(string? all, string? desktop, string? expected)
    {
        Set("", "Value", all);
        Set(@"\NonPackaged", "Value", desktop);

        EnvironmentFinding finding = Privacy();

        Assert.Equal(expected is null ? EnvironmentStatus.Ok : EnvironmentStatus.Failed, finding.Status);
        Assert.Contains(expected ?? "lets", finding.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Who_uses_a_camera_now_is_named_and_who_used_it_is_not()
    {
        Use(@"\NonPackaged\C:#Tools#now.exe", start: 5, stop: 0);
        Use(@"\NonPackaged\C:#Tools#before.exe", start: 5, stop: 6);
        Use(@"\NonPackaged\C:#Tools#never.exe", start: 0, stop: 0);
        Use(@"\Packaged.App_1", start: 5, stop: 0);

        Assert.Equal(["Packaged.App_1", @"C:\Tools\now.exe"], new WindowsCameraConsent(_path).FindUsers());
        Assert.Equal(
            EnvironmentStatus.Warning, Probe().ExamineCameras().Single(finding => finding.Check == EnvironmentCheck.Camera).Status);
    }

    [SkippableFact]
    public void Media_Foundation_is_a_file()
    {
        string file = Path.GetTempFileName();
        Assert.Equal(EnvironmentStatus.Ok, WindowsEnvironmentProbe.ExamineMediaFoundation(file).Status);
        File.Delete(file);
        Assert.Equal(EnvironmentStatus.Warning, WindowsEnvironmentProbe.ExamineMediaFoundation(file).Status);
    }

    [SkippableFact]
    public void A_privilege_is_enabled_held_or_missing()
    {
        Assert.Equal(EnvironmentStatus.Ok, WindowsEnvironmentProbe.ExamineGlobal(true).Status);
        Assert.Equal(EnvironmentStatus.Warning, WindowsEnvironmentProbe.ExamineGlobal(false).Status);
        Assert.Equal(EnvironmentStatus.Warning, WindowsEnvironmentProbe.ExamineGlobal(null).Status);

        // Every token has this one enabled; only the system itself has that one.
        Assert.True(WindowsPrivilege.StateOf("SeChangeNotifyPrivilege"));
        Assert.NotEqual(true, WindowsPrivilege.StateOf("SeTcbPrivilege"));
        Assert.Equal(WinMmfErrorId.SystemError, Given.ErrorOf(() => WindowsPrivilege.StateOf("SeNoSuchPrivilege")));
    }

    private WindowsEnvironmentProbe Probe() => new(new WindowsCameraConsent(_path));

    private EnvironmentFinding Privacy() => Probe().ExamineCameras().Single(finding => finding.Check == EnvironmentCheck.CameraPrivacy);

    private void Set(string below, string name, object? value)
    {
        using RegistryKey key = Registry.CurrentUser.CreateSubKey(_path + below);
        if (value is not null)
            key.SetValue(name, value, value is long ? RegistryValueKind.QWord : RegistryValueKind.String);
    }

    private void Use(string below, long start, long stop)
    {
        Set(below, "LastUsedTimeStart", start);
        Set(below, "LastUsedTimeStop", stop);
    }
}
