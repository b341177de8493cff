using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WinMmf.ArchitectureTests;

/// <summary>
/// Reads which types a type uses: in its bases, signatures, attributes, generic arguments and constraints, and in the bodies of its
/// methods, with their locals and what they catch. What the compiler makes of a lambda or an iterator counts for the method it stands in.
/// </summary>
internal sealed partial class ArrowReader
{
    private readonly Func<string, string, string?> _folderOf;
    private readonly List<Arrow> _arrows = new();
    private readonly HashSet<Arrow> _seen = new();
    private string _from = "";
    private string _member = "";

    /// <summary>Makes a reader.</summary>
    /// <param name="folderOf">The folder of an assembly's namespace; null for what is not looked at.</param>
    public ArrowReader(Func<string, string, string?> folderOf) => _folderOf = folderOf;

    /// <summary>All uses of one folder by another in an assembly.</summary>
    /// <param name="path">Its file.</param>
    public IReadOnlyList<Arrow> Read(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        foreach (TypeDefinition type in assembly.MainModule.Types)
        {
            if (_folderOf(assembly.Name.Name, type.Namespace) is string folder)
            {
                _from = folder;
                ReadType(type);
            }
        }

        return _arrows;
    }

    private void ReadType(TypeDefinition type)
    {
        _member = Display(type);
        Use(type.BaseType);
        foreach (InterfaceImplementation implemented in type.Interfaces)
        {
            Use(implemented.InterfaceType);
            UseAttributes(implemented);
        }

        UseAttributes(type);
        UseConstraints(type);
        foreach (FieldDefinition field in type.Fields)
            ReadMember(type, field, field.FieldType);
        foreach (PropertyDefinition property in type.Properties)
            ReadMember(type, property, property.PropertyType);
        foreach (EventDefinition happening in type.Events)
            ReadMember(type, happening, happening.EventType);
        foreach (MethodDefinition method in type.Methods)
            ReadMethod(type, method);
        foreach (TypeDefinition nested in type.NestedTypes)
            ReadType(nested);
    }

    private void ReadMember<T>(TypeDefinition type, T member, TypeReference memberType)
        where T : MemberReference, ICustomAttributeProvider
    {
        _member = Display(type, member.Name);
        Use(memberType);
        UseAttributes(member);
    }

    private void ReadMethod(TypeDefinition type, MethodDefinition method)
    {
        _member = Display(type, method.Name);
        Use(method);
        UseAttributes(method);
        UseAttributes(method.MethodReturnType);
        UseConstraints(method);
        foreach (ParameterDefinition parameter in method.Parameters)
            UseAttributes(parameter);
        if (!method.HasBody)
            return;
        foreach (VariableDefinition local in method.Body.Variables)
            Use(local.VariableType);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            Use(handler.CatchType);
        foreach (Instruction instruction in method.Body.Instructions)
            UseOperand(instruction.Operand);
    }

    private void UseOperand(object? operand)
    {
        switch (operand)
        {
            case MethodReference method:
                Use(method);
                break;
            case FieldReference field:
                Use(field.DeclaringType);
                Use(field.FieldType);
                break;
            case TypeReference type:
                Use(type);
                break;
            case CallSite site:
                Use(site.ReturnType);
                foreach (ParameterDefinition parameter in site.Parameters)
                    Use(parameter.ParameterType);
                break;
        }
    }

    private void Use(MethodReference method)
    {
        Use(method.DeclaringType);
        Use(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
            Use(parameter.ParameterType);
        if (method is GenericInstanceMethod generic)
        {
            foreach (TypeReference argument in generic.GenericArguments)
                Use(argument);
        }
    }

    private void Use(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (TypeReference argument in generic.GenericArguments)
                    Use(argument);
                Use(generic.ElementType);
                return;
            case FunctionPointerType pointer:
                Use(pointer.ReturnType);
                foreach (ParameterDefinition parameter in pointer.Parameters)
                    Use(parameter.ParameterType);
                return;
            case TypeSpecification specification:
                if (specification is IModifierType modifier)
                    Use(modifier.ModifierType);
                Use(specification.ElementType);
                return;
        }

        TypeReference outer = type;
        while (outer.DeclaringType is not null)
            outer = outer.DeclaringType;
        string assembly = outer.Scope is AssemblyNameReference reference ? reference.Name : outer.Module.Assembly.Name.Name;
        string? to = _folderOf(assembly, outer.Namespace);
        Arrow arrow = new(_from, to ?? "", _member, Display(type.Resolve() ?? type));
        if (to is not null && to != _from && _seen.Add(arrow))
            _arrows.Add(arrow);
    }

    private void UseAttributes(ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            Use(attribute.AttributeType);
            foreach (CustomAttributeArgument argument in attribute.ConstructorArguments.Concat(
                attribute.Properties.Select(named => named.Argument)).Concat(attribute.Fields.Select(named => named.Argument)))
                UseArgument(argument);
        }
    }

    private void UseArgument(CustomAttributeArgument argument)
    {
        Use(argument.Type);
        switch (argument.Value)
        {
            case TypeReference type:
                Use(type);
                break;
            case CustomAttributeArgument boxed:
                UseArgument(boxed);
                break;
            case CustomAttributeArgument[] many:
                foreach (CustomAttributeArgument one in many)
                    UseArgument(one);
                break;
        }
    }

    private void UseConstraints(IGenericParameterProvider provider)
    {
        foreach (GenericParameterConstraint constraint in provider.GenericParameters.SelectMany(parameter => parameter.Constraints))
            Use(constraint.ConstraintType);
    }

    private static string Display(TypeReference type, string? member = null)
    {
        // Types and methods that the compiler made have the name of their method between angle brackets.
        Match made = MadeFor().Match(type.Name);
        if (type.DeclaringType is not null && type.Name.StartsWith('<'))
            return Display(type.DeclaringType,
                made.Success ? made.Groups[1].Value : MadeFor()
                .Match(member ?? "") is { Success: true } inner ? inner.Groups[1].Value : member);
        string name = (type.DeclaringType is null ? "" : Display(type.DeclaringType) + ".") + type.Name.Split('`')[0];
        return member is null
            ? name
            : $"{name}.{(MadeFor().Match(member) is { Success: true } own ? own.Groups[1].Value : member.TrimStart('.'))}";
    }

    [GeneratedRegex("^<([^<>]+)>")]
    private static partial Regex MadeFor();
}
