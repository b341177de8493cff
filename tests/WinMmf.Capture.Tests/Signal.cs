using System.Runtime.InteropServices;
using Xunit;

namespace WinMmf.Capture.Tests;

/// <summary>POSIX signals to children.</summary>
internal static partial class Signal
{
    public const int KillNow = 9;
    public const int Abort = 6;
    public const int Stop = 19;

    public static void Send(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    public static void TrySend(int process, int signal) => _ = Kill(process, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
