using System;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Values;

namespace WinMmf.PowerShell.Targets;

/// <summary>Which memory an object from the pipeline stands for, where the pipeline may bring values as well.</summary>
internal sealed class MemoryIdentity
{
    private const string Deserialized = "Deserialized.";

    private MemoryIdentity(SharedMemory? held, string name, NameScope? scope)
    {
        Held = held;
        Name = name;
        Scope = scope;
    }

    /// <summary>The very memory that a session holds; null if the object only names one.</summary>
    public SharedMemory? Held { get; }

    /// <summary>The memory's name, exactly.</summary>
    public string Name { get; }

    /// <summary>Where it is; null if the object does not say.</summary>
    public NameScope? Scope { get; }

    /// <summary>The channel that an object of Get-CameraPublisher or Get-SharedMemoryInfo stands for; null for any other object.</summary>
    public static MemoryIdentity? OfChannel(PSObject item)
    {
        foreach (string type in item.TypeNames)
        {
            string name = type.StartsWith(Deserialized, StringComparison.Ordinal) ? type.Substring(Deserialized.Length) : type;
            if (name == typeof(CameraPublisher).FullName || name == typeof(SharedMemoryInfo).FullName)
                return OfProperties(item);
        }

        return null;
    }

    /// <summary>The memory that an object stands for; null for a value, and for what has no name.</summary>
    /// <exception cref="WinMmfException">InvalidArgument: it is in the Local scope of another user or session.</exception>
    public static MemoryIdentity? Of(object item)
    {
        PSObject wrapped = PSObject.AsPSObject(item);
        if (wrapped.BaseObject is SharedMemory held)
            return new MemoryIdentity(held, held.Name, held.Memory.Scope);
        return ValueBuffer.IsValue(item) ? null : OfProperties(wrapped);
    }

    private static MemoryIdentity? OfProperties(PSObject wrapped)
    {
        if (wrapped.Properties["Name"]?.Value is not string name)
            return null;
        ElsewhereScope.ThrowIfOne(wrapped.Properties["Scope"]?.Value);
        return LanguagePrimitives.TryConvertTo(wrapped.Properties["Scope"]?.Value, out NameScope scope)
            ? new MemoryIdentity(null, name, scope)
            : new MemoryIdentity(null, name, null);
    }
}
