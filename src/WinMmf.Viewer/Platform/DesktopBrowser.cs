using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Viewer.Platform;

/// <summary>
/// Opens the page in the browser of this desktop. On Linux the arguments of a program can be read by every account, so the browser gets the
/// name of a file that only this account can read, and the file leads to an address that works once.
/// </summary>
internal sealed class DesktopBrowser : IDisposable
{
    private const string Opener = "xdg-open";
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(2);

    private readonly Func<string, string?> _read;
    private string? _file;

    /// <summary>Makes one.</summary>
    /// <param name="read">Reads an environment variable.</param>
    public DesktopBrowser(Func<string, string?> read) => _read = read;

    /// <summary>Opens the page.</summary>
    /// <param name="address">The page, with the token.</param>
    /// <param name="entry">The address that works once.</param>
    /// <returns>Null: a browser was started. Otherwise why not, as a sentence.</returns>
    public string? TryOpen(string address, string entry)
    {
        if (SshSession.Is(_read))
            return "This is an SSH session, so no browser was started here.";
        try
        {
            return OperatingSystem.IsWindows() ? OpenOnWindows(address) : OpenOnLinux(entry);
        }
        catch (Exception e) when (e is WinMmfException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            return $"No browser was started: {e.Message}";
        }
    }

    /// <summary>Removes the file that led to the address: the browser has been there.</summary>
    public void Forget()
    {
        if (System.Threading.Interlocked.Exchange(ref _file, null) is not string file)
            return;
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The session's folder goes with the session.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private static string? OpenOnWindows(string address)
    {
        if (!Environment.UserInteractive)
            return "There is no desktop here, so no browser was started.";
        using Process? process = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        return null;
    }

    [UnsupportedOSPlatform("windows")]
    private string? OpenOnLinux(string entry)
    {
        if (string.IsNullOrEmpty(_read("DISPLAY")) && string.IsNullOrEmpty(_read("WAYLAND_DISPLAY")))
            return "There is no desktop here, so no browser was started.";
        string folder = _read("XDG_RUNTIME_DIR") ?? "";
        if (!Path.IsPathFullyQualified(folder) || !Directory.Exists(folder))
            return "No browser was started: this session has no folder of its own (XDG_RUNTIME_DIR).";
        if ((File.GetUnixFileMode(folder) & OthersMayWrite) != 0)
            return $"No browser was started: other accounts may write in '{folder}' (XDG_RUNTIME_DIR).";
        string? opener = (_read("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(static place => Path.Combine(place, Opener)).FirstOrDefault(File.Exists);
        if (opener is null)
            return $"No browser was started: {Opener} is not on the PATH (Debian's package is xdg-utils).";
        TrustedProgram.Check(ManagementServices.Current.ProgramTrust, opener);
        _file = WriteFile(folder, entry);

        // A browser that this starts lives on, so it gets no pipe of this program.
        using StartedProgram started = ManagementServices.Current.Programs.Start(
            "/bin/sh", ["-c", "exec \"$1\" \"$2\" </dev/null >/dev/null 2>&1", "sh", opener, _file], outlivesUs: true);
        return started.WaitForExit(RefusalLimit) && started.ExitCode != 0
            ? $"No browser was started: {Opener} ended with code {started.ExitCode}."
            : null;
    }

    [UnsupportedOSPlatform("windows")]
    private static string WriteFile(string folder, string address)
    {
        string path = Path.Combine(folder, $"winmmf-viewer-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.html");
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using StreamWriter file = new(path, options);
        file.Write($"<!DOCTYPE html><meta charset=\"utf-8\"><title>WinMmf viewer</title><meta http-equiv=\"refresh\" content=\"0;url="
            + $"{WebUtility.HtmlEncode(address)}\"><a href=\"{WebUtility.HtmlEncode(address)}\">WinMmf viewer</a>");
        return path;
    }
}
