using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>What tests of the Linux side need.</summary>
internal static class LinuxGiven
{
    /// <summary>Another account without rights of its own; not nobody, which stands for all accounts without a number.</summary>
    public const int Other = 1;

    /// <summary>The name of that user and of its group.</summary>
    public const string OtherName = "daemon";

    private static readonly string[] AsOther = ["setpriv", "--reuid=1", "--regid=1", "--clear-groups"];

    private static readonly Lazy<string> ReadablePeer = new(CopyPeer);

    public static LinuxDirectory Files { get; } = new(LinuxPlatform.SharedMemoryDirectory);

    public static string PathOf(SharedName name) => Files.PathOf(name);

    /// <summary>The files with the name, and the folders whose owner file names it.</summary>
    public static string[] FilesOf(SharedName name) => Directory
        .EnumerateFileSystemEntries(LinuxPlatform.SharedMemoryDirectory)
        .Where(path => Path.GetFileName(path).Contains(name.Name, StringComparison.Ordinal) || IsFolderOf(path, name))
        .Select(static path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal)
        .ToArray();

    /// <summary>The folder that a channel's control, or a memory's companion, names.</summary>
    public static unsafe string FolderOf(SharedName name)
    {
        foreach (string path in new[] { Files.PathOf(name), Files.CompanionOf(name) })
        {
            byte[] start = File.Exists(path) ? ReadStart(path) : [];
            fixed (byte* bytes = start)
            {
                if (start.Length == AnchorLayout.Size && SectionAnchor.TryRead(bytes, out SectionAnchor anchor))
                    return LinuxFolder.PathOf(Files, anchor.Tie);
            }
        }

        throw new InvalidOperationException($"{name} names no folder.");
    }

    /// <summary>A part of a channel or a memory.</summary>
    public static string PartOf(SharedName name, string part) => Path.Combine(FolderOf(name), part);

    public static string Mode(SharedName name) => ModeOf(PathOf(name));

    public static string ModeOf(string path) => Run("stat", "-c", "%a", path)!.Trim();

    /// <summary>Runs a program to its end; its output, or null if it failed or is missing.</summary>
    public static string? Run(params string[] command)
    {
        try
        {
            ProcessStartInfo info = Command.Of(command[0], command.Skip(1));
            info.RedirectStandardError = true;
            using Process process = Process.Start(info)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A peer under another account, which has no rights of its own.</summary>
    public static Peer StartAsOther() => StartAsOtherBy();

    /// <summary>A peer under an account of a given number.</summary>
    public static Peer StartAs(uint user)
    {
        Given.SkipUnlessRoot();
        string[] change = ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"];
        Skip.If(Run([.. change, "test", "-r", ReadablePeer.Value]) is null, "Another account cannot be taken on here.");
        return Peer.StartAt(ReadablePeer.Value, change);
    }

    /// <summary>The same, started by another program before the account is changed.</summary>
    public static Peer StartAsOtherBy(params string[] first)
    {
        Given.SkipUnlessRoot();
        Skip.If(Run([.. AsOther, "test", "-r", ReadablePeer.Value]) is null, "Another account cannot be taken on here.");
        return Peer.StartAt(ReadablePeer.Value, [.. first, .. AsOther]);
    }

    /// <summary>Leaves behind what a killed publisher leaves: control and a folder with its parts.</summary>
    public static void LeaveBehind(SharedName name, string policy = "")
    {
        using Peer peer = Peer.Start();
        LeaveBehind(peer, name, policy);
    }

    public static void LeaveBehind(Peer peer, SharedName name, string policy = "")
    {
        peer.Must("publish", "p", name.Name, name.Scope, 4, policy);
        peer.Must("frames", "p", 1);
        peer.Kill();
        Assert.Equal(2, FilesOf(name).Length);
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsFolderOf(string path, SharedName name)
    {
        string owner = Path.Combine(path, LinuxFolder.OwnerFile);
        try
        {
            return Directory.Exists(path) && File.Exists(owner)
                && System.Text.Encoding.UTF8.GetString(ReadStart(owner)).Contains(name.Name, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            // Another test's, which has just gone.
            return false;
        }
    }

    private static byte[] ReadStart(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] start = new byte[AnchorLayout.Size];
        return file.Read(start, 0, start.Length) == start.Length ? start : [];
    }

    /// <summary>The peer in a folder that every account may read; the tests are often in a home directory.</summary>
    private static string CopyPeer()
    {
        string directory = Directory.CreateTempSubdirectory("winmmf-peer-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        string from = Path.GetDirectoryName(Peer.Program)!;
        foreach (string file in Directory.EnumerateFiles(from, Path.GetFileName(Peer.Program) + "*")
            .Concat(Directory.EnumerateFiles(from, "WinMmf.*.dll")).Distinct())
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        Run("chmod", "-R", "a+rX", directory);
        return Path.Combine(directory, Path.GetFileName(Peer.Program));
    }
}
