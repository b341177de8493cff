namespace WinMmf.Errors;

/// <summary>
/// The stable identity of every failure that WinMmf reports. Scripts match on these names; a name is
/// never reused for another meaning. Failures that call for different action have different names.
/// </summary>
public enum WinMmfErrorId
{
    /// <summary>The name is empty, too long, or has characters that cannot stand in an object name.</summary>
    InvalidName = 1,

    /// <summary>A size is zero, negative or beyond what can be mapped.</summary>
    InvalidSize,

    /// <summary>A frame format is impossible: odd width for YUY2, a stride below the row, a payload over the limit.</summary>
    InvalidFormat,

    /// <summary>An argument other than name, size or format is out of range.</summary>
    InvalidArgument,

    /// <summary>An object of that name exists; creating never adopts one.</summary>
    AlreadyExists,

    /// <summary>Another living publisher owns the channel.</summary>
    ChannelInUse,

    /// <summary>No object of that name exists in the scopes that were searched.</summary>
    NotFound,

    /// <summary>A shared memory of that name exists but it is not a frame channel.</summary>
    NotAChannel,

    /// <summary>An object of that name exists but it is not a shared memory: an event, a folder, a link.</summary>
    WrongObjectType,

    /// <summary>A field of the shared header contradicts the mapped size or the protocol.</summary>
    CorruptHeader,

    /// <summary>The shared memory is smaller than its header says, or was cut short while in use.</summary>
    Truncated,

    /// <summary>The channel speaks another major version of the protocol.</summary>
    VersionMismatch,

    /// <summary>The system has not enough shared memory.</summary>
    OutOfSharedMemory,

    /// <summary>The system refused access.</summary>
    AccessDenied,

    /// <summary>An account that is to be given access does not exist on this machine.</summary>
    UnknownAccount,

    /// <summary>The caller's buffer is smaller than the frame.</summary>
    BufferTooSmall,

    /// <summary>The object exists but its creator did not finish it in time.</summary>
    NotReady,

    /// <summary>The time-out ran out.</summary>
    Timeout,

    /// <summary>This session has the lock already, or is taking it on another thread.</summary>
    AlreadyLocked,

    /// <summary>This session does not have the lock that it is to give back.</summary>
    NotLocked,

    /// <summary>A living owner has the lock, and a living owner's lock is never taken.</summary>
    LockHeld,

    /// <summary>Whose part of the lock it is cannot be decided: other programs than WinMmf may have it.</summary>
    LockUndecided,

    /// <summary>The lock counts as many readers as it can.</summary>
    TooManyReaders,

    /// <summary>The lock word is one that no legal step leads to.</summary>
    CorruptLock,

    /// <summary>The publisher cannot be reached through its control pipe.</summary>
    PublisherUnreachable,

    /// <summary>The publisher refused a request or ended before its first frame.</summary>
    PublisherFailed,

    /// <summary>A file could not be written, for example because the disk is full.</summary>
    SaveFailed,

    /// <summary>The operation does not exist on this operating system.</summary>
    NotSupported,

    /// <summary>The operating system reported an error that has no id of its own; see the native code.</summary>
    SystemError,

    /// <summary>A frame that was used in place did not stay as it was until it was given back.</summary>
    FrameOverwritten,

    /// <summary>A range does not lie within a memory's data; the message says how large that is.</summary>
    OutOfBounds,

    /// <summary>
    /// An object of that name belongs to another account than it should: made by a stranger before its rightful maker came.
    /// </summary>
    ForeignOwner,

    /// <summary>The access of a memory's objects could be changed, and changed back, only in part.</summary>
    AccessOutOfStep,

    /// <summary>
    /// The account lacks a right of the system itself (Windows: a privilege; Linux: a capability). No access list can give it.
    /// </summary>
    PrivilegeNotHeld,

    /// <summary>The system does not let this process keep so much memory from being paged out.</summary>
    LockedMemoryLimit,

    /// <summary>
    /// An address that is to be published cannot be reached: refused, no answer, an unknown host, an error of the server.
    /// </summary>
    SourceUnreachable,

    /// <summary>A device that is to be published is in use by another program.</summary>
    SourceBusy,

    /// <summary>
    /// What bears the name is not what only its owner can have made: others may write it, or it says that it bears another name.
    /// </summary>
    NotTrusted,

