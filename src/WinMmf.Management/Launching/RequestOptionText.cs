using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using WinMmf.Errors;

namespace WinMmf.Management.Launching;

/// <summary>The values of options as text, the same in every culture.</summary>
internal static class RequestOptionText
{
    /// <summary>What a switch or toggle that is on has as its text.</summary>
    public const string On = "true";

    /// <summary>What a toggle that is off has as its text.</summary>
    public const string Off = "false";

    /// <summary>An option's name in a sentence.</summary>
    public static string Words(string name) => name.Replace('-', ' ');

    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static long ToWhole(string name, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw NotA(name, text, "whole number");

    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static double ToNumber(string name, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw NotA(name, text, "number");

    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static bool ToBool(string name, string text) => text switch
    {
        On => true,
        Off => false,
        _ => throw Bad($"The option {Words(name)} is on or off, and '{text}' is neither. Write {On} or {Off}."),
    };

    /// <summary>One of an enumeration's names, in any case.</summary>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static TEnum ToChoice<TEnum>(string text, TEnum? not)
        where TEnum : struct, Enum
    {
        foreach (string choice in Choices(not))
        {
            if (string.Equals(choice, text, StringComparison.OrdinalIgnoreCase))
                return (TEnum)Enum.Parse(typeof(TEnum), choice);
        }

        throw Bad($"'{text}' is not known here. {OneOf(not)}");
    }

    /// <summary>An enumeration's names.</summary>
    /// <param name="not">The value that is left out; null: none.</param>
    public static IReadOnlyList<string> Choices<TEnum>(TEnum? not)
        where TEnum : struct, Enum => [.. Enum.GetNames(typeof(TEnum)).Where(name => name != not?.ToString())];

    /// <summary>Seconds as a time. What is out of range is refused here, because a time may not be able to hold it.</summary>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public static TimeSpan ToTime(string name, double seconds, double least, double most) =>
        FaultOfRange(name, seconds, least, most) is string fault ? throw Bad(fault) : TimeSpan.FromSeconds(seconds);

    /// <summary>What is wrong with a number; null if nothing is.</summary>
    public static string? FaultOfRange(string name, double? value, double least, double most) =>
        value is double number && !(number >= least && number <= most)
            ? FormattableString.Invariant($"A value of {number:R} is impossible for {Words(name)}. Give {least:0.###} to {most:0.###}.")
            : null;

    /// <summary>What is wrong with a choice; null if nothing is.</summary>
    public static string? FaultOfChoice<TEnum>(string name, TEnum? value, TEnum? not)
        where TEnum : struct, Enum =>
        value is TEnum choice && !Choices(not).Contains(choice.ToString())
            ? $"The {Words(name)} {choice} does not exist. {OneOf(not)}"
            : null;

    private static string OneOf<TEnum>(TEnum? not)
        where TEnum : struct, Enum => $"Choose one of: {string.Join(", ", Choices(not))}.";

    private static WinMmfException NotA(string name, string text, string what) =>
        Bad($"The option {Words(name)} is a {what}, and '{text}' is none.");

    private static WinMmfException Bad(string message) => new(WinMmfErrorId.InvalidArgument, message);
}
