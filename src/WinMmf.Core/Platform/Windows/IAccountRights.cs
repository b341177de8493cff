using System.Collections.Generic;
using WinMmf.Errors;

namespace WinMmf.Platform.Windows;

/// <summary>The machine's own list of which account has which right (Local Security Authority).</summary>
internal interface IAccountRights
{
    /// <summary>The rights that are assigned to this very SID; null if this account may not ask.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    IReadOnlyList<string>? List(string sid);

    /// <summary>Assigns a right.</summary>
    /// <exception cref="WinMmfException">AccessDenied, SystemError.</exception>
    void Add(string sid, string right);

    /// <summary>Takes a right away.</summary>
    /// <exception cref="WinMmfException">AccessDenied, SystemError.</exception>
    void Remove(string sid, string right);
}
