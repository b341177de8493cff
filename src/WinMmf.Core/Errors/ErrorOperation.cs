namespace WinMmf.Errors;

/// <summary>What was being done when an error occurred, where the same error has different remedies.</summary>
public enum ErrorOperation
{
    /// <summary>Looking up or opening a name.</summary>
    Open,

    /// <summary>Creating an object.</summary>
    Create,

    /// <summary>Taking a lock.</summary>
    Lock,

    /// <summary>Waiting for a frame.</summary>
    ReadFrame,

    /// <summary>Waiting until a name is in a wanted state.</summary>
    Wait,

    /// <summary>Starting a publisher or the process that keeps a memory.</summary>
    Start,

    /// <summary>Asking a process to end, and waiting until it has.</summary>
    Stop,

    /// <summary>Killing a process, and waiting until it has ended.</summary>
    Kill,

    /// <summary>Recovering a lock.</summary>
    Recover,
}
