using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;

namespace WinMmf.Mono;

/// <summary>
/// The three assemblies that Windows PowerShell 5.1 loads: each type, member and attribute resolves against this
/// framework's class library, and each method compiles.
/// </summary>
public sealed class AssemblyTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    [Theory]
    [InlineData("WinMmf.Core", 150)]
    [InlineData("WinMmf.Management", 30)]
    [InlineData("WinMmf.PowerShell", 60)]
    public void Every_type_member_and_attribute_resolves_and_every_method_compiles(string name, int leastTypes)
    {
        Assembly assembly = Assembly.Load(name);
        Assert.Equal(
            ".NETStandard,Version=v2.0", assembly.GetCustomAttribute<System.Runtime.Versioning.TargetFrameworkAttribute>().FrameworkName);
        Type[] types = assembly.GetTypes();
        Assert.InRange(types.Length, leastTypes, 10_000);
        List<string> faults = new();
        int compiled = 0;
        foreach (Type type in types)
        {
            Try(type.FullName, () => type.GetCustomAttributesData().Select(static data => data.ConstructorArguments.Count).Sum());
            foreach (MemberInfo member in type.GetMembers(Declared))
            {
                Try($"{type.FullName}.{member.Name}", () =>
                {
                    _ = member.GetCustomAttributesData().Select(static data => data.ConstructorArguments.Count).Sum();
                    if (member is MethodBase { IsAbstract: false } method && !method.ContainsGenericParameters
                        && method.GetMethodBody() is not null)
                    {
                        method.MethodHandle.GetFunctionPointer();
                        compiled++;
                    }
                });
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(20)));
        Assert.InRange(compiled, leastTypes * 3, int.MaxValue);

        void Try(string what, Action action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                faults.Add($"{what}: {e.GetType().Name}: {e.Message}");
            }
        }
    }
}
