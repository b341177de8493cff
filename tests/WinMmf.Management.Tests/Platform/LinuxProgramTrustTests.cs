using System;
using System.Diagnostics;
using System.IO;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Linux;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

#pragma warning disable CA1416 // Skipped elsewhere.
public sealed class LinuxProgramTrustTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Open = Own | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const string Mallory = "61001";

    private readonly LinuxProgramTrust _trust = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-trust").FullName;
    private readonly string _bin;
    private readonly string _program;

    public LinuxProgramTrustTests()
    {
        _bin = Path.Combine(_folder, "above", "bin");
        _program = Path.Combine(_bin, "program");
        Directory.CreateDirectory(_bin);
        File.WriteAllText(_program, "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void What_only_root_and_this_account_can_write_is_trusted_wherever_it_lies()
    {
        Given.SkipUnlessLinux();

        // The folder lies in /tmp, which all can write; but it is sticky, so that nobody can replace what is there.
        Assert.Null(Find(_program));
        Assert.Null(Find("/bin/sh"));
        Assert.Null(Find(Path.Combine(_folder, "nothing")));
    }

    [SkippableTheory]
    [InlineData("above/bin/program")]
    [InlineData("above/bin")]
    [InlineData("above")]
    public void A_file_or_folder_that_all_can_write_is_named(string part)
    {
        Given.SkipUnlessLinux();
        string open = Path.Combine(_folder, part);
        File.SetUnixFileMode(open, Open | UnixFileMode.OtherWrite);
        Assert.Equal((open, "every account"), Named(_program));
    }

    [SkippableFact]
    public void A_sticky_folder_protects_what_lies_in_it_but_not_a_program_from_its_neighbours()
    {
        Given.SkipUnlessLinux();
        File.SetUnixFileMode(Path.Combine(_folder, "above"), Open | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        Assert.Null(Find(_program));
        File.SetUnixFileMode(_bin, Open | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        Assert.Equal((_bin, "every account"), Named(_program));
    }

    [SkippableTheory]
    [InlineData("above/bin/program")]
    [InlineData("above/bin")]
    [InlineData("above")]
    public void Another_owner_is_named(string part)
    {
        SkipUnlessRoot();
        string foreign = Path.Combine(_folder, part);
        Run("chown", Mallory, foreign);
        Assert.Equal((foreign, "user " + Mallory), Named(_program));
    }

    [SkippableFact]
    public void Every_link_on_the_way_counts()
    {
        SkipUnlessRoot();
        string link = Path.Combine(_folder, "link"), second = Path.Combine(_folder, "second");
        File.CreateSymbolicLink(second, "above/../above/bin");
        Directory.CreateSymbolicLink(link, second);
        string path = Path.Combine(link, "program");
        Assert.Null(Find(path));
        Run("chown", "-h", Mallory, second);
        Assert.Equal((second, "user " + Mallory), Named(path));
        Run("chown", "-h", "0", second);
        Run("chown", Mallory, Path.Combine(_folder, "above"));
        Assert.Equal((Path.Combine(_folder, "above"), "user " + Mallory), Named(path));
    }

    [SkippableFact]
    public void A_link_without_an_end_ends()
    {
        Given.SkipUnlessLinux();
        string link = Path.Combine(_folder, "round");
        File.CreateSymbolicLink(link, "round");
        Assert.Null(Find(link));
    }

    [SkippableFact]
    public void A_group_counts_by_who_is_in_it()
    {
        SkipUnlessRoot();
        File.SetUnixFileMode(_program, Open | UnixFileMode.GroupWrite);
        Assert.Null(Find(_program));
        Run("chgrp", "61003", _program);
        Assert.Equal((_program, "group:61003"), Named(_program));
    }

    [SkippableFact]
    public void An_access_list_counts_for_its_accounts()
    {
        SkipUnlessRoot();
        Skip.IfNot(File.Exists("/usr/bin/setfacl"), "setfacl is not installed");
        Run("setfacl", "-m", "u:" + Mallory + ":r-x", _bin);
        Assert.Null(Find(_program));
        Run("setfacl", "-m", "u:" + Mallory + ":rwx", _bin);
        Assert.Equal((_bin, "user " + Mallory), Named(_program));
        Run("setfacl", "-m", "m::r-x", _bin);
        Assert.Null(Find(_program));
    }

    private static void SkipUnlessRoot()
    {
        Given.SkipUnlessLinux();
        Skip.IfNot(Environment.IsPrivilegedProcess, "only root can make files of another account");
    }

    private static void Run(params string[] words)
    {
        using Process process = Process.Start(words[0], words[1..]);
        process.WaitForExit();
        Skip.IfNot(process.ExitCode == 0, $"'{string.Join(' ', words)}' does not work here");
    }

    private ForeignWriter? Find(string path) => _trust.FindWriter(path);

    private (string Path, string Account) Named(string path) => Find(path) is { } writer ? (writer.Path, writer.Account) : ("", "nobody");
}
