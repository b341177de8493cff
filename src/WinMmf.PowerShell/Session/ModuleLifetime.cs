using System.Management.Automation;

namespace WinMmf.PowerShell.Session;

/// <summary>Ends with the module what the session holds.</summary>
public sealed class ModuleLifetime : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SharedMemorySession.Current.Dispose();
}
