using System;
using System.Collections.Generic;
using WinMmf.Platform.Windows;

namespace WinMmf.Management.Platform.Windows;

/// <summary>What Windows keeps of cameras: whether programs may use them, and which do (Settings, Privacy, Camera).</summary>
internal sealed class WindowsCameraConsent
{
    private const string StorePath = @"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam";
    private const string DesktopPrograms = "NonPackaged";
    private readonly string _path;

    /// <param name="path">The key below HKEY_CURRENT_USER and HKEY_LOCAL_MACHINE; another one for tests.</param>
    public WindowsCameraConsent(string path = StorePath) => _path = path;

    /// <summary>Which switch forbids desktop programs the camera, by its name in Settings; null if none does.</summary>
    public string? FindForbidden()
    {
        if (IsDenied(WindowsRegistry.LocalMachine, _path))
            return "Camera access (of the whole device)";
        if (IsDenied(WindowsRegistry.CurrentUser, _path))
            return "Let apps access your camera";
        return IsDenied(WindowsRegistry.CurrentUser, _path + "\\" + DesktopPrograms) ? "Let desktop apps access your camera" : null;
    }

    /// <summary>The programs that use a camera now: full path of a desktop program, family name of a packaged one.</summary>
    public IReadOnlyList<string> FindUsers()
    {
        List<string> users = new();

        // Services are recorded for the machine, programs for their user.
        foreach (IntPtr hive in new[] { WindowsRegistry.CurrentUser, WindowsRegistry.LocalMachine })
        {
            foreach (string packaged in WindowsRegistry.ListKeys(hive, _path))
            {
                if (packaged != DesktopPrograms && IsInUse(hive, _path + "\\" + packaged))
                    users.Add(packaged);
            }

            // A path is one key name, with number signs in place of backslashes.
            string desktop = _path + "\\" + DesktopPrograms;
            foreach (string program in WindowsRegistry.ListKeys(hive, desktop))
            {
                if (IsInUse(hive, desktop + "\\" + program))
                    users.Add(program.Replace('#', '\\'));
            }
        }

        return users;
    }

    private static bool IsDenied(IntPtr hive, string path) =>
        string.Equals(WindowsRegistry.ReadText(hive, path, "Value"), "Deny", StringComparison.OrdinalIgnoreCase);

    /// <summary>Windows writes 0 as the end while the use continues.</summary>
    private static bool IsInUse(IntPtr hive, string path) =>
        WindowsRegistry.ReadNumber(hive, path, "LastUsedTimeStop") == 0
        && WindowsRegistry.ReadNumber(hive, path, "LastUsedTimeStart") > 0;
}
