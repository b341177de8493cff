using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Management.Launching;

/// <summary>A plain memory that shall live in a process of its own, longer than the one that asks for it.</summary>
internal sealed class HoldRequest : LaunchRequest
{
    /// <summary>All options of a keeper.</summary>
    internal static readonly IReadOnlyList<RequestOption<HoldRequest>> Options =
    [
        new RequestOptionMaker<HoldRequest>().Whole("size", static r => r.DataSize, static (r, v) => r.DataSize = v, 1, long.MaxValue)
            .With("BYTES", "Bytes of data."),
        new RequestOptionMaker<HoldRequest>().Texts("write-access", static r => r.WriteAccess, static (r, v) => r.WriteAccess = v)
            .With("ACCOUNT", "Who may read, write and lock besides you. May be given several times."),
        .. CommonOptions<HoldRequest>(),
    ];

    /// <summary>Makes a request.</summary>
    /// <param name="name">The memory's name and scope.</param>
    /// <param name="dataSize">Bytes of data.</param>
    public HoldRequest(SharedName name, long dataSize)
        : base(name) => DataSize = dataSize;

    /// <summary>Bytes of data.</summary>
    public long DataSize { get; private set; }

    /// <summary>Accounts that may also write and lock.</summary>
    public IReadOnlyList<string> WriteAccess { get; set; } = [];

    internal override AccessPolicy Access => AccessPolicy.From(ReadAccess, WriteAccess, Sddl);

    internal override string Verb => "hold";

    internal override string Subject => $"The process that is to keep {Name}";

    internal override string Missing => "was not ready";

    private protected override IReadOnlyList<string> NameArguments => ["--name", Name.Name, "--scope", ScopeArgument];

    /// <inheritdoc/>
    public override void Check()
    {
        if (DataSize <= 0)
            throw new WinMmfException(WinMmfErrorId.InvalidSize, $"A memory of {DataSize} bytes is impossible. Give 1 byte or more.");
        CheckAll(Options);
    }

    internal override ControlMessage ToMessage() => ToMessage(Options);

    internal override IReadOnlyList<string> ToArguments() => ToArguments(Options);

    /// <summary>Takes over what a message says.</summary>
    internal void Read(ControlMessage message) => Read(message, Options);
}
