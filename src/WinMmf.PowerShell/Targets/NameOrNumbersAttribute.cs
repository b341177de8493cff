using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using WinMmf.PowerShell.Values;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// For a parameter of names at a position where values are meant, too. PowerShell tries the names first and makes an object, and text, of
/// each number
/// of an array, which takes seconds for a frame. Here a text stands for the whole array, from which <see cref="Restore"/> gets it back.
/// </summary>
internal sealed class NameOrNumbersAttribute : ArgumentTransformationAttribute
{
    // By the identity of the text: no name that a user types stands for numbers.
    private static readonly ConditionalWeakTable<string, Array> Numbers = new();

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (bare is not Array array || array.Length == 0 || ValueCodec.TypeOfElements(array) is null)
            return inputData;
        string stand = new('#', 1);
        Numbers.Add(stand, array);
        return new[] { stand };
    }

    /// <summary>The array that was given in place of names; else the names.</summary>
    public static object Restore(string[] names) => names.Length == 1 && Numbers.TryGetValue(names[0], out Array numbers) ? numbers : names;
}
