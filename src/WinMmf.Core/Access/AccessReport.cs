using System.Collections.Generic;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>Who may use a memory or a channel, object by object, as it was at one moment.</summary>
internal sealed class AccessReport
{
    internal AccessReport(SharedName name, IReadOnlyList<AccessObject> objects)
    {
        Name = name;
        Objects = objects;
        Main = objects[0];
        Kind = KindOf(objects);
        foreach (AccessObject part in objects)
            IsInStep &= part == Main || part.Error is not null || Main.Error is not null || part.IsInStepWith(Main);
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>FrameChannel or Memory.</summary>
    public SharedMemoryKind Kind { get; }

    /// <summary>The section with the plain name. The other objects should grant what it grants.</summary>
    public AccessObject Main { get; }

    /// <summary>All objects.</summary>
    public IReadOnlyList<AccessObject> Objects { get; }

    /// <summary>
    /// False if an object grants less than the section with the plain name, so that readers fail after opening that section.
    /// </summary>
    public bool IsInStep { get; } = true;

    internal static SharedMemoryKind KindOf(IReadOnlyList<AccessObject> objects)
    {
        foreach (AccessObject part in objects)
        {
            if (part.Part == AccessPart.Registry || part.Part.StartsWith(AccessPart.Pixels, System.StringComparison.Ordinal))
                return SharedMemoryKind.FrameChannel;
        }

        return SharedMemoryKind.Memory;
    }
}
