using System.Collections.Generic;
using WinMmf.Memory;

namespace WinMmf.Platform;

/// <summary>Which names exist on this machine.</summary>
internal interface INameCatalogue
{
    /// <summary>
    /// Names that a WinMmf object bears, without those of its parts. On Linux every file of our naming;
    /// on Windows names with a WinMmf companion object beside them. What may not be listed is left out.
    /// </summary>
    IReadOnlyList<SharedName> List(NameScope scope);
}
