using System;
using System.Globalization;

namespace WinMmf.Locking;

/// <summary>
/// Who owns a lock: this process and a token (design L3), never a thread. A PowerShell session is one owner, and so is any other code that
/// makes one. An owner has one lock on a memory at a time.
/// </summary>
public sealed class LockOwner
{
    /// <summary>Makes an owner.</summary>
    public LockOwner()
    {
        byte[] bytes = Guid.NewGuid().ToByteArray();
        Token = BitConverter.ToUInt64(bytes, 0) ^ BitConverter.ToUInt64(bytes, sizeof(ulong));
        if (Token == 0)
            Token = 1;
    }

    /// <summary>Random, never 0.</summary>
    public ulong Token { get; }

    /// <summary>The token as text.</summary>
    public override string ToString() => Token.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The name of an owner for display: <c>PID.TOKEN</c>.</summary>
    internal static string Name(uint processId, ulong token) =>
        string.Format(CultureInfo.InvariantCulture, "{0}.{1:x16}", processId, token);
}
