using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using WinMmf.PowerShell.Commands;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>
/// A cmdlet as its class declares it. The attributes are read as metadata and never made: the library that the
/// module is compiled against has their names but no code.
/// </summary>
internal sealed class CmdletContract
{
    private CmdletContract(Type type, CustomAttributeData cmdlet)
    {
        Type = type;
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        SupportsShouldProcess = cmdlet.NamedArguments.Any(
            argument => argument.MemberName == nameof(CmdletAttribute.SupportsShouldProcess) && (bool)argument.TypedValue.Value!);
        OutputTypes = type.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType.Name == nameof(OutputTypeAttribute))
            .SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(argument => (Type)argument.Value!)
            .ToArray();
        Parameters = type.GetProperties().Where(property => Has(property, nameof(ParameterAttribute))).ToArray();
    }

    public static IReadOnlyList<CmdletContract> All { get; } = typeof(WinMmfCommand).Assembly.GetTypes()
        .Select(type => (Type: type,
            Attribute: type.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == nameof(CmdletAttribute))))
        .Where(found => found.Attribute is not null)
        .Select(found => new CmdletContract(found.Type, found.Attribute!))
        .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)
        .ToArray();

    public Type Type { get; }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess { get; }

    public IReadOnlyList<Type> OutputTypes { get; }

    public IReadOnlyList<PropertyInfo> Parameters { get; }

    public static CmdletContract Find(string name) => All.Single(cmdlet => cmdlet.Name == name);

    public static bool Has(PropertyInfo parameter, string attribute) =>
        parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name == attribute);

    public static IEnumerable<object> ParameterArguments(PropertyInfo parameter, string argument) => parameter.GetCustomAttributesData()
        .Where(data => data.AttributeType.Name == nameof(ParameterAttribute))
        .SelectMany(data => data.NamedArguments)
        .Where(named => named.MemberName == argument)
        .Select(named => named.TypedValue.Value!);
}
