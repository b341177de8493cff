using System;
using System.Collections.Generic;
using System.Text.Json;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Locking;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.Time;
using WinMmf.Viewer.Serving;

namespace WinMmf.Viewer.Channels;

/// <summary>Writes the channels and the stuck locks of this machine as JSON: <c>/api/channels</c>. Times are milliseconds.</summary>
internal static class ChannelList
{
    /// <summary>Writes them.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="token">Makes the tickets for players.</param>
    /// <param name="locks">Finds the stuck locks.</param>
    public static void Write(Utf8JsonWriter json, AccessToken token, LockWatch locks)
    {
        IReadOnlyList<SharedMemoryReport> reports = [.. SharedMemoryCatalogue.List()];
        json.WriteStartObject();
        json.WriteNumber("nowMs", MonotonicClock.Now / 1e6);
        json.WriteStartArray("channels");
        foreach (SharedMemoryReport report in reports)
        {
            // An object that may not be read can be a channel; a plain memory, a leftover or a folder cannot.
            if (report.Kind is SharedMemoryKind.Memory or SharedMemoryKind.Leftover
                || report.Error?.ErrorId == WinMmfErrorId.WrongObjectType)
                continue;
            json.WriteStartObject();
            Write(json, report, token);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("locks");
        foreach ((LockReport report, TimeSpan unchanged) in locks.Find(reports))
            LockWatch.Write(json, report, unchanged);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SharedMemoryReport report, AccessToken token)
    {
        json.WriteString("name", report.Name.Name);
        json.WriteString("scope", report.Name.Scope.ToString());
        if (report.Channel is not ChannelReport channel)
        {
            json.WriteString("state", report.Kind.ToString());
            json.WriteString("health", "Unreadable");
            json.WriteString("words", report.Error?.Message ?? "This cannot be read.");
            json.WriteString("error", report.Error?.ErrorId.ToString());
            return;
        }

        TimeSpan? age = channel.Newest?.Age;
        json.WriteString("state", channel.State.ToString());
        json.WriteString("health", ChannelWords.HealthOf(channel.State, channel.FrameRate, age).ToString());
        json.WriteString("words", ChannelWords.Describe(channel.State, channel.FrameRate, age));
        json.WriteNumber("processId", channel.Owner.ProcessId);
        json.WriteString("program", channel.OwnerProgram);
        json.WriteString("account", channel.Account);
        json.WriteString("source", channel.Source);
        json.WriteNumber("epoch", channel.Epoch);
        json.WriteNumber("frameRate", channel.FrameRate);
        json.WriteNumber("published", channel.Counters.Published);
        json.WriteNumber("dropped", channel.Counters.Dropped);
        json.WriteNumber("restarts", channel.Counters.SourceRestarts);
        WriteAddresses(json, report.Name, token);
        if (channel.Newest is not FrameInfo newest)
            return;
        json.WriteNumber("frameNumber", newest.FrameNumber);
        json.WriteNumber("width", newest.Format.Width);
        json.WriteNumber("height", newest.Format.Height);
        json.WriteString("pixelFormat", newest.Format.PixelFormat.ToString());
        json.WriteNumber("ageMs", newest.Age.TotalMilliseconds);
        json.WriteNumber("latencyMs", (newest.PublishedAt - newest.CapturedAt) / 1e6);
    }

    /// <summary>Addresses for players, which have no cookie: with a ticket for this channel only.</summary>
    private static void WriteAddresses(Utf8JsonWriter json, SharedName name, AccessToken token)
    {
        string ticket = "&ticket=" + token.IssueTicket(PictureAddress.SubjectOf(name.Name, name.Scope));
        json.WriteStartObject("addresses");
        foreach (string ending in new[] { "jpg", "png", "mjpeg" })
            json.WriteString(ending, PictureAddress.Write(name.Name, name.Scope, ending) + ticket);
        json.WriteEndObject();
    }
}
