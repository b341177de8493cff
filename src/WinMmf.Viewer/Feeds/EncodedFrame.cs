using WinMmf.Frames;

namespace WinMmf.Viewer.Feeds;

/// <summary>A frame ready to be sent; all clients of a channel share it.</summary>
/// <param name="Version">Tells frames apart over the viewer's whole life, also when a channel is made anew and counts from 1 again.</param>
/// <param name="Info">What is known of the frame.</param>
/// <param name="Jpeg">The picture.</param>
internal sealed record EncodedFrame(long Version, FrameInfo Info, byte[] Jpeg);
