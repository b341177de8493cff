using System.Collections.Generic;
using WinMmf.Names;

namespace WinMmf.Management.Platform;

/// <summary>Which names exist on this machine.</summary>
internal interface INameCatalogue
{
    /// <summary>
    /// Names of WinMmf objects, without those of their parts. On Linux every file with such a name; on Windows names with a WinMmf
    /// companion object beside them. Skips what may not be listed.
    /// </summary>
    IReadOnlyList<SharedName> List(NameScope scope);

    /// <summary>True if <see cref="List"/> has this name, without looking at all the others where the system allows it.</summary>
    bool Exists(SharedName name);

    /// <summary>What killed processes left under a name; null if there is nothing, and where the system removes it.</summary>
    LeftoverSection? LookAtLeftover(SharedName name);

    /// <summary>
    /// Names of WinMmf objects in the Local scopes of other users (Linux) and other sessions (Windows). Skips what may not be listed.
    /// </summary>
    IReadOnlyList<SharedName> ListElsewhere();

    /// <summary>Whose Local scope that is, for people: a user's name, or the number of a session.</summary>
    string DescribeElsewhere(uint whose);

    /// <summary>
    /// Names of sections that other programs made. On Linux every regular file of shared memory that has no name of ours or is
    /// another account's, all of them Global; on Windows every section without a companion of ours.
    /// </summary>
    IReadOnlyList<SharedName> ListForeign(NameScope scope);

    /// <summary>Looks at one of them from outside; null if it is gone. Never opens it with more than the right to ask.</summary>
    ForeignSection? LookAtForeign(SharedName name);
}
