using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>Windows: memory that can still be committed, the right to create global names, Media Foundation, camera privacy.</summary>
internal sealed class WindowsEnvironmentProbe : IEnvironmentProbe
{
    private readonly WindowsCameraConsent _consent;

    public WindowsEnvironmentProbe(WindowsCameraConsent? consent = null) => _consent = consent ?? new WindowsCameraConsent();

    /// <inheritdoc/>
    public string DescribeSession()
    {
        string session = Kernel32.ProcessIdToSessionId(Kernel32.GetCurrentProcessId(), out uint number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : "unknown";
        return $"account {WindowsError.CurrentName()}, {(WindowsAccount.IsElevated() ? "elevated" : "not elevated")}, session {session}";
    }

    /// <inheritdoc/>
    public IEnumerable<EnvironmentFinding> ExamineMemory()
    {
        yield return ExamineCommit();
        yield return ExamineGlobal(WindowsPrivilege.StateOf(WindowsPrivilege.CreateGlobal));
    }

    /// <inheritdoc/>
    public IEnumerable<EnvironmentFinding> ExamineCameras()
    {
        yield return ExamineMediaFoundation(Path.Combine(Environment.SystemDirectory, "mfplat.dll"));
        string? forbidden = _consent.FindForbidden();
        yield return forbidden is null
            ? new EnvironmentFinding(EnvironmentCheck.CameraPrivacy, EnvironmentStatus.Ok, "Windows lets desktop programs use cameras.")
            : new EnvironmentFinding(EnvironmentCheck.CameraPrivacy, EnvironmentStatus.Failed,
                $"Windows does not let programs use cameras: '{forbidden}' is off.", "Turn it on in Settings, Privacy & security, Camera.");
        IReadOnlyList<string> users = _consent.FindUsers();
        yield return users.Count == 0
            ? new EnvironmentFinding(
                EnvironmentCheck.Camera, EnvironmentStatus.Ok, "No program of this user uses a camera now, as far as Windows knows.")
            : new EnvironmentFinding(EnvironmentCheck.Camera, EnvironmentStatus.Warning,
                $"A camera is in use now by {string.Join(", ", users)}.",
                "A camera belongs to one process. Where that is not the publisher, end it before a publisher is started.");
    }

    internal static EnvironmentFinding ExamineGlobal(bool? privilege) => privilege switch
    {
        true => new EnvironmentFinding(EnvironmentCheck.GlobalScope, EnvironmentStatus.Ok,
            $"This account may create Global names ({WindowsPrivilege.CreateGlobal} is enabled)."),
        false => new EnvironmentFinding(EnvironmentCheck.GlobalScope, EnvironmentStatus.Warning,
            $"This account has {WindowsPrivilege.CreateGlobal}, but it is not enabled in this process.",
            "Start the shell elevated, or publish from a service or a task of SYSTEM."),
        null => new EnvironmentFinding(EnvironmentCheck.GlobalScope, EnvironmentStatus.Warning,
            $"This account may open Global names but not create them: it lacks {WindowsPrivilege.CreateGlobal}.",
            "Let a service or a task of SYSTEM publish in the Global scope with read access for Users; opening needs no privilege. Local "
                + "names work for all programs of one session."),
    };

    internal static EnvironmentFinding ExamineMediaFoundation(string library) => File.Exists(library)
        ? new EnvironmentFinding(EnvironmentCheck.MediaFoundation, EnvironmentStatus.Ok, "Media Foundation is installed.")
        : new EnvironmentFinding(EnvironmentCheck.MediaFoundation, EnvironmentStatus.Warning,
            "Media Foundation is missing, as it is in the N editions of Windows.",
            "Install the Media Feature Pack (Settings, Optional features); on Windows Server add the feature Server-Media-Foundation.");

    private static EnvironmentFinding ExamineCommit()
    {
        MemoryStatus status = new() { Length = (uint)Marshal.SizeOf<MemoryStatus>() };
        if (!Kernel32.GlobalMemoryStatusEx(ref status))
            return new EnvironmentFinding(
                EnvironmentCheck.SharedMemory, EnvironmentStatus.Unknown, "Windows does not say how much memory can be committed.");
        ulong free = Math.Min(status.AvailableCommit, status.AvailableVirtual);
        return free >= ChannelNeed.FullHd
            ? new EnvironmentFinding(EnvironmentCheck.SharedMemory, EnvironmentStatus.Ok, "Memory: " + ChannelNeed.Compare(free))
            : new EnvironmentFinding(EnvironmentCheck.SharedMemory, EnvironmentStatus.Warning, "Memory: " + ChannelNeed.Compare(free),
                "Enlarge the page file, end programs that need much memory, or publish smaller frames.");
    }
}
