using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>The system's functions are declared once for all projects, in the core's Native folders.</summary>
public sealed class NativeTests
{
    [Fact]
    public void Functions_of_the_system_are_declared_in_the_cores_native_folders_only()
    {
        List<Import> imports = Imports();
        Assert.True(imports.Count > 80, $"Only {imports.Count} imported functions were found.");
        Assert.All(imports, import => Assert.True(
            import.Assembly == "WinMmf.Core" && import.Namespace is "WinMmf.Platform.Linux.Native" or "WinMmf.Platform.Windows.Native",
            $"{import.Assembly}: {import.Namespace}.{import.Type}.{import.Method} imports {import.Function}. Declare it in "
                + "src/WinMmf.Core/Platform/SYSTEM/Native, whose internals all projects see."));
    }

    [Fact]
    public void Each_is_declared_in_one_type_and_once_for_a_list_of_parameters() =>
        Assert.All(Imports().GroupBy(import => import.Function), group =>
    {
        Assert.Single(group.Select(import => import.Namespace + "." + import.Type).Distinct());
        Assert.True(group.Select(import => import.Parameters).Distinct().Count() == group.Count(),
            $"{group.Key} is declared twice: {string.Join(", ", group.Select(import => import.Method))}.");
    });

    private static List<Import> Imports()
    {
        List<Import> imports = new();
        foreach (string name in Drawing.Read().Projects.Keys)
        {
            using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Repository.Assembly("WinMmf." + name));
            foreach (TypeDefinition type in assembly.MainModule.GetTypes())
            {
                foreach (MethodDefinition method in type.Methods.Where(method => method.HasPInvokeInfo))
                {
                    string library = method.PInvokeInfo.Module.Name.ToLowerInvariant().Replace(".dll", "", StringComparison.Ordinal);
                    string parameters = string.Join(
                        ",", method.Parameters.Select(parameter => parameter.ParameterType.FullName).Prepend(method.ReturnType.FullName));
                    imports.Add(new Import(assembly.Name.Name, type.Namespace, type.Name, method.Name,
                        $"{library}!{method.PInvokeInfo.EntryPoint}", parameters));
                }
            }
        }

        return imports;
    }

    private sealed record Import(string Assembly, string Namespace, string Type, string Method, string Function, string Parameters);
}
