using System.Management.Automation;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// For a switch that a row of a table may set: a table has text. True, yes and 1 switch it on; False, no, 0 and an empty cell do not.
/// </summary>
internal sealed class SwitchFromTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text
            ? text.Trim().ToUpperInvariant() switch
            {
                "TRUE" or "YES" or "1" => true,
                "FALSE" or "NO" or "0" or "" => false,
                _ => inputData,
            }
            : inputData;
}
