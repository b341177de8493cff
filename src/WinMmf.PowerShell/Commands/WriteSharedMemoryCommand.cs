using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;
using WinMmf.PowerShell.Values;

namespace WinMmf.PowerShell.Commands;

/// <summary>Write-SharedMemory: writes bytes, text or values into a plain memory.</summary>
/// <remarks>
/// Values come by position or by pipeline, and so do memories. PowerShell binds text and arrays at the first position to -Name, so for
/// <c>$memory | Write-SharedMemory text</c> name and value are exchanged here.
/// </remarks>
[Cmdlet(VerbsCommunications.Write, "SharedMemory", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(void))]
public sealed class WriteSharedMemoryCommand : SharedMemoryDataCommand
{
    private const string PropertySet = "Property";
    private ValueBuffer? _values;

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PropertySet)]
    [NameOrNumbers]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PropertySet)]
    [ScopeOfObject]
    public override NameScope? Scope { get; set; }

    /// <summary>What New-SharedMemory, Open-SharedMemory or Get-SharedMemory gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public SharedMemory[] InputObject { get; set; } = [];

    /// <summary>Bytes, text or numbers.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ObjectSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PropertySet)]
    [ValidateNotNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object Value { get; set; } = "";

    /// <summary>What to write the values as; without it as what they are.</summary>
    [Parameter]
    [Alias("As")]
    public MemoryValueType? Type { get; set; }

    /// <summary>Bytes that padded text takes.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? Length { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            foreach (SharedMemory memory in InputObject)
                Attempt(memory, () => Write(memory.OpenMemory, Gather(Value)));
        }
        else if (ParameterSetName == PropertySet)
            WriteByName(Name, Scope, Value);
        else
            Attempt(Value, WriteOrGather);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // All that the pipeline gave lies one after the other, written under one lock.
        if (_values is null)
            return;
        if (NameOrNumbersAttribute.Restore(Name) is not string[])
            Attempt(Value, () => throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "The first argument is the memory's name, and it is numbers. Give the name first, or the memory by the pipeline."));
        else
            base.ProcessRecord();
    }

    private protected override SharedMemoryKind? PatternKind => SharedMemoryKind.Memory;

    /// <inheritdoc/>
    private protected override void Process(Target target) => WithMemory(target, writable: true, memory => Write(memory, _values!));

    private void WriteByName(string[] names, NameScope? scope, object value)
    {
        foreach (string name in names)
            Attempt(name, () => WithMemory(Target.Exact(name, scope), writable: true, memory => Write(memory, Gather(value))));
    }

    private void WriteOrGather()
    {
        if (MyInvocation.ExpectingInput && MemoryIdentity.Of(Value) is MemoryIdentity memory)
            WriteNameTo(memory);
        else
            (_values ??= NewBuffer()).Add(Value);
    }

    /// <summary>The pipeline brought a memory, so what stands where a name could stand is what to write.</summary>
    private void WriteNameTo(MemoryIdentity memory)
    {
        object value = NameOrNumbersAttribute.Restore(Name);
        if (memory.Held is SharedMemory held)
            Attempt(held, () => Write(held.OpenMemory, Gather(value)));
        else
            WriteByName([memory.Name], memory.Scope, value);
    }

    private void Write(NamedMemory memory, ValueBuffer values)
    {
        byte[] bytes = values.ToBytes(memory.DataSize - Offset);
        MemoryData.Check(memory, Offset, bytes);
        if (ShouldProcess(memory.Name.ToString(), $"Write {bytes.Length} bytes at offset {Offset}"))
            WithLock(memory, LockMode.Write, () => MemoryData.Write(memory, Offset, bytes));
    }

    private ValueBuffer Gather(object value)
    {
        ValueBuffer values = NewBuffer();
        values.Add(value);
        return values;
    }

    private ValueBuffer NewBuffer()
    {
        if (Length is not null && TextForm != TextForm.Padded)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                "-Length is the number of bytes that padded text takes. Give -TextForm Padded as well, or leave it out.");
        return new ValueBuffer(Type, Text, Length);
    }
}
