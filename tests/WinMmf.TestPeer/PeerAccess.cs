using System;
using System.Globalization;
using System.Runtime.InteropServices;
using WinMmf.Access;
using WinMmf.Names;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.TestPeer;

/// <summary>What a peer does about access: opens objects with exact rights, as another account changes them, and predicts.</summary>
internal static class PeerAccess
{
    private const uint TokenAllAccess = 0xF01FF;

    /// <summary>open-object TYPE FULL-NAME RIGHTS: ok, or the system's code.</summary>
    public static string Open(string type, string fullName, string rights)
    {
        uint access = uint.Parse(rights, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        using SafeKernelHandle handle = type == "event"
            ? Kernel32.OpenEventW(access, inherit: false, fullName)
            : Kernel32.OpenFileMappingW(access, inherit: false, fullName);
        int error = Marshal.GetLastWin32Error();
        return handle.IsInvalid ? "refused\t" + error.ToString(CultureInfo.InvariantCulture) : "ok";
    }

    /// <summary>
    /// restrict SID…: from now on this thread acts with a token in which these groups only count against it, as an administrator's who is
    /// not elevated.
    /// </summary>
    public static unsafe string Restrict(string[] sids)
    {
        SafeLocalMemory[] binary = Array.ConvertAll(sids,
            static sid => Advapi32.ConvertStringSidToSidW(sid, out SafeLocalMemory memory) ? memory : throw new ArgumentException(sid));
        SidAndAttributes* disabled = stackalloc SidAndAttributes[sids.Length];
        for (int i = 0; i < sids.Length; i++)
            disabled[i] = new SidAndAttributes { Sid = binary[i].Address };
        if (!OpenProcessToken(-1, TokenAllAccess, out nint token)
            || !CreateRestrictedToken(token, 0, (uint)sids.Length, disabled, 0, 0, 0, 0, out nint restricted)
            || !ImpersonateLoggedOnUser(restricted))
            return "none\t" + Marshal.GetLastPInvokeError().ToString(CultureInfo.InvariantCulture);
        foreach (SafeLocalMemory memory in binary)
            memory.Dispose();
        return "ok";
    }

    /// <summary>subject: the SIDs of the token that this thread acts with: enabled, and those that only count against it.</summary>
    public static string Subject()
    {
        WindowsSubject subject = WindowsMembership.Current(null);
        return $"ok\t{string.Join(',', subject.Enabled)}\t{string.Join(',', subject.DenyOnly)}";
    }

    /// <summary>plan-grant NAME SCOPE ACCOUNT: plans and applies.</summary>
    public static string Grant(SharedName name, string account)
    {
        MemoryAccess.PlanGrant(name, account, AccessRight.Read).Apply();
        return "ok";
    }

    /// <summary>predict NAME SCOPE USE: what the peer itself may.</summary>
    public static string Predict(SharedName name, string use)
    {
        AccessVerdict verdict = MemoryAccess.Predict(name, Enum.Parse<AccessUse>(use));
        return $"ok\t{verdict.Reason}\t{verdict.Message}\t{verdict.Remedy?.Kind}";
    }

    [DllImport("advapi32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool OpenProcessToken(nint process, uint access, out nint token);

    [DllImport("advapi32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern unsafe bool CreateRestrictedToken(nint token, uint flags, uint disabledCount, SidAndAttributes* disabled,
        uint deletedCount, nint deleted, uint restrictedCount, nint restricting, out nint restricted);

    [DllImport("advapi32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ImpersonateLoggedOnUser(nint token);

    [StructLayout(LayoutKind.Sequential)]
    private struct SidAndAttributes
    {
        public nint Sid;
        public uint Attributes;
    }
}
