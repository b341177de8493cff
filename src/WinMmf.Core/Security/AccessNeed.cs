namespace WinMmf.Security;

/// <summary>What a program asks of one object when it opens it.</summary>
internal enum AccessNeed
{
    /// <summary>Map for reading.</summary>
    Read,

    /// <summary>Map for reading and writing.</summary>
    ReadWrite,

    /// <summary>Wait for an event.</summary>
    Wait,

    /// <summary>What a creator asks of a section that is there already: everything.</summary>
    Own,
}
