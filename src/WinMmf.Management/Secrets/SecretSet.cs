using System;
using System.Collections.Generic;

namespace WinMmf.Management.Secrets;

/// <summary>
/// The secrets of one input, to be hidden wherever they turn up: programs repeat parts of an address in forms of their own, in
/// which <see cref="Redactor"/> cannot know them.
/// </summary>
internal sealed class SecretSet
{
    /// <summary>Shorter texts stand in every other word.</summary>
    private const int LeastLength = 3;

    private readonly List<string> _secrets = [];

    private SecretSet()
    {
    }

    /// <summary>The secrets of an address and of the options for it.</summary>
    /// <param name="input">An address, a file or a device; null for none.</param>
    /// <param name="options">Names and values.</param>
    public static SecretSet Of(string? input, IEnumerable<KeyValuePair<string, string>> options)
    {
        SecretSet set = new();
        if (input is not null)
            set.AddAddress(input);
        foreach (KeyValuePair<string, string> option in options ?? throw new ArgumentNullException(nameof(options)))
        {
            if (!Redactor.IsSecretName(option.Key))
                continue;
            set.AddAddress(option.Value);
            foreach (string line in option.Value.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                set.Add(line.Trim());

                // A header's name is none.
                set.Add(line.Substring(line.IndexOf(':') + 1).Trim());
            }
        }

        // The longest first, so that none leaves the rest of another.
        set._secrets.Sort(static (a, b) => b.Length - a.Length);
        return set;
    }

    /// <summary>A text without these secrets and without what is secret by its form.</summary>
    /// <param name="text">Any text.</param>
    public string Hide(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));

        // By form first: it takes a whole address's user part at once.
        text = Redactor.Hide(text);
        foreach (string secret in _secrets)
            text = text.Replace(secret, Redactor.Mask);
        return text;
    }

    private void AddAddress(string address)
    {
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return;
        int begin = scheme + 3;
        AddressParts parts = AddressParts.Find(address, begin, address.Length);
        if (parts.HostBegin > begin)
        {
            string user = address.Substring(begin, parts.HostBegin - begin - 1);
            int colon = user.IndexOf(':');
            Add(user);

            // A user's name alone is no secret where nothing else points to it, and often a word such as admin.
            if (colon >= 0)
                Add(user.Substring(colon + 1));
        }

        if (parts.QueryBegin >= parts.End)
            return;
        string query = address.Substring(parts.QueryBegin);
        Add(query);
        foreach (string setting in query.Split('&', ';', '#', '?'))
        {
            int equals = setting.IndexOf('=');
            if (equals < 0 || Redactor.IsSecretName(setting.Substring(0, equals)))
                Add(setting.Substring(equals + 1));
        }
    }

    private void Add(string secret)
    {
        foreach (string form in new[] { secret, Uri.UnescapeDataString(secret), Escape(secret) })
        {
            if (form.Length >= LeastLength && !_secrets.Contains(form))
                _secrets.Add(form);
        }
    }

    /// <summary>What is too long for an escaped form is no password.</summary>
    private static string Escape(string text) => text.Length < 16_000 ? Uri.EscapeDataString(text) : text;
}
