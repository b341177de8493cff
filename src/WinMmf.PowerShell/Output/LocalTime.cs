using System;

namespace WinMmf.PowerShell.Output;

/// <summary>
/// Times of output objects. They are DateTime in local time, as those of Get-Process and Get-ChildItem: such values keep their type in
/// jobs and files, and may be used in Constrained Language, which DateTimeOffset may not.
/// </summary>
internal static class LocalTime
{
    /// <summary>A time of the core, which counts in UTC.</summary>
    public static DateTime Of(DateTime utc) => DateTime.SpecifyKind(utc, DateTimeKind.Utc).ToLocalTime();

    /// <summary>The same; nothing stays nothing.</summary>
    public static DateTime? Of(DateTime? utc) => utc is DateTime time ? Of(time) : null;
}
