using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;

namespace WinMmf.PowerShell;

/// <summary>What Read- and Write-SharedMemory share: which memory, which lock.</summary>
public abstract class SharedMemoryDataCommand : WinMmfCommand
{
    private protected const string ObjectSet = "InputObject";
    private protected const string NameSet = "Name";
    private const double DefaultTimeoutSec = 10;

    /// <summary>Where the range begins.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long Offset { get; set; }

    /// <summary>How text lies in the memory.</summary>
    [Parameter]
    public TextEncoding Encoding { get; set; }

    /// <summary>Do not take the memory's lock.</summary>
    [Parameter]
    public SwitchParameter NoLock { get; set; }

    /// <summary>Seconds to wait for the lock.</summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double TimeoutSec { get; set; } = DefaultTimeoutSec;

    private protected Encoding TextForm => TextEncodings.Get(Encoding);

    /// <summary>Opens a memory for the time of some work.</summary>
    private protected void WithMemory(string name, NameScope? scope, bool writable, Action<NamedMemory> work)
    {
        using NamedMemory memory = Open(name, scope, writable);
        WarnIfInBothScopes(memory.ExistsInBothScopes, memory.Name);
        work(memory);
    }

    /// <summary>Does some work under the memory's lock, unless that is not wanted. A lock that this session has is enough if it allows it.</summary>
    private protected void WithLock(NamedMemory memory, LockMode mode, Action work)
    {
        SharedMemorySession session = SharedMemorySession.Current;
        HeldLock? own = session.FindLock(memory.Name);
        using SharedMemoryLock? taken = NoLock
            ? null
            : DataLock.Take(memory, mode, own?.Mode, session.Owner, ToTimeSpan(TimeoutSec), LockLabel.For(MyInvocation), StoppingToken);
        work();
        if (mode != LockMode.Write)
            return;
        taken?.MarkWritten();
        if (own?.Mode == LockMode.Write)
            own.MarkWritten();
    }

    private NamedMemory Open(string name, NameScope? scope, bool writable)
    {
        try
        {
            return NamedMemory.Open(name, scope, writable);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AccessDenied && writable && this is ReadSharedMemoryCommand)
        {
            throw new WinMmfException(WinMmfErrorId.AccessDenied, $"{e.Message} Taking the lock, for reading too, is a write into the memory; -NoLock reads without it and may meet half-written data.", e.NativeErrorCode, e);
        }
    }
}

/// <summary>Read-SharedMemory: reads bytes, text or values from a plain memory.</summary>
[Cmdlet(VerbsCommunications.Read, "SharedMemory", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(byte[]), typeof(string), typeof(ValueType), typeof(SharedMemoryHexLine))]
public sealed class ReadSharedMemoryCommand : SharedMemoryDataCommand
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    public NameScope? Scope { get; set; }

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

    private MemoryValueType ReadAs => As == MemoryValueType.Byte && MyInvocation.BoundParameters.ContainsKey(nameof(Encoding)) ? MemoryValueType.Text : As;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (SharedMemory memory in InputObject)
            Attempt(memory, () => Read(memory.OpenMemory));
        foreach (string name in Name)
            Attempt(name, () => WithMemory(name, Scope, writable: !NoLock, Read));
    }

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
            WriteWarning($"{memory.Name}: a writer died while it held the lock, and nobody has written since. The data may be half written.");
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

/// <summary>Write-SharedMemory: writes bytes, text or values into a plain memory.</summary>
[Cmdlet(VerbsCommunications.Write, "SharedMemory", SupportsShouldProcess = true, DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(void))]
public sealed class WriteSharedMemoryCommand : SharedMemoryDataCommand
{
    /// <summary>The name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where to look.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    public NameScope? Scope { get; set; }

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
        foreach (string name in Name)
            Attempt(name, () => WithMemory(name, Scope, writable: true, Write));
    }

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
