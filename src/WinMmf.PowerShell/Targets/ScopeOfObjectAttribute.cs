using System.Management.Automation;

namespace WinMmf.PowerShell.Targets;

/// <summary>
/// For a parameter that takes the scope of an object or of a row of a table. An empty cell is no scope; that of another user or session is
/// refused.
/// </summary>
internal sealed class ScopeOfObjectAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (ElsewhereScope.FindFault(inputData) is string fault)
            throw new ArgumentTransformationMetadataException(fault);
        return (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is "" ? null! : inputData;
    }
}
