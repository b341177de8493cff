using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

#pragma warning disable CA1416 // Skipped elsewhere by WindowsTest.
public sealed class WindowsProgramTrustTests : WindowsTest
{
    private const string Me = "S-1-5-21-1-2-3-1001";
    private const string Mallory = "S-1-5-21-1-2-3-1002";
    private const string AuthenticatedUsers = "S-1-5-11";

    [SkippableTheory]
    [InlineData("O:BAD:(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)", null)]
    [InlineData("O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464D:(A;;FA;;;SY)(A;;0x1200a9;;;WD)", null)]
    [InlineData("O:" + Me + "D:(A;;FA;;;" + Me + ")(A;OICIIO;GA;;;CO)", null)]
    [InlineData("O:S-1-5-21-9-9-9-512D:(A;;FA;;;S-1-5-21-9-9-9-512)", null)]
    [InlineData("O:" + Mallory + "D:(A;;0x1200a9;;;WD)", Mallory)]
    [InlineData("O:BAD:(A;;FA;;;BA)(A;;FW;;;" + Mallory + ")", Mallory)]
    [InlineData("O:BAD:(A;;FA;;;BA)(A;ID;0x1301bf;;;AU)", AuthenticatedUsers)]
    [InlineData("O:BAD:(A;;FA;;;BA)(A;;WD;;;AU)", AuthenticatedUsers)]
    [InlineData("O:BAD:(A;;FA;;;BA)(A;;SD;;;AU)", AuthenticatedUsers)]
    [InlineData("O:BAD:(A;;FA;;;BA)(A;;GW;;;AU)", AuthenticatedUsers)]
    [InlineData("O:BAD:(A;;FA;;;BA)(A;OICIIO;FA;;;AU)", null)]
    [InlineData("O:BA", "S-1-1-0")]
    public void A_program_is_trusted_that_only_this_account_and_administrators_can_change(string sddl, string? writer) =>
        Assert.Equal(writer, Find(sddl, WindowsProgramTrust.OfFile));

    [SkippableTheory]
    [InlineData("O:SYD:(A;;FA;;;BA)(A;;0x4;;;AU)(A;OICIIO;0x1301bf;;;AU)", null)]
    [InlineData("O:SYD:(A;;FA;;;BA)(A;;0x40;;;AU)", AuthenticatedUsers)]
    public void Above_its_own_folder_new_folders_may_be_made_and_none_replaced(string sddl, string? writer) =>
        Assert.Equal(writer, Find(sddl, WindowsProgramTrust.OfFolder));

    [SkippableFact]
    public void In_its_own_folder_nothing_may_be_made_by_others() =>
        Assert.Equal(AuthenticatedUsers, Find("O:SYD:(A;;FA;;;BA)(A;;0x2;;;AU)", WindowsProgramTrust.OfOwnFolder));

    [SkippableFact]
    public void Windows_itself_and_a_file_of_ones_own_are_trusted()
    {
        Assert.Null(new WindowsProgramTrust().FindWriter(Path.Combine(Environment.SystemDirectory, "kernel32.dll")));
        string folder = Directory.CreateTempSubdirectory("winmmf-trust").FullName;
        string file = Path.Combine(folder, "program.exe");
        File.WriteAllText(file, "");
        try
        {
            Assert.Null(new WindowsProgramTrust().FindWriter(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableTheory]
    [InlineData("program.exe")]
    [InlineData(@"folder\program.exe")]
    [InlineData(@"\folder\program.exe")]
    [InlineData(@"C:program.exe")]
    public void What_depends_on_the_current_folder_or_drive_is_not_started(string path)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => ManagementServices.Current.Programs.Start(path, [], outlivesUs: false).Dispose());
        Assert.Equal(WinMmfErrorId.ProgramNotTrusted, e.ErrorId);
    }

    private static string? Find(string sddl, uint rights)
    {
        using SafeLocalMemory descriptor = WindowsSecurityDescriptor.TryConvert(sddl, out int error)
            ?? throw new InvalidOperationException($"'{sddl}': error {error}");
        return WindowsProgramTrust.FindWriter(WindowsSecurityDescriptor.Parse(descriptor), rights, [Me]);
    }
}
