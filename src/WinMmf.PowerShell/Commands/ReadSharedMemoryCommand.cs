using System;
using System.Management.Automation;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;
using WinMmf.PowerShell.Values;

namespace WinMmf.PowerShell.Commands;

/// <summary>Read-SharedMemory: reads bytes, text or values from a plain memory.</summary>
[Cmdlet(VerbsCommunications.Read, "SharedMemory", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(byte[]), typeof(string), typeof(ValueType), typeof(SharedMemoryHexLine))]
public sealed class ReadSharedMemoryCommand : SharedMemoryDataCommand
{
    /// <summary>Names or patterns.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [NamesOfObjects(typeof(SharedMemory))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ScopeOfObject]
    public override NameScope? Scope { get; set; }

    /// <summary>What New-SharedMemory, Open-SharedMemory or Get-SharedMemory gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public SharedMemory[] InputObject { get; set; } = [];

    /// <summary>How many values, or bytes of text; without it one number or text, or bytes to the end.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>Read numbers and texts to the end too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>What the bytes mean.</summary>
    [Parameter]
    [Alias("As")]
    public MemoryValueType Type { get; set; }

    /// <summary>Give the bytes as one array into a pipeline, too.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Show the bytes as hexadecimal digits and text.</summary>
    [Parameter]
    public SwitchParameter AsHex { get; set; }

    // Who says how text lies there means text.
    private MemoryValueType Meaning => !IsGiven(nameof(Type)) && (IsGiven(nameof(Encoding)) || IsGiven(nameof(TextForm)))
        ? MemoryValueType.Text
        : Type;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (SharedMemory memory in InputObject)
            Attempt(memory, () => Read(memory.OpenMemory));
        base.ProcessRecord();
    }

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.Memory;

    /// <inheritdoc/>
    private protected override void Process(Target target) => WithMemory(target, writable: !NoLock, Read);

    private void Read(NamedMemory memory)
    {
        byte[] bytes = [];
        MemoryValueType type = AsHex ? MemoryValueType.Byte : Meaning;
        int size = ValueCodec.SizeOf(type);
        long? count = MemoryData.Count(type, Count, All);

        // Before the lock: a request that is too large must not wait for it.
        _ = MemoryData.Length(memory, Offset, count, size);
        WithLock(memory, LockMode.Read, () => bytes = MemoryData.Read(memory, Offset, count, size));
        WarnIfSuspect(memory);
        if (AsHex)
            WriteObject(SharedMemoryHexLine.Of(memory.Name.Name, Offset, bytes), enumerateCollection: true);
        else if (type == MemoryValueType.Text)
            WriteText(bytes);
        else if (type == MemoryValueType.Byte)
            WriteBytes(bytes);
        else
            WriteObject(ValueCodec.Read(bytes, type), enumerateCollection: true);
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void WriteText(byte[] bytes)
    {
        if (All)
            WriteObject(Text.DecodeAll(bytes), enumerateCollection: true);
        else
            WriteObject(Text.Decode(bytes));
    }

    /// <summary>
    /// One array where nothing comes after this command, which a variable keeps without a copy; bytes for the next command.
    /// </summary>
    private void WriteBytes(byte[] bytes)
    {
        bool isLast = MyInvocation.PipelinePosition >= MyInvocation.PipelineLength;
        if (Raw || isLast)
            WriteObject(SharedMemoryBytes.Of(bytes, Offset), enumerateCollection: false);
        else
            WriteObject(bytes, enumerateCollection: true);
    }

    private void WarnIfSuspect(NamedMemory memory)
    {
        if (memory.Suspect is SuspectMark mark)
            WriteWarning($"{memory.Name}: {mark}. If you find it good, Unlock-SharedMemory -Trust ends this mark.");
        else if (NoLock && memory.LockWord.IsOwnWriter && LockInspector.Inspect(memory).IsSuspect)
            WriteWarning(
                $"{memory.Name}: a writer died with the lock and has it still, so the data may be half written. "
                    + "Debug-SharedMemoryLock says more.");
    }
}
