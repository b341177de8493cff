using Xunit;

namespace WinMmf.Capture.Tests;

public sealed class VideoPropertiesTests
{
    [Theory]
    [InlineData(
        """{"streams":[{"width":640,"height":480,"r_frame_rate":"30000/1001","avg_frame_rate":"30000/1001"}]}""", 640, 480, 29.97, false)]
    [InlineData("""{"streams":[{"width":640,"height":480,"r_frame_rate":"90000/1","avg_frame_rate":"24/1"}]}""", 640, 480, 24, true)]
    [InlineData("""{"streams":[{"width":640,"height":480,"r_frame_rate":"0/0","avg_frame_rate":"0/0"}]}""", 640, 480, 0, false)]
    [InlineData("""{"streams":[{"width":640,"height":480,"tags":{"rotate":"270"}}]}""", 480, 640, 0, false)]
    [InlineData("""{"streams":[{"width":640,"height":480,"side_data_list":[{"x":1},{"rotation":-90}]}]}""", 480, 640, 0, false)]
    public void Answers_of_ffprobe_are_understood(string json, int width, int height, double rate, bool uneven)
    {
        VideoProperties video = Assert.IsType<VideoProperties>(VideoProperties.TryParse(json));
        Assert.Equal((width, height, uneven), (video.Width, video.Height, video.IsRateUneven));
        Assert.Equal(rate, video.FrameRate, 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"streams":[]}""")]
    [InlineData("""{"streams":{}}""")]
    [InlineData("""{"streams":[{"width":"x","height":480}]}""")]
    [InlineData("""{"streams":[{"width":-1,"height":480}]}""")]
    [InlineData("""{"streams":[7]}""")]
    public void Nonsense_is_no_video(string json) => Assert.Null(VideoProperties.TryParse(json));
}
