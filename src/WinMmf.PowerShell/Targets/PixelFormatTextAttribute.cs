using System;
using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Frames;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// For a pixel format given as text: what is none is refused with the list of those that frames can have, which PowerShell's own message
/// does not know. An empty cell of a table is what the parameter has without a value.
/// </summary>
internal sealed class PixelFormatTextAttribute : ArgumentTransformationAttribute
{
    private readonly PixelFormat _default;

    /// <param name="value">What the parameter has without a value.</param>
    public PixelFormatTextAttribute(PixelFormat value) => _default = value;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string text)
            return inputData;
        if (text.Length == 0)
            return _default;
        List<string> names = [.. Enum.GetNames(typeof(PixelFormat))];
        names.Remove(nameof(PixelFormat.None));
        return names.Exists(name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
            ? inputData
            : throw new ArgumentTransformationMetadataException($"'{text}' is no pixel format. Choose one of: {string.Join(", ", names)}.");
    }
}
