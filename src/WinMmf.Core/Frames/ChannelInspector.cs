using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Processes;
using WinMmf.Time;

namespace WinMmf.Frames;

/// <summary>Looks at a channel from outside, without taking part in it.</summary>
internal static unsafe class ChannelInspector
{
    private const uint StalledAfterMilliseconds = 2000;
    private const int PeekTries = 100;

    /// <summary>How a channel is: what its publisher says, unless its process or its heartbeat contradict.</summary>
    public static ChannelState StateOf(IPlatform platform, SharedSection control, SharedName name) =>
        StateOf(platform, control, ControlDescription.Read(control, name));

    /// <summary>Everything that can be known of a channel now.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="control">A control section whose anchor was checked.</param>
    /// <param name="name">Its name.</param>
    public static ChannelReport Report(IPlatform platform, SharedSection control, SharedName name)
    {
        ControlDescription description = ControlDescription.Read(control, name);
        ChannelState state = StateOf(platform, control, description);
        string? program = platform.Processes.Probe(description.Owner) == ProcessLiveness.Alive
            ? platform.Processes.FindProgramName(description.Owner)
            : null;
        ChannelCounters counters = CounterBlock.Read(control.Address);
        FrameInfo? newest = TryPeek(control, description.Slots);
        return new ChannelReport(name, control.Owner, state, description, counters, newest, program, FailureRecord.Read(control));
    }

    /// <summary>Everything that can be known of the channel that bears a name; null if nothing does, or something else.</summary>
    /// <exception cref="WinMmfException">AccessDenied, WrongObjectType, Truncated, VersionMismatch, CorruptHeader, NotReady.</exception>
    public static ChannelReport? TryReport(IPlatform platform, SharedName name)
    {
        using SharedSection? control = platform.Sections.TryLook(name);
        if (control is null || !ControlAnchor.IsPresent(control))
            return null;
        ControlAnchor.Check(control, name);
        return Report(platform, control, name);
    }

    /// <summary>A channel's publisher in words, or null if it cannot be seen.</summary>
    public static string? TryDescribeOwner(IPlatform platform, SharedName name)
    {
        try
        {
            using SharedSection? control = platform.Sections.TryLook(name);
            if (control is null || !ControlAnchor.IsPresent(control))
                return null;
            ChannelReport report = Report(platform, control, name);
            string program = report.OwnerProgram is null ? "" : $" ({report.OwnerProgram})";
            string since = report.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            return $"process {report.Owner.ProcessId}{program} of {report.Account}, channel created {since} UTC";
        }
        catch (WinMmfException)
        {
            return null;
        }
    }

    /// <summary>True unless the publisher is certainly dead.</summary>
    public static bool IsPublishing(IPlatform platform, ControlDescription description) =>
        platform.Processes.Probe(description.Owner) != ProcessLiveness.Dead
            || platform.Processes.Probe(description.Writer) != ProcessLiveness.Dead;

    private static ChannelState StateOf(IPlatform platform, SharedSection control, ControlDescription description)
    {
        uint word = Volatile.Read(ref *(uint*)(control.Address + ControlLayout.State));
        if (word is (uint)ChannelState.Stopped or (uint)ChannelState.Failed)
            return (ChannelState)word;
        if (!IsPublishing(platform, description))
            return ChannelState.Dead;

        // Another time namespace has another clock.
        if (description.Owner.Host != platform.Processes.Current.Host)
            return word == (uint)ChannelState.Live ? ChannelState.Live : ChannelState.Starting;
        uint beat = Volatile.Read(ref *(uint*)(control.Address + ControlLayout.Heartbeat));
        uint age = unchecked((uint)(MonotonicClock.Now / 1_000_000) - beat);

        // A beat written between the two lines above has a negative age, which is a huge one here.
        if (age is > StalledAfterMilliseconds and < uint.MaxValue / 2)
            return ChannelState.Stalled;
        return word == (uint)ChannelState.Live ? ChannelState.Live : ChannelState.Starting;
    }

    private static FrameInfo? TryPeek(SharedSection control, int slots)
    {
        byte* c = control.Address;
        for (int i = 0; i < PeekTries; i++)
        {
            int slot = (int)(Volatile.Read(ref *(uint*)(c + ControlLayout.Newest)) & 0xFF) - 1;
            if (slot < 0 || slot >= slots)
                return null;
            if (SlotDescriptor.TryRead<SharedStepMemory>(c, slot, out SlotDescriptor descriptor) && descriptor.FindFault() is null)
                return descriptor.ToFrameInfo();
        }

        return null;
    }
}
