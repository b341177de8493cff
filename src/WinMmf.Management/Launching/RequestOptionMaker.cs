using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Time;

namespace WinMmf.Management.Launching;

/// <summary>Makes the usual kinds of options.</summary>
/// <typeparam name="T">The request.</typeparam>
internal sealed class RequestOptionMaker<T>
    where T : LaunchRequest
{
    /// <summary>Any text.</summary>
    public RequestOption<T> Text(string name, Func<T, string?> get, Action<T, string> set) =>
        new(name, RequestOptionForm.Value, request => One(get(request)), set);

    /// <summary>Any number of texts.</summary>
    public RequestOption<T> Texts(string name, Func<T, IReadOnlyList<string>> get, Action<T, IReadOnlyList<string>> set) =>
        new(name, RequestOptionForm.List, get, (request, text) => set(request, [.. get(request), text]));

    /// <summary>A whole number.</summary>
    public RequestOption<T> Whole(string name, Func<T, long?> get, Action<T, long> set, long least, long most) => new(
        name,
        RequestOptionForm.Value,
        request => One(get(request)?.ToString(CultureInfo.InvariantCulture)),
        (request, text) => set(request, RequestOptionText.ToWhole(name, text)),
        request => RequestOptionText.FaultOfRange(name, get(request), least, most),
        RequestValue.Whole(least, most));

    /// <summary>A number.</summary>
    public RequestOption<T> Number(string name, Func<T, double?> get, Action<T, double> set, double least, double most) =>
        Number(name, get, set, least, most, isTime: false);

    /// <summary>A time in seconds.</summary>
    public RequestOption<T> Seconds(string name, Func<T, TimeSpan?> get, Action<T, TimeSpan> set, double least, double most) => Number(
        name,
        request => get(request)?.TotalSeconds,
        (request, seconds) => set(request, RequestOptionText.ToTime(name, seconds, least, most)),
        least,
        most,
        isTime: true);

    /// <summary>One of an enumeration's names, in any case.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="get">Reads the value.</param>
    /// <param name="set">Sets it.</param>
    /// <param name="not">A value that cannot be chosen; null: none.</param>
    public RequestOption<T> Choice<TEnum>(string name, Func<T, TEnum?> get, Action<T, TEnum> set, TEnum? not = null)
        where TEnum : struct, Enum => new(
        name,
        RequestOptionForm.Value,
        request => One(get(request)?.ToString()),
        (request, text) => set(request, RequestOptionText.ToChoice(text, not)),
        request => RequestOptionText.FaultOfChoice(name, get(request), not),
        RequestValue.Choice(RequestOptionText.Choices(not)));

    /// <summary>Given or not.</summary>
    public RequestOption<T> Switch(string name, Func<T, bool> get, Action<T, bool> set) => new(
        name,
        RequestOptionForm.Switch,
        request => One(get(request) ? RequestOptionText.On : null),
        (request, text) => set(request, RequestOptionText.ToBool(name, text)),
        value: RequestValue.Bool);

    /// <summary>On, off or not given.</summary>
    public RequestOption<T> Toggle(string name, Func<T, bool?> get, Action<T, bool> set) => new(
        name,
        RequestOptionForm.Toggle,
        request => One(get(request) switch { true => RequestOptionText.On, false => RequestOptionText.Off, null => null }),
        (request, text) => set(request, RequestOptionText.ToBool(name, text)),
        value: RequestValue.Bool);

    private static RequestOption<T> Number(
        string name, Func<T, double?> get, Action<T, double> set, double least, double most, bool isTime) => new(
        name,
        RequestOptionForm.Value,
        request => One(get(request)?.ToString("R", CultureInfo.InvariantCulture)),
        (request, text) => set(request, RequestOptionText.ToNumber(name, text)),
        request => RequestOptionText.FaultOfRange(name, get(request), least, most),
        RequestValue.Number(least, most, isTime));

    private static IEnumerable<string> One(string? text) => text is null ? [] : [text];
}
