using System;
using WinMmf.Names;

namespace WinMmf.Management.Catalogue;

/// <summary>What a person may have meant by a name that does not exist: the same in another scope, or in other letters.</summary>
internal static class NearName
{
    /// <summary>A hint at what exists, as a sentence with a blank behind it; empty if there is nothing near.</summary>
    /// <param name="name">The name that was looked for.</param>
    /// <param name="scope">Where it was looked for, by its name; null: in both scopes.</param>
    public static string Hint(string? name, string? scope)
    {
        SharedName? otherCase = null;
        foreach (SharedName there in name is null ? [] : SharedMemoryCatalogue.ListNames())
        {
            if (there.Name == name && scope is not null && there.Scope.ToString() != scope)
                return $"{there} exists. ";
            if (there.Name != name && string.Equals(there.Name, name, StringComparison.OrdinalIgnoreCase))
                otherCase ??= there;
        }

        return otherCase is SharedName near ? $"{near} exists; upper and lower case are different letters in a name. " : "";
    }
}
