using System.Collections.Generic;
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
[Cmdlet(VerbsCommunications.Write, "SharedMemory", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(void))]
public sealed class WriteSharedMemoryCommand : SharedMemoryDataCommand
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
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

    /// <summary>Bytes, text or numbers.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    [AllowEmptyString]
    public object[] Value { get; set; } = [];

    /// <summary>What to write the values as; without it as what they are.</summary>
    [Parameter]
    public MemoryValueType? As { get; set; }

    /// <summary>Write a NUL behind the text.</summary>
    [Parameter]
    public SwitchParameter NullTerminate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (SharedMemory memory in InputObject)
            Attempt(memory, () => Write(memory.OpenMemory));
        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override void Process(Target target) => WithMemory(target, writable: true, Write);

    private void Write(NamedMemory memory)
    {
        byte[] bytes = Bytes();
        MemoryData.Check(memory, Offset, bytes);
        if (ShouldProcess(memory.Name.ToString(), $"Write {bytes.Length} bytes at offset {Offset}"))
            WithLock(memory, LockMode.Write, () => MemoryData.Write(memory, Offset, bytes));
    }

    private byte[] Bytes()
    {
        List<object> values = [];
        int texts = 0;
        foreach (object item in Value)
        {
            object value = item is PSObject wrapped ? wrapped.BaseObject : item;
            if (value is byte[] bytes && As is null or MemoryValueType.Byte)
                return Value.Length == 1 ? bytes : throw Unfit("several arrays of bytes");
            values.Add(Convert(value));
            texts += value is string ? 1 : 0;
        }

        // PowerShell hands -3 in a list over as text; guessing would write the wrong bytes.
        if (As is null && texts > 0 && texts < values.Count)
            throw Unfit("text and numbers at once without -As, because PowerShell takes some numbers, such as -3 in a list, for text");
        if (NullTerminate)
            values.Add("\0");
        return ValueCodec.Write(values, TextForm);
    }

    private object Convert(object value)
    {
        MemoryValueType type = As ?? ValueCodec.TypeOf(value) ?? throw Unfit($"a value of type {value.GetType().Name}");
        return LanguagePrimitives.TryConvertTo(value, ValueCodec.TypeOf(type), out object converted) && converted is not null
            ? converted
            : throw Unfit($"'{value}' as {type}");
    }

    private static WinMmfException Unfit(string what) => new(
        WinMmfErrorId.InvalidArgument,
        $"A memory cannot hold {what}. Give a byte[], text, or numbers that fit the type of -As.");
}
