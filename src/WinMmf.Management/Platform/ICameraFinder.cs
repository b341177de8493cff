using System.Collections.Generic;
using WinMmf.Management.Cameras;

namespace WinMmf.Management.Platform;

/// <summary>Finds cameras with what the system itself has: neither ffmpeg nor OpenCV is needed, and no camera is switched on.</summary>
internal interface ICameraFinder
{
    /// <summary>The cameras that this account can see, in the order of their numbers.</summary>
    IReadOnlyList<FoundCamera> Find();
}
