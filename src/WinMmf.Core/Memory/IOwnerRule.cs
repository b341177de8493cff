using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Memory;

/// <summary>
/// Whose a memory must be. Asked of the section that was opened, before anything in it is read or written: a look by the name before that
/// says nothing, since who owns a name can give it up, and any account can take it then.
/// </summary>
internal interface IOwnerRule
{
    /// <summary>Refuses what may not be used.</summary>
    /// <param name="section">What was opened.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="WinMmfException">It belongs to another account than it may.</exception>
    void Check(SharedSection section, SharedName name);
}
