using System;
using System.Management.Automation;
using WinMmf.Locking;
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
    /// <summary>The name.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    public override NameScope? Scope { get; set; }

    /// <summary>What New-SharedMemory, Open-SharedMemory or Get-SharedMemory gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public SharedMemory[] InputObject { get; set; } = [];

    /// <summary>How many values; without it one number, or bytes and text to the end.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? Count { get; set; }

    /// <summary>Read numbers to the end too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>What the bytes mean.</summary>
    [Parameter]
    public MemoryValueType As { get; set; }

    /// <summary>Show the bytes as hexadecimal digits and text.</summary>
    [Parameter]
    public SwitchParameter AsHex { get; set; }

    private MemoryValueType ReadAs =>
        As == MemoryValueType.Byte && MyInvocation.BoundParameters.ContainsKey(nameof(Encoding)) ? MemoryValueType.Text : As;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (SharedMemory memory in InputObject)
            Attempt(memory, () => Read(memory.OpenMemory));
        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override void Process(Target target) => WithMemory(target, writable: !NoLock, Read);

    private void Read(NamedMemory memory)
    {
        byte[] bytes = [];
        MemoryValueType type = AsHex ? MemoryValueType.Byte : ReadAs;
        int size = ValueCodec.SizeOf(type);
        long? count = MemoryData.Count(type, Count, All);

        // Before the lock: who asks for too much shall not wait for it.
        _ = MemoryData.Length(memory, Offset, count, size);
        WithLock(memory, LockMode.Read, () => bytes = MemoryData.Read(memory, Offset, count, size));
        if (!NoLock && memory.IsSuspect)
            WriteWarning(
                $"{memory.Name}: a writer died while it held the lock, and nobody has written since. The data may be half written.");
        if (AsHex)
            WriteObject(SharedMemoryHexLine.Of(memory.Name.Name, Offset, bytes), enumerateCollection: true);
        else if (type == MemoryValueType.Text)
            WriteObject(ValueCodec.ReadText(bytes, TextForm));
        else if (type == MemoryValueType.Byte)
            WriteObject(bytes, enumerateCollection: false);
        else
            WriteObject(ValueCodec.Read(bytes, type), enumerateCollection: true);
    }
}
