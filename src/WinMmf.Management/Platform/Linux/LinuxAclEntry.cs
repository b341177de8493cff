namespace WinMmf.Management.Platform.Linux;

/// <summary>One entry of a file's access list.</summary>
/// <param name="isGroup">True for a group, false for a user.</param>
/// <param name="id">Its number; null for the group of the file itself.</param>
/// <param name="mayWrite">True if it may write, as far as the mask lets it.</param>
internal sealed class LinuxAclEntry(bool isGroup, uint? id, bool mayWrite)
{
    /// <summary>True for a group, false for a user.</summary>
    public bool IsGroup { get; } = isGroup;

    /// <summary>Its number; null for the group of the file itself.</summary>
    public uint? Id { get; } = id;

    /// <summary>True if it may write, as far as the mask lets it.</summary>
    public bool MayWrite { get; } = mayWrite;
}
