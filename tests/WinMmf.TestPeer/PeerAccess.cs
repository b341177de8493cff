using System;
using System.Globalization;
using System.Runtime.InteropServices;
using WinMmf.Memory;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.TestPeer;

/// <summary>What a peer does about access: opens objects with exact rights, as another account changes them, and predicts.</summary>
internal static class PeerAccess
{
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
        return $"ok\t{verdict.Reason}\t{verdict.Message}\t{verdict.Remedy}";
    }
}
