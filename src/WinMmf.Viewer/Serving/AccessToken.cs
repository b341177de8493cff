using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WinMmf.Viewer.Serving;

/// <summary>
/// What proves that a request comes from the account that started the viewer: every account of the machine can reach a loopback address.
/// The token opens everything. A ticket, made from a key of its own, opens one channel until it expires; players get it in their address.
/// </summary>
internal sealed class AccessToken
{
    /// <summary>How long a ticket is accepted for new requests.</summary>
    public static readonly TimeSpan TicketLifetime = TimeSpan.FromHours(12);

    /// <summary>How long a browser may take to come by the address that works once.</summary>
    public static readonly TimeSpan EntryLifetime = TimeSpan.FromMinutes(2);

    private const int Bytes = 32;
    private readonly byte[] _token;
    private readonly byte[] _ticketKey = RandomNumberGenerator.GetBytes(Bytes);
    private readonly TimeProvider _time;
    private readonly System.Threading.Lock _gate = new();
    private byte[]? _entry;
    private DateTimeOffset _entryEnd;

    /// <summary>Makes a new random token.</summary>
    /// <param name="time">The clock that tickets expire by.</param>
    public AccessToken(TimeProvider time)
    {
        _time = time;
        Value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        _token = Encoding.ASCII.GetBytes(Value);
    }

    /// <summary>The token: 64 hexadecimal digits.</summary>
    public string Value { get; }

    /// <summary>True if a text is the token. Takes the same time for every wrong one of the right length.</summary>
    public bool Matches(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _token);

    /// <summary>A code that opens everything once, in the next minutes; the one before it is void.</summary>
    public string IssueEntry()
    {
        string code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        lock (_gate)
            (_entry, _entryEnd) = (Encoding.ASCII.GetBytes(code), _time.GetUtcNow() + EntryLifetime);
        return code;
    }

    /// <summary>True if a text is that code; it is void afterwards.</summary>
    public bool TakeEntry(string? code)
    {
        lock (_gate)
        {
            if (code is null || _entry is null || _time.GetUtcNow() > _entryEnd
                || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), _entry))
                return false;
            _entry = null;
            return true;
        }
    }

    /// <summary>A ticket for one channel, from now on.</summary>
    /// <param name="channel">The channel, as <see cref="PictureAddress.Subject"/> writes it.</param>
    public string IssueTicket(string channel)
    {
        long expires = (_time.GetUtcNow() + TicketLifetime).ToUnixTimeSeconds();
        return expires.ToString(CultureInfo.InvariantCulture) + "." + Sign(expires, channel);
    }

    /// <summary>True if a ticket is for this channel and has not expired.</summary>
    public bool Accepts(string? ticket, string channel)
    {
        int dot = ticket?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && long.TryParse(ticket.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long expires)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(ticket![(dot + 1)..]), Encoding.ASCII.GetBytes(Sign(expires, channel)))
            && expires >= _time.GetUtcNow().ToUnixTimeSeconds();
    }

    private string Sign(long expires, string channel) => Convert.ToHexStringLower(HMACSHA256.HashData(
        _ticketKey, Encoding.UTF8.GetBytes(expires.ToString(CultureInfo.InvariantCulture) + "/" + channel)));
}
