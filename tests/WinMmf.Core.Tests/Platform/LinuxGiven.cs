using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>What tests of the Linux side need.</summary>
internal static class LinuxGiven
{
    public const int Nobody = 65534;

    private static readonly string[] AsNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

    private static readonly Lazy<string> ReadablePeer = new(CopyPeer);

    public static string PathOf(SharedName name, string suffix = "") =>
        new LinuxDirectory(LinuxPlatform.SharedMemoryDirectory).PathOf(name, suffix);

    /// <summary>The files that a name has, parts included.</summary>
    public static string[] FilesOf(SharedName name) => Directory
        .EnumerateFileSystemEntries(LinuxPlatform.SharedMemoryDirectory)
        .Select(static path => Path.GetFileName(path))
        .Where(file => file.Contains(name.Name, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .ToArray();

    public static string Mode(SharedName name, string suffix = "") => Run("stat", "-c", "%a", PathOf(name, suffix))!.Trim();

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
    public static Peer StartAsNobody() => StartAsNobodyBy();

    /// <summary>The same, started by another program before the account is changed.</summary>
    public static Peer StartAsNobodyBy(params string[] first)
    {
        Given.SkipUnlessRoot();
        Skip.If(Run([.. AsNobody, "test", "-r", ReadablePeer.Value]) is null, "Another account cannot be taken on here.");
        return Peer.StartAt(ReadablePeer.Value, [.. first, .. AsNobody]);
    }

    /// <summary>Leaves behind what a killed process leaves: control, pixels, a registry, the owner's file.</summary>
    public static void LeaveBehind(SharedName name, string policy = "")
    {
        using Peer peer = Peer.Start();
        LeaveBehind(peer, name, policy);
    }

    public static void LeaveBehind(Peer peer, SharedName name, string policy = "")
    {
        peer.Must("own", "o", name.Name, name.Scope);
        peer.Must("create", "p", name.Name, name.Scope, SharedName.Pixels(1), 8192, "PublisherSection", policy);
        peer.Must("create", "r", name.Name, name.Scope, SharedName.RegistrySuffix, 4096, "Registry", policy);
        peer.Must("create", "c", name.Name, name.Scope, "", 4096, "PublisherSection", policy);
        peer.Kill();
        Assert.Equal(4, FilesOf(name).Length);
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The peer at a place that every account may read; the tests often lie in a home directory.</summary>
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
