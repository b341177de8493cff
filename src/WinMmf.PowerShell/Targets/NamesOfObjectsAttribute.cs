using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// For a parameter of names and patterns: an object in place of text, as Get-CameraPublisher or Import-Csv gives it, stands for itself.
/// Whatever wildcard characters its name has, it means this name, in the scope that it says, and no other. Text is a name or a pattern.
/// </summary>
internal sealed class NamesOfObjectsAttribute : ArgumentTransformationAttribute
{
    private readonly Type? _except;
    private readonly bool _isLiteral;

    public NamesOfObjectsAttribute()
    {
    }

    /// <param name="isLiteral">True where names have no wildcard characters to escape.</param>
    public NamesOfObjectsAttribute(bool isLiteral) => _isLiteral = isLiteral;

    /// <param name="except">A type whose objects another parameter of the cmdlet takes.</param>
    public NamesOfObjectsAttribute(Type except) => _except = except;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object bare = Bare(inputData);
        if (bare is string)
            return inputData;
        if (NameOf(inputData) is string name)
            return new[] { name };
        if (bare is not IList items)
            return inputData;

        // An element of another type is for the conversion of PowerShell.
        List<string> names = [];
        foreach (object item in items)
        {
            if ((Bare(item) as string ?? NameOf(item)) is not string text)
                return inputData;
            names.Add(text);
        }

        return names.ToArray();
    }

    private static object Bare(object item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private string? NameOf(object? item)
    {
        if (item is null || (_except?.IsInstanceOfType(Bare(item)) ?? false))
            return null;
        PSObject wrapped = PSObject.AsPSObject(item);
        if (Bare(wrapped.Properties["Name"]?.Value!) is not string { Length: > 0 } name)
            return null;
        object? scope = wrapped.Properties["Scope"]?.Value;
        if (ElsewhereScope.FindFault(scope) is string fault)
            throw new ArgumentTransformationMetadataException(fault);
        string exact = _isLiteral ? name : PowerShellText.EscapePattern(name);
        return scope is not null && LanguagePrimitives.TryConvertTo(scope, out NameScope known)
            ? $"{known}\\{exact}"
            : exact;
    }
}
