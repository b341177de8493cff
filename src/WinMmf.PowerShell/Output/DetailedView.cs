using System.Management.Automation;

namespace WinMmf.PowerShell.Output;

/// <summary>Objects that are shown with every counter: the same object under a type name that has a longer view.</summary>
internal static class DetailedView
{
    /// <summary>The object, to be shown in detail if that is asked for.</summary>
    public static PSObject Of(object shown, bool isDetailed)
    {
        PSObject wrapped = PSObject.AsPSObject(shown);
        if (isDetailed)
            wrapped.TypeNames.Insert(0, shown.GetType().FullName + "#Detailed");
        return wrapped;
    }
}
