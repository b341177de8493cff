using System;
using System.IO;

namespace WinMmf.Publisher.Tests;

/// <summary>
/// What publishers that tests killed leave in /dev/shm. The product takes such names again; names of tests never come again, so the
/// test process removes them at its end.
/// </summary>
internal static class Leftovers
{
    private const string Folder = "/dev/shm";

    public static void RemoveAtExit(string prefix)
    {
        if (OperatingSystem.IsLinux())
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(prefix);
    }

    private static void Remove(string prefix)
    {
        foreach (string file in Directory.GetFiles(Folder, $"winmmf*.{prefix}*"))
        {
            try
            {
                File.Delete(file);
            }
            catch (SystemException)
            {
                // Another account's, or gone: no reason to stop a test run.
            }
        }
    }
}
