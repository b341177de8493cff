namespace WinMmf.Management.EnvironmentChecks;

/// <summary>What an examination of the machine looks at.</summary>
public enum EnvironmentCheck
{
    /// <summary>This process: edition, 32 or 64 bit, elevated or not, which session.</summary>
    Process,

    /// <summary>The publisher program beside the module.</summary>
    Publisher,

    /// <summary>How much shared memory there is.</summary>
    SharedMemory,

    /// <summary>Whether this account may create names that the whole machine sees.</summary>
    GlobalScope,

    /// <summary>How much memory this account may keep from being paged out, and whether it may use large pages.</summary>
    LockedMemory,

    /// <summary>What killed processes left behind.</summary>
    Leftovers,

    /// <summary>What the system removes when the user signs out.</summary>
    SignOut,

    /// <summary>ffmpeg, which opens files, addresses and devices.</summary>
    Ffmpeg,

    /// <summary>OpenCV, by which the publisher may open cameras itself.</summary>
    OpenCv,

    /// <summary>Media Foundation, by which Windows opens cameras.</summary>
    MediaFoundation,

    /// <summary>Whether programs may use cameras.</summary>
    CameraPrivacy,

    /// <summary>Cameras, and who uses them now.</summary>
    Camera,
}
