using System.Management.Automation;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// For a parameter that a row of a table may set: an empty cell does not give it. At the prompt an empty value stays an error, see
/// <see cref="Commands.WinMmfCommand"/>.
/// </summary>
internal sealed class EmptyIsNoneAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is "" ? null! : inputData;
}
