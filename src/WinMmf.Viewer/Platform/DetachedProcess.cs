using System;
using System.IO;
using WinMmf.Management.Platform.Linux;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Viewer.Platform;

/// <summary>Makes this a process that goes on when the prompt that started it has ended.</summary>
internal static class DetachedProcess
{
    /// <summary>
    /// On Linux: closes what was inherited beyond the standard streams, and leaves the terminal's session, whose Ctrl+C is meant for
    /// others. On Windows the starter gives no console and only three handles.
    /// </summary>
    public static void Begin()
    {
        if (OperatingSystem.IsWindows())
        {
            WindowsStandardStreams.KeepFromChildren();
            return;
        }

        InheritedDescriptors.Drop(close: true, null);
        _ = Libc.CreateSession();
        Environment.CurrentDirectory = "/";
    }

    /// <summary>Closes the pipes to the starter, which waits for their end. Nothing is written after this.</summary>
    public static void LetGoOfStarter()
    {
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        if (OperatingSystem.IsWindows())
            WindowsStandardStreams.LetGoOfAll();
        else
            LinuxStandardStreams.LetGoOfAll();
    }
}
