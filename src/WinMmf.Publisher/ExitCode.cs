using WinMmf.Errors;

namespace WinMmf.Publisher;

/// <summary>What the program's exit code says; scripts rely on these numbers.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NameInUse = 3;
    public const int NotFound = 4;
    public const int AccessDenied = 5;
    public const int OutOfSharedMemory = 6;
    public const int PublisherUnreachable = 7;
    public const int SourceUnreachable = 8;
    public const int Interrupted = 130;

    /// <summary>The table as help shows it.</summary>
    public const string Table = """
        Exit codes:
          0    done; also when publish ends by Ctrl+C, SIGTERM or stop
          1    failed while running: the source ended in an error, a frame was torn, no frame came in time
          2    wrong usage, or a configuration file with errors
          3    the name is in use or exists, or the configuration file is run already
          4    not found: the channel, the camera, the file or ffmpeg
          5    access denied, or a privilege is missing
          6    not enough shared memory, or memory that may be locked
          7    the publisher cannot be reached
          8    the source cannot be reached, or is in use
          130  interrupted before it was done (read with --frames or --duration, demo)
        """;

    /// <summary>The exit code of a failure.</summary>
    public static int Of(WinMmfErrorId id) => id switch
    {
        WinMmfErrorId.InvalidName or WinMmfErrorId.InvalidSize or WinMmfErrorId.InvalidFormat
            or WinMmfErrorId.InvalidArgument or WinMmfErrorId.InvalidAccess or WinMmfErrorId.LocalIsPrivate
            or WinMmfErrorId.UnknownAccount or WinMmfErrorId.CameraAmbiguous
            or WinMmfErrorId.InvalidConfiguration => Usage,
        WinMmfErrorId.AlreadyExists or WinMmfErrorId.ChannelInUse or WinMmfErrorId.FileExists or WinMmfErrorId.NotALeftover
            or WinMmfErrorId.ConfigurationInUse => NameInUse,
        WinMmfErrorId.NotFound or WinMmfErrorId.NotAChannel or WinMmfErrorId.NotAMemory or WinMmfErrorId.WrongObjectType
            or WinMmfErrorId.ProgramNotFound or WinMmfErrorId.FileNotFound or WinMmfErrorId.CameraNotFound
            or WinMmfErrorId.PublisherEnded or WinMmfErrorId.NotKept => NotFound,
        WinMmfErrorId.AccessDenied or WinMmfErrorId.ForeignOwner or WinMmfErrorId.NotTrusted or WinMmfErrorId.ProgramNotTrusted
            or WinMmfErrorId.WrongOwner or WinMmfErrorId.OwnerNotNamed or WinMmfErrorId.ForeignChannel or WinMmfErrorId.PrivilegeNotHeld
            or WinMmfErrorId.CreationDenied or WinMmfErrorId.OwnerOnly or WinMmfErrorId.PublisherDenied or WinMmfErrorId.LabelDenied
            or WinMmfErrorId.NotAMember => AccessDenied,
        WinMmfErrorId.OutOfSharedMemory or WinMmfErrorId.LockedMemoryLimit or WinMmfErrorId.SharedMemoryMissing
            or WinMmfErrorId.OutOfLargePages or WinMmfErrorId.LargePagesUnavailable or WinMmfErrorId.OutOfAddressSpace => OutOfSharedMemory,
        WinMmfErrorId.PublisherUnreachable => PublisherUnreachable,
        WinMmfErrorId.SourceUnreachable or WinMmfErrorId.SourceBusy or WinMmfErrorId.NoBandwidth => SourceUnreachable,
        _ => Failed,
    };
}
