using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.Publisher.Listing;

/// <summary>One channel as it is now, without mapping it: its owner may cut it short at any moment.</summary>
internal static class ChannelLook
{
    /// <summary>Looks at a channel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <exception cref="WinMmfException">InvalidName, NotFound, NotAChannel, and why it cannot be read.</exception>
    public static ChannelReport Find(string name, NameScope? scope)
    {
        NameScope[] scopes = scope is NameScope one ? [one] : [NameScope.Local, NameScope.Global];
        foreach (NameScope candidate in scopes)
        {
            SharedName wanted = new(name, candidate);
            if (SharedMemoryCatalogue.Look(wanted) is not SharedMemoryReport report || report.Kind == SharedMemoryKind.Leftover)
                continue;
            return report.Channel ?? throw report.Error ?? new WinMmfException(
                WinMmfErrorId.NotAChannel,
                $"{wanted} exists but is not a frame channel.",
                new ErrorFacts { Name = name, Scope = candidate.ToString() });
        }

        throw new WinMmfException(
            WinMmfErrorId.NotFound,
            scope is null ? $"'{name}' exists neither in the Local nor in the Global scope." : $"{scope}\\{name} does not exist.",
            new ErrorFacts { Name = name, Scope = scope?.ToString(), Operation = ErrorOperation.Open },
            WinMmfException.NoSuchObject);
    }
}
