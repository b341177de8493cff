using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WinMmf.Management.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Capture.Platform.Linux;

/// <summary>
/// A child that the life line ends with this process, and that is ended together with what it started. Those are remembered when they are
/// first asked to end: once their parent is gone nothing shows any more whose they were.
/// </summary>
internal sealed class GuardedChild : IChildGuard
{
    private readonly StartedProgram _child;
    private readonly IDisposable _lifeLine;
    private readonly object _gate = new();
    private readonly Dictionary<int, ulong> _family = new();

    public GuardedChild(StartedProgram child)
    {
        _child = child;
        _lifeLine = LifeLine.Guard(child.Id);
    }

    /// <inheritdoc/>
    public void AskToEnd() => Signal(Libc.SigTerm);

    /// <inheritdoc/>
    public void Kill() => Signal(Libc.SigKill);

    /// <inheritdoc/>
    public void Dispose() => _lifeLine.Dispose();

    private void Signal(int signal)
    {
        lock (_gate)
        {
            Dictionary<int, (int Parent, ulong Start)> all = ReadProcesses();
            if (!_child.HasExited && all.TryGetValue(_child.Id, out (int Parent, ulong Start) child))
                _family[_child.Id] = child.Start;
            for (bool grows = true; grows;)
            {
                grows = false;
                foreach ((int id, (int parent, ulong start)) in all)
                    grows |= IsOurs(all, parent) && _family.TryAdd(id, start);
            }

            foreach (int id in _family.Keys)
            {
                // A number may belong to another process by now.
                if (IsOurs(all, id))
                    _ = Libc.Signal(id, signal);
            }
        }
    }

    private bool IsOurs(Dictionary<int, (int Parent, ulong Start)> all, int process) =>
        _family.TryGetValue(process, out ulong start) && all.TryGetValue(process, out (int Parent, ulong Start) now) && now.Start == start;

    private static Dictionary<int, (int Parent, ulong Start)> ReadProcesses()
    {
        Dictionary<int, (int Parent, ulong Start)> all = new();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                continue;
            try
            {
                if (LinuxProcessStat.TryParse(File.ReadAllText(folder + "/stat"), out LinuxProcessStat stat))
                    all[id] = (stat.Parent, stat.StartTime);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has just ended.
            }
        }

        return all;
    }
}
