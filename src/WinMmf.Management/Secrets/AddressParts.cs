using System;

namespace WinMmf.Management.Secrets;

/// <summary>
/// Where an address within a text has its user part and its query. Passwords are often written as they are, with <c>/ # ?</c>,
/// quotes or blanks in them, so the user part reaches to the last <c>@</c> that can belong to it.
/// </summary>
internal readonly struct AddressParts
{
    private AddressParts(int hostBegin, int queryBegin, int end)
    {
        HostBegin = hostBegin;
        QueryBegin = queryBegin;
        End = end;
    }

    /// <summary>Where the host begins: behind the user part, or at once.</summary>
    public int HostBegin { get; }

    /// <summary>Where the query's or fragment's content begins; <see cref="End"/> if there is none.</summary>
    public int QueryBegin { get; }

    /// <summary>The end of the address, without punctuation that belongs to the sentence.</summary>
    public int End { get; }

    /// <summary>Takes an address apart.</summary>
    /// <param name="text">The text.</param>
    /// <param name="begin">Behind <c>://</c>.</param>
    /// <param name="reach">How far behind a blank an <c>@</c> is looked for where the address looks broken off.</param>
    public static AddressParts Find(string text, int begin, int reach)
    {
        int end = EndOf(text, begin);
        int at = end > begin ? text.LastIndexOf('@', end - 1, end - begin) : -1;
        if (at < 0 && LooksBrokenOff(text, begin, end))
        {
            // A blank or a quotation mark in the password.
            int line = text.IndexOfAny(['\r', '\n'], end);
            int limit = Math.Min(line < 0 ? text.Length : line, end + reach);
            at = limit > end ? text.LastIndexOf('@', limit - 1, limit - end) : -1;
            if (at >= 0)
                end = EndOf(text, at + 1);
        }

        int host = at > begin && IsUserPart(text, begin, at) ? at + 1 : begin;
        int query = text.IndexOfAny(['?', '#'], host, end - host);
        return new AddressParts(host, query < 0 ? end : query + 1, end);
    }

    private static int EndOf(string text, int begin)
    {
        int end = begin;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && !char.IsControl(text[end])
            && text[end] is not ('"' or '<' or '>' or '`'))
            end++;

        // Quotation marks around it and the sentence's punctuation are not its own.
        while (end > begin && text[end - 1] is '.' or ',' or ';' or ':' or ')' or ']' or '}' or '\'')
            end--;
        return end;
    }

    /// <summary>Behind the host's colon stands a port. Anything else is the beginning of a password.</summary>
    private static bool LooksBrokenOff(string text, int begin, int end)
    {
        int colon = text.IndexOf(':', begin, end - begin);
        if (begin < end && text[begin] == '[')
        {
            int bracket = text.IndexOf(']', begin, end - begin);
            colon = bracket < 0 ? -1 : text.IndexOf(':', bracket, end - bracket);
        }

        // The sentence's colon, and the one whose password begins with the blank.
        if (colon < 0)
            return end < text.Length && text[end] == ':';
        for (int i = colon + 1; i < end && text[i] is not ('/' or '?' or '#'); i++)
        {
            if (!char.IsDigit(text[i]))
                return true;
        }

        return false;
    }

    /// <summary>Within the host's part every <c>@</c> ends a user part; behind it one does if a colon hints at a password.</summary>
    private static bool IsUserPart(string text, int begin, int at)
    {
        int first = text.IndexOfAny(['/', '?', '#'], begin, at - begin);
        return first < 0 || text.IndexOf(':', begin, at - begin) >= 0 || text.IndexOf('@', begin, first - begin) >= 0;
    }
}
