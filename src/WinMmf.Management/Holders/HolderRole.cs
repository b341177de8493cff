namespace WinMmf.Management.Holders;

/// <summary>What a process has to do with a shared memory that it holds.</summary>
public enum HolderRole
{
    /// <summary>It publishes the channel.</summary>
    Publisher,

    /// <summary>It made the plain memory.</summary>
    Creator,

    /// <summary>It holds a channel that another process publishes.</summary>
    Reader,

    /// <summary>It holds a plain memory that another process made.</summary>
    User,
}
