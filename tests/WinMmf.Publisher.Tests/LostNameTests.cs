using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>
/// A publisher whose name leads to something else (protocol 11.4): no reader can find its frames, so it ends and says why.
/// </summary>
public sealed class LostNameTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_publisher_that_lost_its_name_ends_with_an_error_that_says_what_to_do(bool isJson)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Names vanish on Linux only");
        string name = PublisherProcess.NewName();
        string path = new LinuxDirectory(LinuxPlatform.SharedMemoryDirectory).PathOf(new SharedName(name, NameScope.Local));
        using PublisherProcess publisher = isJson
            ? PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json")
            : PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48");
        using FrameReader reader =
            FrameReader.Open(name, NameScope.Local, new FrameReaderOptions { WaitForChannel = TimeSpan.FromSeconds(30) });
        Assert.True(reader.Wait(0, TimeSpan.FromSeconds(30)));
        string other = path + "." + Guid.NewGuid().ToString("N");
        File.WriteAllText(other, "taken");
        File.Move(other, path, overwrite: true);
        try
        {
            Assert.Equal(ExitCode.Of(WinMmfErrorId.ChannelLost), publisher.WaitForExit());
            string said = isJson ? string.Join('\n', publisher.Lines) + publisher.Errors : publisher.Errors;
            Assert.Contains("were removed while it was published", said, StringComparison.Ordinal);
            Assert.Contains("under another name", said, StringComparison.Ordinal);
            if (isJson)
                Assert.Contains(nameof(WinMmfErrorId.ChannelLost), said, StringComparison.Ordinal);

            // Its readers do not wait for more, and what belongs to somebody else is left alone.
            Assert.Equal(ChannelState.Failed, reader.State);
            Assert.Equal("taken", File.ReadAllText(path));
            Assert.DoesNotContain(Directory.GetDirectories(LinuxPlatform.SharedMemoryDirectory), folder => Names(folder, name));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool Names(string folder, string name)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "owner")))
                .Contains(name, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another one, which has just gone or is another account's.
            return false;
        }
    }
}