    /// <summary>A publisher's names were removed, and another publisher has the name now.</summary>
    ChannelLost,

    /// <summary>A frame channel has that name, and a plain memory is wanted.</summary>
    NotAMemory,

    /// <summary>The memory is open for reading only, and the operation writes.</summary>
    MemoryReadOnly,

    /// <summary>The system refused to create an object there.</summary>
    CreationDenied,

    /// <summary>Only the owner of an object, and administrators, may see or change its access.</summary>
    OwnerOnly,

    /// <summary>Only the account that started a publisher, and administrators, may control it.</summary>
    PublisherDenied,

    /// <summary>Only administrators may do this.</summary>
    ElevationRequired,

    /// <summary>The access that was asked for cannot be expressed for this object on this system.</summary>
    InvalidAccess,

    /// <summary>An access list has entries that WinMmf does not change, or there is none: it can only be replaced as a whole.</summary>
    AccessListUnusable,

    /// <summary>A mandatory label may not be given by this account (Windows).</summary>
    LabelDenied,

    /// <summary>A Local name belongs to one account (Linux), so no other can be let in.</summary>
    LocalIsPrivate,

    /// <summary>Access cannot be given to a group of which the account is no member (Linux).</summary>
    NotAMember,

    /// <summary>The file is shared with another group already, and a file has one (Linux).</summary>
    GroupTaken,

    /// <summary>The channel of a dead publisher belongs to another account, which alone may publish there again.</summary>
    ForeignChannel,

    /// <summary>The system's folder for shared memory is missing or cannot hold it.</summary>
    SharedMemoryMissing,

    /// <summary>The system has no free memory in pieces as large as large pages.</summary>
    OutOfLargePages,

    /// <summary>The system does not offer large pages for shared memory.</summary>
    LargePagesUnavailable,

    /// <summary>The process has no room in its address space for the mapping.</summary>
    OutOfAddressSpace,

    /// <summary>A program that is needed, such as ffmpeg or the publisher, was not found.</summary>
    ProgramNotFound,

    /// <summary>The publisher has ended; its channel exists only because readers still hold it or because it was killed.</summary>
    PublisherEnded,

    /// <summary>The publisher died while it was changing the channel, which cannot be read until a publisher starts again.</summary>
    ChannelIncomplete,

    /// <summary>This session does not hold the memory.</summary>
    NotHeld,

    /// <summary>No process keeps the memory alive.</summary>
    NotKept,

    /// <summary>The lock has no such owner.</summary>
    LockOwnerNotFound,

    /// <summary>A privilege is not assigned to the account itself, so it cannot be taken from it.</summary>
    PrivilegeNotAssigned,

    /// <summary>The system accepted a change and did not keep it.</summary>
    ChangeNotKept,

    /// <summary>A file that is to be read does not exist, or is a folder.</summary>
    FileNotFound,

    /// <summary>A file of that name exists and was kept.</summary>
    FileExists,

    /// <summary>A file of that name exists, is read-only, and was kept.</summary>
    FileReadOnly,

    /// <summary>The file system has no space left for the file.</summary>
    DiskFull = 69,

    /// <summary>An object that was given to be saved as a frame holds no pixels.</summary>
    NoPixels,

    /// <summary>A shared memory was to be removed as a leftover, and a process holds it.</summary>
    NotALeftover,

    /// <summary>A program is not started because an account other than this one and the administrators decides what it is.</summary>
    ProgramNotTrusted,

    /// <summary>The name belongs to another account than the one that was asked for.</summary>
    WrongOwner,

    /// <summary>An administrator uses a memory that others may write without saying whose it is.</summary>
    OwnerNotNamed,

    /// <summary>The camera that was named is not on this machine, or was unplugged.</summary>
    CameraNotFound,

    /// <summary>Several cameras may be the one that was named.</summary>
    CameraAmbiguous,

    /// <summary>A change needs a confirmation, and the shell cannot ask for one.</summary>
    ConfirmationUnavailable,

    /// <summary>The viewer ended before it served, or refused.</summary>
    ViewerFailed,

    /// <summary>A configuration file says something impossible; the message says what, with lines and columns.</summary>
    InvalidConfiguration,

    /// <summary>Another process runs the configuration file already.</summary>
    ConfigurationInUse,

    /// <summary>The USB controller of a camera has no bandwidth left for it.</summary>
    NoBandwidth,
}
