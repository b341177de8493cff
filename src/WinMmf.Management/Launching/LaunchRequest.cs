using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Secrets;
using WinMmf.Names;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Management.Launching;

/// <summary>What a process that is started detached shall do under a name.</summary>
internal abstract class LaunchRequest
{
    /// <summary>The argument that has the program read its request from standard input.</summary>
    internal const string FromInputArgument = "--request-stdin";

    private protected LaunchRequest(SharedName name) => Name = name;

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; set; }

    /// <summary>Accounts that get access besides the one that starts it.</summary>
    public IReadOnlyList<string> ReadAccess { get; set; } = [];

    /// <summary>A security descriptor's text in place of accounts (Windows); null: none.</summary>
    public string? Sddl { get; set; }

    /// <summary>Whether the memory may be paged out; null: as the system likes.</summary>
    public MemoryResidency? Resident { get; set; }

    /// <summary>What the program is told to do.</summary>
    internal abstract string Verb { get; }

    /// <summary>Who is started, as the beginning of a sentence.</summary>
    internal abstract string Subject { get; }

    /// <summary>What did not come, as the rest of a sentence.</summary>
    internal abstract string Missing { get; }

    /// <summary>Who may use the memory.</summary>
    internal virtual AccessPolicy Access => AccessPolicy.From(ReadAccess, [], Sddl);

    /// <summary>Looks whether the request makes sense: every value's range, and what goes with what.</summary>
    /// <exception cref="WinMmfException">
    /// InvalidArgument, InvalidFormat, InvalidName, InvalidSize: what is wrong and what to do.
    /// </exception>
    public abstract void Check();

    /// <summary>A text without what is secret in this request.</summary>
    /// <param name="text">Any text.</param>
    public virtual string Hide(string text) => Redactor.Hide(text);

    /// <summary>Makes the paths of files full, because the program works in another folder.</summary>
    internal virtual void ResolvePaths()
    {
    }

    /// <summary>The request as the message that the program reads from standard input.</summary>
    internal abstract ControlMessage ToMessage();

    /// <summary>The request as the program's arguments, all of which every account of the machine can read.</summary>
    internal abstract IReadOnlyList<string> ToArguments();

    /// <summary>What a list of processes shall show: what the process does and for which name, and no more.</summary>
    internal IReadOnlyList<string> ToVisibleArguments() => [Verb, .. NameArguments, FromInputArgument];

    /// <summary>Name and scope as arguments.</summary>
    private protected abstract IReadOnlyList<string> NameArguments { get; }

    private protected string ScopeArgument => Name.Scope == NameScope.Global ? "global" : "local";

    /// <summary>The options of every request.</summary>
    internal static List<RequestOption<T>> CommonOptions<T>()
        where T : LaunchRequest
    {
        RequestOptionMaker<T> option = new();
        return
        [
            option.Texts("read-access", static r => r.ReadAccess, static (r, v) => r.ReadAccess = v)
                .With("ACCOUNT", "Who may read besides you: an account, a group, a SID, or Users, Everyone. May be given several times."),
            option.Text("sddl", static r => r.Sddl, static (r, v) => r.Sddl = v)
                .With("SDDL", "Windows: a security descriptor in place of --read-access. "
                    + "What it lets an account do with the memory it lets it do with all its objects."),
            option.Choice("resident", static r => r.Resident, static (T r, MemoryResidency v) => r.Resident = v)
                .With(
                    "none|locked|largepages",
                    "Whether the memory may be paged out: none (default, as the system likes), locked, or largepages."),
        ];
    }

    private protected void CheckAll<T>(IReadOnlyList<RequestOption<T>> options)
        where T : LaunchRequest
    {
        if (Name == default)
            throw new WinMmfException(WinMmfErrorId.InvalidName, "There is no name. Give a name of 1 to 200 bytes.");
        foreach (RequestOption<T> option in options)
            option.Check((T)this);

        // Says so where accounts and a descriptor are given at once.
        _ = Access;
    }

    private protected ControlMessage ToMessage<T>(IReadOnlyList<RequestOption<T>> options)
        where T : LaunchRequest
    {
        ControlMessage message = new(Verb);
        foreach (RequestOption<T> option in options)
        {
            int count = 0;
            foreach (string text in option.Read((T)this))
                message[option.Form == RequestOptionForm.List ? FormattableString.Invariant($"{option.Name}.{++count}") : option.Name] =
                    text;
        }

        return message;
    }

    /// <summary>Takes over what a message says.</summary>
    /// <exception cref="WinMmfException">InvalidArgument: an option that this version does not know, or one of its values.</exception>
    private protected void Read<T>(ControlMessage message, IReadOnlyList<RequestOption<T>> options)
        where T : LaunchRequest
    {
        if (message.Head != Verb)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"The request is one to {message.Head}, and this process is to {Verb}. Use the same WinMmf release on both sides.");
        int left = message.Fields.Count;
        foreach (RequestOption<T> option in options)
        {
            bool isList = option.Form == RequestOptionForm.List;
            for (int i = 1; message.Fields.TryGetValue(
                isList ? option.Name + "." + i.ToString(CultureInfo.InvariantCulture) : option.Name, out string? text); i++)
            {
                option.Write((T)this, text);
                left--;
                if (!isList)
                    break;
            }
        }

        if (left > 0)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "The request has options that this publisher does not know. Use the same WinMmf release on both sides.");
    }

    private protected List<string> ToArguments<T>(IReadOnlyList<RequestOption<T>> options)
        where T : LaunchRequest
    {
        List<string> arguments = [Verb, .. NameArguments];
        foreach (RequestOption<T> option in options)
        {
            foreach (string text in option.Read((T)this))
            {
                if (option.Form is RequestOptionForm.Switch or RequestOptionForm.Toggle)
                    arguments.Add((text == RequestOptionText.On ? "--" : "--no-") + option.Name);
                else
                    arguments.AddRange(["--" + option.Name, text]);
            }
        }

        return arguments;
    }
}
