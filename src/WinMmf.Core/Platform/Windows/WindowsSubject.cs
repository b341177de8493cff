using System.Collections.Generic;
using System.Linq;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>An account's SIDs, as an access check looks at them.</summary>
internal sealed class WindowsSubject : AccessSubject
{
    private readonly HashSet<string> _enabled;
    private readonly HashSet<string> _denyOnly;

    public WindowsSubject(string name, string sid, int? sessionId, bool isCaller, IEnumerable<string> enabled, IEnumerable<string> denyOnly,
        int level = WindowsLabel.Medium)
        : base(name, sid, sessionId, isCaller)
    {
        _enabled = [.. enabled];
        _denyOnly = [.. denyOnly];
        Level = level;
    }

    /// <summary>The integrity level of its programs, as <see cref="WindowsLabel"/> has it.</summary>
    public int Level { get; }

    /// <summary>The account and its groups, those too that count only once it is elevated.</summary>
    public IEnumerable<string> Sids => _enabled.Concat(_denyOnly);

    /// <summary>SIDs that count for and against the account.</summary>
    public IEnumerable<string> Enabled => _enabled;

    /// <summary>SIDs that count only against it.</summary>
    public IEnumerable<string> DenyOnly => _denyOnly;

    /// <summary>True if an entry that denies this SID concerns the account.</summary>
    public bool IsDenied(string sid) => _enabled.Contains(sid) || _denyOnly.Contains(sid);

    /// <summary>True if an entry that grants this SID something concerns the account.</summary>
    public bool IsGranted(string sid) => _enabled.Contains(sid);

    /// <summary>True if the account has groups that count only against it, as an administrator's have who is not elevated.</summary>
    public bool CanElevate => _denyOnly.Contains(WindowsAccount.AdministratorsSid);

    /// <summary>The same account elevated.</summary>
    public WindowsSubject Elevate() =>
        new(Name, Id, SessionId, IsCaller, [.. _enabled, .. _denyOnly], [], System.Math.Max(Level, WindowsLabel.High));
}
