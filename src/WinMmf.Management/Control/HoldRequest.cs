using System.Collections.Generic;
using System.Globalization;
using WinMmf.Names;

namespace WinMmf.Management.Control;

/// <summary>A plain memory that shall live in a process of its own, longer than whoever asks for it.</summary>
public sealed class HoldRequest : LaunchRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="name">The memory's name and scope.</param>
    /// <param name="dataSize">Bytes of data.</param>
    public HoldRequest(SharedName name, long dataSize)
        : base(name) => DataSize = dataSize;

    /// <summary>Bytes of data.</summary>
    public long DataSize { get; }

    internal override string Subject => $"The process that is to keep {Name}";

    internal override string Missing => "was not ready";

    internal override IReadOnlyList<string> ToArguments()
    {
        List<string> arguments = ["hold", Name.Name, "--scope", ScopeArgument, "--size", DataSize.ToString(CultureInfo.InvariantCulture)];
        AddAccess(arguments);
        Add(arguments, "--resident", ResidentArgument);
        arguments.Add("--detached");
        return arguments;
    }
}
