using System;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>
/// Lets go of the standard streams in a program that has told its starter all: who starts a program waits for the end of its pipes.
/// </summary>
internal static class WindowsStandardStreams
{
    private static readonly int[] Handles = [-10, -11, -12];

    /// <summary>Children of this process do not inherit them.</summary>
    public static void KeepFromChildren()
    {
        foreach (int standard in Handles)
            _ = Kernel32.SetHandleInformation(Kernel32.GetStdHandle(standard), Kernel32.HandleFlagInherit, 0);
    }

    /// <summary>Lets go of all three.</summary>
    public static void LetGoOfAll() => LetGo(0, Handles.Length - 1);

    /// <summary>Lets go of some.</summary>
    /// <param name="first">The first.</param>
    /// <param name="last">The last.</param>
    public static void LetGo(int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            IntPtr handle = Kernel32.GetStdHandle(Handles[i]);
            if (handle.ToInt64() is 0 or -1)
                continue;
            using SafeFileHandle stream = new(handle, ownsHandle: true);
            _ = Kernel32.SetStdHandle(Handles[i], default);
        }
    }
}
