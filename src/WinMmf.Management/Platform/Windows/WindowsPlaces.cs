using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Management.Registration;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>Where the files of publishers lie that Windows starts.</summary>
internal static class WindowsPlaces
{
    private const int AlreadyExists = 183;

    /// <summary>The configuration file, where none is named.</summary>
    public static string ConfigurationPath => Path.Combine(Folder, "cameras.json");

    private static string Folder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "WinMmf");

    /// <summary>The log beside a configuration file, in a folder of its own that the account may write.</summary>
    public static string LogPathOf(string configurationPath) => Path.Combine(
        Path.GetDirectoryName(configurationPath) ?? Folder, "logs", Path.GetFileNameWithoutExtension(configurationPath) + ".log");

    /// <summary>
    /// Makes the folders of the configuration and of the log, and gives both to administrators, with what the account needs of them:
    /// programs' common folder lets every user make files.
    /// </summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static void Protect(RegistrationPlan plan)
    {
        string sid = WindowsAccount.ResolveSid(plan.Account == "LocalSystem" ? "SYSTEM" : plan.Account);
        Make(Path.GetDirectoryName(plan.ConfigurationPath)!, $"(A;OICI;0x1200a9;;;{sid})");
        if (plan.LogPath is string log)
            Make(Path.GetDirectoryName(log)!, $"(A;OICI;0x1301bf;;;{sid})");
    }

    private static void Make(string folder, string entry)
    {
        if (Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is string above)
            Make(above, "");
        using SafeLocalMemory descriptor = WindowsSecurityDescriptor.TryConvert(
            $"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA){entry}", out int error)
            ?? throw Failed(folder, error);
        SecurityAttributes attributes = new()
        {
            Length = (uint)Marshal.SizeOf<SecurityAttributes>(),
            Descriptor = descriptor.Address,
        };
        if (!Kernel32.CreateDirectoryW(folder, in attributes) && Marshal.GetLastWin32Error() is int refused && refused != AlreadyExists)
            throw Failed(folder, refused);
    }

    private static WinMmfException Failed(string folder, int error) =>
        new(WinMmfErrorId.SaveFailed, $"The folder '{folder}' cannot be made: {new Win32Exception(error).Message}.",
            new ErrorFacts { Path = folder }, error);
}
