using System;
using System.Text;
using WinMmf.Errors;
using WinMmf.Text;

namespace WinMmf.Names;

/// <summary>A checked name and its scope (<c>docs/protocol.md</c> section 1). Equality is exact: names are case-sensitive.</summary>
public readonly struct SharedName : IEquatable<SharedName>
{
    /// <summary>The longest name, in UTF-8 bytes.</summary>
    public const int MaxBytes = 200;

    internal const string RegistrySuffix = ".registry";
    internal const string OwnerSuffix = ".owner";
    internal const string HoldersSuffix = ".holders";
    private const string PixelsSuffix = ".pixels.";
    private const string WakeSuffix = ".wake.";

    /// <summary>Checks a name and makes it one with its scope.</summary>
    /// <param name="name">1–200 UTF-8 bytes without slashes or control characters, not ending in a suffix that WinMmf reserves.</param>
    /// <param name="scope">Where the name is visible.</param>
    /// <exception cref="WinMmfException"><see cref="WinMmfErrorId.InvalidName"/>.</exception>
    public SharedName(string name, NameScope scope)
    {
        string? fault = FindFault(name);
        if (fault is not null)
            throw new WinMmfException(WinMmfErrorId.InvalidName, fault);
        if (scope is not (NameScope.Local or NameScope.Global))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"Scope {(int)scope} does not exist: there are Local and Global.");
        Name = name;
        Scope = scope;
        IsForeign = false;
        Whose = null;
    }

    private SharedName(string name, NameScope scope, bool isForeign, uint? whose = null)
    {
        Name = name;
        Scope = scope;
        IsForeign = isForeign;
        Whose = whose;
    }

    /// <summary>The name of something that another program made and named as it liked.</summary>
    internal static SharedName Foreign(string name, NameScope scope) => new(name, scope, isForeign: true);

    /// <summary>A name in the Local scope of another user (Linux) or of another session (Windows).</summary>
    internal static SharedName Elsewhere(string name, uint whose) => new(name, NameScope.Local, isForeign: false, whose);

    /// <summary>The user or session in whose Local scope it is; null for the caller's own, and in the Global scope.</summary>
    internal uint? Whose { get; }

    /// <summary>The name as the user gave it.</summary>
    public string Name { get; }

    /// <summary>Where the name is visible.</summary>
    public NameScope Scope { get; }

    /// <summary>True if another program made it: then the name is what the system shows, and keeps to none of the rules.</summary>
    public bool IsForeign { get; }

    /// <summary>Says what is wrong with a name, in a sentence; null if nothing is.</summary>
    /// <param name="name">The name to check.</param>
    public static string? FindFault(string? name)
    {
        if (name is null || name.Length == 0)
            return $"The name is empty; it has 1 to {MaxBytes} bytes in UTF-8.";
        if (name is "." or "..")
            return $"The name '{name}' is the name of a folder.";
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c is '\\' or '/')
                return $"The name '{name}' contains '{c}', which separates parts of a path.";
            if (ForeignText.IsUnfit(c))
                return $"The name contains a control character (U+{(int)c:X4}) at position {i + 1}.";
            if (char.IsSurrogate(c) && !(i + 1 < name.Length && char.IsSurrogatePair(c, name[i + 1])))
                return $"The name contains half a surrogate pair at position {i + 1}, which is no valid Unicode text.";
            if (char.IsSurrogate(c))
                i++;
        }

        int bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > MaxBytes)
            return $"The name is {bytes} bytes long in UTF-8; at most {MaxBytes} are possible.";
        string? suffix = FindReservedSuffix(name);
        return suffix is null ? null : $"The name '{name}' ends in '{suffix}', which WinMmf uses for its own objects.";
    }

    /// <summary>The suffix of the pixels section of a generation.</summary>
    internal static string Pixels(uint generation) => PixelsSuffix + generation.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The suffix of the wake-up event of a registry row.</summary>
    internal static string Wake(int row) => WakeSuffix + row.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The reserved suffix in which a name ends, or null.</summary>
    internal static string? FindReservedSuffix(string name)
    {
        foreach (string suffix in new[] { RegistrySuffix, OwnerSuffix, HoldersSuffix })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
                return suffix;
        }

        int digits = name.Length;
        while (digits > 0 && name[digits - 1] is >= '0' and <= '9')
            digits--;
        if (digits == name.Length)
            return null;
        foreach (string suffix in new[] { PixelsSuffix, WakeSuffix })
        {
            if (digits >= suffix.Length && string.CompareOrdinal(name, digits - suffix.Length, suffix, 0, suffix.Length) == 0)
                return name.Substring(digits - suffix.Length);
        }

        return null;
    }

    /// <summary>This name as what an error is about.</summary>
    internal ErrorFacts ToFacts() => new() { Name = Name, Scope = Scope.ToString() };

    /// <inheritdoc/>
    public bool Equals(SharedName other) =>
        Scope == other.Scope && IsForeign == other.IsForeign && Whose == other.Whose
        && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SharedName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Name is null ? 0 : StringComparer.Ordinal.GetHashCode(Name)) ^ (int)Scope;

    /// <summary>True if name and scope are the same.</summary>
    public static bool operator ==(SharedName left, SharedName right) => left.Equals(right);

    /// <summary>True if name or scope differ.</summary>
    public static bool operator !=(SharedName left, SharedName right) => !left.Equals(right);

    /// <summary>The name with its scope in front, as messages show it: <c>Global\NAME</c>.</summary>
    public override string ToString() => Whose is uint whose ? $"{Scope}:{whose}\\{Name}" : $"{Scope}\\{Name}";
}
