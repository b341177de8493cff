using System.Collections.Generic;
using WinMmf.Management.Control;

namespace WinMmf.Management.Launching;

/// <summary>A publisher or keeper that was started and is ready.</summary>
public sealed class LaunchedProgram
{
    internal LaunchedProgram(int processId, bool endsWithSession, IReadOnlyList<string> warnings, ControlMessage answer)
    {
        Answer = answer;
        Warnings = warnings;
        ProcessId = processId;
        EndsWithSession = endsWithSession;
    }

    /// <summary>What it warned of before it was ready, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>All that it said when it was ready.</summary>
    internal ControlMessage Answer { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId { get; }

    /// <summary>
    /// True if it ends with what this process belongs to, such as a remote session: Windows keeps it in the job of this process, which lets
    /// none of its processes leave.
    /// </summary>
    public bool EndsWithSession { get; }
}
