using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Memory;

/// <summary>Finds a name: in the scope asked for, else in Local, then in Global (design N1).</summary>
internal sealed class NameResolver
{
    private readonly IPlatform _platform;
    private readonly string _name;
    private readonly NameScope? _scope;

    /// <summary>Checks the name.</summary>
    /// <exception cref="WinMmfException">InvalidName.</exception>
    public NameResolver(IPlatform platform, string name, NameScope? scope)
    {
        _platform = platform;
        _name = new SharedName(name, scope ?? NameScope.Local).Name;
        _scope = scope;
    }

    /// <summary>Opens the section that bears the name; null if there is none.</summary>
    /// <param name="writable">Map for writing.</param>
    /// <param name="found">Where it was found.</param>
    /// <param name="existsInBoth">True if it exists in the other scope as well.</param>
    public SharedSection? TryOpen(bool writable, out SharedName found, out bool existsInBoth)
    {
        existsInBoth = false;
        foreach (NameScope scope in Scopes())
        {
            found = new SharedName(_name, scope);
            SharedSection? section = _platform.Sections.TryOpen(found, writable);
            if (section is null)
                continue;
            existsInBoth = _scope is null && scope == NameScope.Local && ExistsGlobally();
            return section;
        }

        found = default;
        return null;
    }

    /// <summary>The error for a name that is nowhere.</summary>
    public WinMmfException NotFound() => new(
        WinMmfErrorId.NotFound,
        _scope is null
            ? $"'{_name}' exists neither in the Local nor in the Global scope."
            : $"{_scope}\\{_name} does not exist.",
        new ErrorFacts { Name = _name, Scope = _scope?.ToString(), Operation = ErrorOperation.Open },
        WinMmfException.NoSuchObject);

    private IEnumerable<NameScope> Scopes() => _scope is NameScope one ? [one] : [NameScope.Local, NameScope.Global];

    private bool ExistsGlobally()
    {
        try
        {
            using SharedSection? other = _platform.Sections.TryLook(new SharedName(_name, NameScope.Global));
            return other is not null;
        }
        catch (WinMmfException)
        {
            // Something is there that cannot be opened: it exists.
            return true;
        }
    }
}
