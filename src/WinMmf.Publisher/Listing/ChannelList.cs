using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.Listing;

/// <summary>Shows the channels of this machine.</summary>
internal static class ChannelList
{
    private static readonly string[] Headings =
        ["NAME", "SCOPE", "STATE", "PUBLISHER", "FORMAT", "FPS", "PUBLISHED", "DROPPED", "AGE", "SOURCE"];

    /// <summary>Prints them.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="scope">Where to look; null: both.</param>
    public static void Print(Terminal terminal, NameScope? scope)
    {
        List<string[]> rows = [Headings];
        foreach (SharedMemoryReport report in SharedMemoryCatalogue.List(scope))
        {
            // An object that may not be read can be a channel; a plain memory, a leftover or a folder cannot.
            if (report.Kind is SharedMemoryKind.Memory or SharedMemoryKind.Leftover
                || report.Error?.ErrorId == WinMmfErrorId.WrongObjectType)
                continue;
            if (terminal.IsJson)
                terminal.Json(json => Describe(json, report));
            else
                rows.Add(Row(report));
        }

        if (terminal.IsJson)
            return;
        if (rows.Count == 1)
            terminal.Line("There are no channels. Start one with: WinMmf.Publisher publish --name cam1");
        else
            PrintTable(terminal, rows);
    }

    private static string[] Row(SharedMemoryReport report)
    {
        if (report.Channel is not ChannelReport c)
            return [report.Name.Name, report.Name.Scope.ToString(), report.Error?.ErrorId.ToString() ?? report.Kind.ToString(), "", "", "",
                "", "", "", report.Error?.Message ?? ""];
        return
        [
            c.Name.Name,
            c.Name.Scope.ToString(),
            c.State.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"{c.Owner.ProcessId} {c.OwnerProgram}").TrimEnd(),
            c.Newest?.Format.ToString() ?? "",
            c.FrameRate > 0 ? c.FrameRate.ToString("0.##", CultureInfo.InvariantCulture) : "",
            c.Counters.Published.ToString(CultureInfo.InvariantCulture),
            c.Counters.Dropped.ToString(CultureInfo.InvariantCulture),
            c.Newest is FrameInfo newest ? Age(newest.Age) : "",
            c.Source,
        ];
    }

    private static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        < 1 => age.TotalMilliseconds.ToString("0' ms'", CultureInfo.InvariantCulture),
        < 120 => age.TotalSeconds.ToString("0.0' s'", CultureInfo.InvariantCulture),
        _ => age.TotalMinutes.ToString("0' min'", CultureInfo.InvariantCulture),
    };

    private static void PrintTable(Terminal terminal, List<string[]> rows)
    {
        foreach (string[] row in rows)
        {
            StringBuilder line = new();
            for (int i = 0; i < row.Length; i++)
            {
                int width = 0;
                foreach (string[] other in rows)
                    width = Math.Max(width, other[i].Length);
                line.Append(i + 1 < row.Length ? row[i].PadRight(width + 2) : row[i]);
            }

            terminal.Line(line.ToString().TrimEnd());
        }
    }

    private static void Describe(Utf8JsonWriter json, SharedMemoryReport report)
    {
        json.WriteString("name", report.Name.Name);
        json.WriteString("scope", report.Name.Scope.ToString());
        if (report.Channel is not ChannelReport c)
        {
            json.WriteString("state", report.Kind.ToString());
            json.WriteString("error", report.Error?.ErrorId.ToString());
            json.WriteString("message", report.Error?.Message);
            return;
        }

        json.WriteString("state", c.State.ToString());
        json.WriteNumber("pid", c.Owner.ProcessId);
        json.WriteString("program", c.OwnerProgram);
        json.WriteString("account", c.Account);
        json.WriteString("source", c.Source);
        json.WriteString("endpoint", c.ControlEndpoint);
        json.WriteString("createdAt", c.CreatedAt.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("epoch", c.Epoch);
        json.WriteNumber("slots", c.Slots);
        json.WriteNumber("fps", c.FrameRate);
        json.WriteNumber("published", c.Counters.Published);
        json.WriteNumber("dropped", c.Counters.Dropped);
        json.WriteNumber("restarts", c.Counters.SourceRestarts);
        if (c.Newest is not FrameInfo newest)
            return;
        json.WriteNumber("width", newest.Format.Width);
        json.WriteNumber("height", newest.Format.Height);
        json.WriteString("pixelFormat", newest.Format.PixelFormat.ToString());
        json.WriteNumber("frameNumber", newest.FrameNumber);
        json.WriteNumber("ageMs", Math.Round(newest.Age.TotalMilliseconds, 3));
    }
}
