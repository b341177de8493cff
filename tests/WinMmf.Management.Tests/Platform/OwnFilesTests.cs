using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Platform;

#pragma warning disable CA1416 // Skipped elsewhere.
/// <summary>A path that somebody told: a publisher its log, for the diagnostic.</summary>
public sealed class OwnFilesTests : IDisposable
{
    private readonly IOwnFiles _files = ManagementServices.Current.OwnFiles;
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-own").FullName;
    private readonly string _log;

    public OwnFilesTests()
    {
        _log = Path.Combine(_folder, "publisher.log");
        File.WriteAllText(_log, "first frame");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ones_own_file_is_read()
    {
        using StreamReader reader = new(_files.Open(_log));
        Assert.Equal("first frame", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("publisher.log")]
    [InlineData("")]
    [InlineData("//server/share/publisher.log")]
    [InlineData(@"\\server\share\publisher.log")]
    [InlineData(@"\\?\C:\publisher.log")]
    [InlineData(@"\\.\pipe\x")]
    [InlineData(@"C:\x\y.log:stream")]
    public void A_path_that_is_not_of_this_machine_or_not_whole_is_not_opened(string path) =>
        Assert.ThrowsAny<IOException>(() => _files.Open(path).Dispose());

    [SkippableFact]
    public async Task A_pipe_is_refused_and_not_waited_for()
    {
        Given.SkipUnlessLinux();
        string pipe = Path.Combine(_folder, "pipe");
        Run("mkfifo", pipe);
        Task<IOException> refused = Task.Run(() => Assert.ThrowsAny<IOException>(() => _files.Open(pipe).Dispose()));
        Assert.Same(refused, await Task.WhenAny(refused, Task.Delay(TimeSpan.FromSeconds(60))));
        Assert.ThrowsAny<IOException>(() => _files.Open("/dev/null").Dispose());
        Assert.ThrowsAny<IOException>(() => _files.Open(_folder).Dispose());
    }

    [SkippableFact]
    public void Another_accounts_file_is_not_read()
    {
        Given.SkipUnlessLinux();
        Skip.IfNot(Environment.IsPrivilegedProcess, "only root can give a file away");
        Run("chown", "61001", _log);
        Assert.ThrowsAny<IOException>(() => _files.Open(_log).Dispose());
    }

    [SkippableTheory]
    [InlineData("hard link")]
    [InlineData("link to the file")]
    [InlineData("link to the folder")]
    public void Where_another_account_can_change_the_path_no_part_of_it_is_a_link(string kind)
    {
        Given.SkipUnlessLinux();
        string secret = Path.Combine(_folder, "secret", "key");
        string open = Path.Combine(_folder, "open");
        string told = Path.Combine(open, kind == "link to the folder" ? "logs/key" : "publisher.log");
        Directory.CreateDirectory(Path.GetDirectoryName(secret)!);
        Directory.CreateDirectory(open);
        File.WriteAllText(secret, "secret");
        if (kind == "hard link")
            Run("ln", secret, told);
        else if (kind == "link to the file")
            File.CreateSymbolicLink(told, secret);
        else
            Directory.CreateSymbolicLink(Path.GetDirectoryName(told)!, Path.GetDirectoryName(secret)!);
        File.SetUnixFileMode(open, (UnixFileMode)0x1FF);
        Assert.ThrowsAny<IOException>(() => _files.Open(told).Dispose());

        // One of the same folder that is no link is read.
        string plain = Path.Combine(open, "plain.log");
        File.WriteAllText(plain, "plain");
        _files.Open(plain).Dispose();
    }

    [SkippableFact]
    public void A_link_of_ones_own_in_the_path_is_followed_where_nobody_else_can_change_it()
    {
        Given.SkipUnlessLinux();
        string there = Path.Combine(_folder, "there");
        Directory.CreateDirectory(there);
        File.WriteAllText(Path.Combine(there, "x.log"), "x");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "here"), there);
        _files.Open(Path.Combine(_folder, "here", "x.log")).Dispose();
    }

    [Fact]
    public void A_new_file_is_nobody_elses_to_read_and_never_one_that_is_there()
    {
        string made = Path.Combine(_folder, "made");
        _files.Create(made).Dispose();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made));
        Assert.ThrowsAny<IOException>(() => _files.Create(made).Dispose());
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
