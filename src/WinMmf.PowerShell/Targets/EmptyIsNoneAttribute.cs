using System.Management.Automation;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// For a parameter that a row of a table may set: an empty cell does not give it. At the prompt an empty value stays an error, see
/// <see cref="Commands.WinMmfCommand"/>.
/// </summary>
internal sealed class EmptyIsNoneAttribute : ArgumentTransformationAttribute
{
    private readonly object? _default;

    public EmptyIsNoneAttribute()
    {
    }

    /// <param name="value">The value that means the same as no value, for a parameter that PowerShell does not let be empty.</param>
    public EmptyIsNoneAttribute(object value) => _default = value;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is "" ? _default! : inputData;
}
