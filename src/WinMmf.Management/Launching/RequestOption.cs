using System;
using System.Collections.Generic;
using WinMmf.Errors;

namespace WinMmf.Management.Launching;

/// <summary>
/// One option of a request: its name, its text, its range and where it is kept. All that reads or writes requests goes by these: the
/// program's command line, the request on standard input, the check.
/// </summary>
/// <typeparam name="T">The request.</typeparam>
internal sealed class RequestOption<T>
    where T : LaunchRequest
{
    private readonly Func<T, IEnumerable<string>> _read;
    private readonly Action<T, string> _write;
    private readonly Func<T, string?>? _fault;

    /// <summary>Makes an option.</summary>
    /// <param name="name">Its name, in lower case, words joined by hyphens.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="read">Its texts; none where it is not set.</param>
    /// <param name="write">Sets or adds one text.</param>
    /// <param name="fault">What is wrong with its value, as a sentence with what to do; null if nothing is.</param>
    /// <param name="value">What its value is.</param>
    public RequestOption(
        string name,
        RequestOptionForm form,
        Func<T, IEnumerable<string>> read,
        Action<T, string> write,
        Func<T, string?>? fault = null,
        RequestValue? value = null)
    {
        Name = name;
        Form = form;
        Value = value ?? RequestValue.Text;
        Key = ConfigurationKey(name) + (Value.IsTime ? "Sec" : "");
        _read = read;
        _write = write;
        _fault = fault;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How it is written.</summary>
    public RequestOptionForm Form { get; }

    /// <summary>What its value is.</summary>
    public RequestValue Value { get; }

    /// <summary>Its name in a configuration file: that of the cmdlet's parameter, with a small first letter.</summary>
    public string Key { get; private set; }

    /// <summary>What it does, for help, with its range and default.</summary>
    public string Description { get; private set; } = "";

    /// <summary>What stands for its value in help; empty for switches.</summary>
    public string ValueName { get; private set; } = "";

    /// <summary>Another, shorter name on command lines, with its dashes; empty if there is none.</summary>
    public string Alias { get; private set; } = "";

    /// <summary>Adds what help shows.</summary>
    public RequestOption<T> With(string valueName, string description, string alias = "")
    {
        ValueName = valueName;
        Description = description;
        Alias = alias;
        return this;
    }

    /// <summary>Gives it another name in a configuration file than its own.</summary>
    public RequestOption<T> Called(string key)
    {
        Key = key;
        return this;
    }

    /// <summary>Its texts in a request; none where it is not set.</summary>
    public IEnumerable<string> Read(T request) => _read(request);

    /// <summary>Sets it, or adds to it where it is a list.</summary>
    /// <exception cref="WinMmfException">InvalidArgument: the text is none of its values.</exception>
    public void Write(T request, string text) => _write(request, text);

    /// <summary>Looks whether its value is possible.</summary>
    /// <exception cref="WinMmfException">InvalidArgument.</exception>
    public void Check(T request)
    {
        if (_fault?.Invoke(request) is string fault)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, fault);
    }

    /// <summary>frame-rate as frameRate.</summary>
    private static string ConfigurationKey(string name)
    {
        string[] words = name.Split('-');
        for (int i = 1; i < words.Length; i++)
            words[i] = char.ToUpperInvariant(words[i][0]) + words[i].Substring(1);
        return string.Concat(words);
    }
}
