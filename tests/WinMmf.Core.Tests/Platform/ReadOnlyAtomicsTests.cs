using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Threading;
using WinMmf.Frames;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>
/// Readers map control and pixels read-only. There Interlocked.Read and 64-bit volatile reads end the process on the .NET
/// Framework, on x86 above all, since they are written as a compare-exchange (C3). Newer run-times hide it, so the code itself is
/// looked at: nothing that reads what a publisher writes may call them.
/// </summary>
public sealed class ReadOnlyAtomicsTests
{
    // Rows of readers and locks, which are mapped for writing, and this process's own memory.
    private static readonly string[] WritableOnly = ["WindowsRowClaims", "WindowsLockTable"];

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    [Fact]
    public void What_reads_a_channel_uses_32_bit_atomics_only()
    {
        string[] faults = [.. typeof(FrameReader).Assembly.GetTypes()
            .Where(type => !WritableOnly.Any(name => type.FullName!.Contains(name, StringComparison.Ordinal)))
            .SelectMany(Methods)
            .SelectMany(method => Calls(method).Where(FaultsOnReadOnlyMemory)
                .Select(called => $"{method.DeclaringType}.{method.Name} calls {called.DeclaringType}.{called}"))
            .Order(StringComparer.Ordinal)];
        Assert.Empty(faults);
    }

    [Fact]
    public unsafe void The_check_sees_such_a_call()
    {
        MethodInfo bad = typeof(Bad).GetMethod(nameof(Bad.Read))!;
        MethodInfo worse = typeof(Bad).GetMethod(nameof(Bad.ReadVolatile))!;
        Assert.Contains(Calls(bad), FaultsOnReadOnlyMemory);
        Assert.Contains(Calls(worse), FaultsOnReadOnlyMemory);
        Assert.DoesNotContain(Calls(typeof(Bad).GetMethod(nameof(Bad.ReadWell))!), FaultsOnReadOnlyMemory);

        // It finds calls at all: this one is known.
        Assert.Contains(
            typeof(FrameReader).Assembly.GetTypes().SelectMany(Methods).SelectMany(Calls),
            called => called.DeclaringType == typeof(Volatile) && called.Name == nameof(Volatile.Read));
    }

    private static bool FaultsOnReadOnlyMemory(MethodBase called)
    {
        if (called.DeclaringType == typeof(Interlocked))
            return called.Name == nameof(Interlocked.Read);
        return called.DeclaringType == typeof(Volatile)
            && called.Name == nameof(Volatile.Read)
            && called.GetParameters()[0].ParameterType.GetElementType() is Type read
            && (read == typeof(long) || read == typeof(ulong) || read == typeof(double));
    }

    private static IEnumerable<MethodBase> Methods(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All));
    }

    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length;)
        {
            int value = code[at++];
            if (value == 0xFE)
                value = 0xFE00 | code[at++];
            OpCode operation = Codes[value];
            if (operation.OperandType == OperandType.InlineMethod
                && method.Module.ResolveMethod(BitConverter.ToInt32(code, at), ofType, ofMethod) is MethodBase called)
                yield return called;
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static class Bad
    {
        public static unsafe long Read(long* memory) => Interlocked.Read(ref *memory);

        public static unsafe long ReadVolatile(long* memory) => Volatile.Read(ref *memory);

        public static unsafe long ReadWell(long* memory) => *memory + Volatile.Read(ref *(uint*)memory);
    }
}
