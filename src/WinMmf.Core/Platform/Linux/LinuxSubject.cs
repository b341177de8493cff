using System.Collections.Generic;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>A user with its groups, a group, or all accounts.</summary>
internal sealed class LinuxSubject : AccessSubject
{
    private readonly HashSet<uint> _groups;

    /// <summary>Makes a subject.</summary>
    /// <param name="name">The name for display.</param>
    /// <param name="id">User number, <c>group:NAME</c>, or <c>Everyone</c>.</param>
    /// <param name="userId">The user; null for a group, and for all accounts.</param>
    /// <param name="primaryGroup">The group of a user, or the group itself.</param>
    /// <param name="groups">All groups.</param>
    /// <param name="isCaller">True for the account that asks.</param>
    public LinuxSubject(string name, string id, uint? userId, uint? primaryGroup, IEnumerable<uint> groups, bool isCaller)
        : base(name, id, null, isCaller)
    {
        UserId = userId;
        PrimaryGroup = primaryGroup;
        _groups = [.. groups];
    }

    public uint? UserId { get; }

    public uint? PrimaryGroup { get; }

    public bool IsRoot => UserId == 0;

    public bool IsIn(uint group) => _groups.Contains(group);
}
