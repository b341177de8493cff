using System;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Platform.Linux.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>What corresponds on Linux: names need nothing but a writable directory, locked memory has a limit and a capability.</summary>
internal sealed class LinuxPrivilegeStore : IPrivilegeStore
{
    private const int LockCapability = 14;
    private readonly string _sharedMemory;

    public LinuxPrivilegeStore(string sharedMemory) => _sharedMemory = sharedMemory;

    public PrivilegeReport Read(SystemPrivilege privilege, string? account)
    {
        uint userId = Libc.GetEffectiveUserId();
        string self = Libc.FindUserName(userId) ?? userId.ToString(CultureInfo.InvariantCulture);
        if (account is not null && account != self && account != userId.ToString(CultureInfo.InvariantCulture))
            throw new WinMmfException(WinMmfErrorId.NotSupported, $"Linux tells only this process's own limits, not those of '{account}'.",
                new ErrorFacts { Account = account });
        return privilege == SystemPrivilege.SeCreateGlobalPrivilege ? ReadCreate(self) : ReadLock(self);
    }

    public void ThrowIfFixed(SystemPrivilege privilege) => throw Refuse(privilege);

    public void Grant(SystemPrivilege privilege, string account) => throw Refuse(privilege);

    public void Revoke(SystemPrivilege privilege, string account) => throw Refuse(privilege);

    /// <summary>Whether the effective set of capabilities in <c>/proc/self/status</c> has one.</summary>
    internal static bool HasCapability(string status, int capability)
    {
        foreach (string line in status.Split('\n'))
        {
            if (line.StartsWith("CapEff:", StringComparison.Ordinal)
                && ulong.TryParse(line.Substring(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong set))
            {
                return ((set >> capability) & 1) != 0;
            }
        }

        return false;
    }

    private static PrivilegeReport ReadLock(string account)
    {
        bool capable = LinuxProcFile.TryRead("/proc/self/status", out string status) == 0 && HasCapability(status, LockCapability);
        bool known = Libc.GetLockLimit(out ulong limit) == 0;
        bool unlimited = capable || (known && limit == ulong.MaxValue);
        bool held = unlimited || (known && limit > 0);
        string reason = capable ? "it has the capability CAP_IPC_LOCK" : "RLIMIT_MEMLOCK, 'ulimit -l'";
        string amount = unlimited ? "as much as it likes"
            : known ? $"{limit.ToString(CultureInfo.InvariantCulture)} bytes"
            : "an unknown amount";
        return new PrivilegeReport(SystemPrivilege.SeLockMemoryPrivilege, account)
        {
            IsHeld = held,
            IsEnabled = held,
            AssignedTo = capable ? ["CAP_IPC_LOCK"] : held ? ["RLIMIT_MEMLOCK"] : [],
            LockLimit = unlimited || !known ? null : (long)Math.Min(limit, long.MaxValue),
            Message = $"This account may lock {amount} in memory ({reason}). "
                + "Linux has that limit in place of the privilege; large pages need no right.",
        };
    }

    private static WinMmfException Refuse(SystemPrivilege privilege) => new(
        WinMmfErrorId.NotSupported,
        privilege == SystemPrivilege.SeCreateGlobalPrivilege
            ? "On Linux no account needs a privilege to create Global names: they are files in /dev/shm, which every account may write."
            : "On Linux this is no privilege that could be assigned to an account, but a limit.",
        new ErrorFacts { Right = privilege.ToString() });

    private PrivilegeReport ReadCreate(string account)
    {
        int error = Libc.Open(_sharedMemory, Libc.Unnamed | Libc.ReadWrite, LinuxFileMode.OwnerOnly, out DescriptorHandle file);
        file.Dispose();
        bool may = error == 0;
        return new PrivilegeReport(SystemPrivilege.SeCreateGlobalPrivilege, account)
        {
            IsHeld = may,
            IsEnabled = may,
            AssignedTo = [],
            Message = may
                ? $"Linux needs no privilege for Global names: they are files in {_sharedMemory}, which this account may write."
                : "Linux needs no privilege for Global names, "
                    + $"but this account may create nothing in {_sharedMemory}: {Libc.DescribeError(error)}.",
        };
    }
}
