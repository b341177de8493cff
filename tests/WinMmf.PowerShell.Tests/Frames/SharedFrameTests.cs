using WinMmf.Frames;
using WinMmf.PowerShell.Output;
using Xunit;

namespace WinMmf.PowerShell.Tests.Frames;

public sealed class SharedFrameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(19)]
    public void Skipped_are_the_frames_between_the_one_named_by_After_and_this_one(long after)
    {
        using TestCamera camera = new();
        for (byte i = 1; i <= 20; i++)
            camera.Publish(i);
        SharedFrame frame = new(FrameCopy.Take(camera.Name.Name, after: after), after);
        Assert.Equal(after == 0 ? 20 : System.Math.Max(after + 1, 20 - camera.Writer.Slots + 1), frame.FrameNumber);
        Assert.Equal(after == 0 ? 0 : frame.FrameNumber - after - 1, frame.Skipped);
        Assert.Equal(after == 2, frame.Skipped > 0);
    }
}
