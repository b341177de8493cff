using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class StopAndListTests
{
    [Fact]
    public void A_channel_is_listed_stopped_and_gone()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start(
            "publish", name, "--width", "64", "--height", "48", "--source-label", "the \"scanner\"", "--json");
        string endpoint = publisher.WaitForEvent("created").GetProperty("endpoint").GetString()!;
        publisher.WaitForEvent("ready");

        JsonElement listed = Listed(name)!.Value;
        Assert.Equal("Live", listed.GetProperty("state").GetString());
        Assert.Equal(publisher.Id, listed.GetProperty("pid").GetInt32());
        Assert.Equal("the \"scanner\"", listed.GetProperty("source").GetString());
        Assert.Equal(64, listed.GetProperty("width").GetInt32());
        Assert.Contains(PublisherProcess.Run("list").Lines,
            line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains("Live", StringComparison.Ordinal));

        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("stop", name, "--json");
        Assert.True(code == 0, errors);
        Assert.Equal("stopped", PublisherProcess.Json(lines.Single()).GetProperty("event").GetString());
        Assert.Equal(0, publisher.WaitForExit());
        Assert.Equal("Stop", PublisherProcess.Last(publisher.Lines, "summary").GetProperty("reason").GetString());
        Assert.Null(Listed(name));
        Assert.False(File.Exists(endpoint));
    }

    [Fact]
    public void Stopping_while_a_reader_holds_the_channel_works_and_twice_is_not_found()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json");
        publisher.WaitForEvent("ready");

        // A reader that stands still in the middle of a lease.
        using WinMmf.Frames.FrameReader reader = WinMmf.Frames.FrameReader.Open(name);
        WinMmf.Frames.FrameLease lease = default;
        Until.True(() => reader.TryLeaseNewest(out lease), "A frame can be leased once the publisher has given a row.");
        Assert.Equal(0, PublisherProcess.Run("stop", name).Code);
        Assert.Equal(0, publisher.WaitForExit());
        Assert.True(lease.End());
        Assert.Equal(WinMmf.Frames.ChannelState.Stopped, reader.State);
        Assert.Equal(4, PublisherProcess.Run("stop", name).Code);
    }

    [Fact]
    public void A_killed_publisher_leaves_a_name_that_can_be_taken_again()
    {
        string name = PublisherProcess.NewName();
        using PublisherProcess publisher = PublisherProcess.Start("publish", "--name", name, "--width", "64", "--height", "48", "--json");
        string endpoint = publisher.WaitForEvent("created").GetProperty("endpoint").GetString()!;
        publisher.WaitForEvent("ready");
        publisher.KillHard();
        using PublisherProcess next = PublisherProcess.Start(
            "publish", "--name", name, "--width", "64", "--height", "48", "--frames", "3", "--json");
        Assert.Equal(0, next.WaitForExit());

        // The next publisher also clears the dead one's socket.
        Assert.False(File.Exists(endpoint));
    }

    private static JsonElement? Listed(string name)
    {
        (int code, IReadOnlyList<string> lines, string errors) = PublisherProcess.Run("list", "--json");
        Assert.True(code == 0, errors);
        foreach (JsonElement json in lines.Select(PublisherProcess.Json))
        {
            if (json.GetProperty("name").GetString() == name)
                return json;
        }

        return null;
    }
}
