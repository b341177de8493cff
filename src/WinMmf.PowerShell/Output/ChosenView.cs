using System.Management.Automation;

namespace WinMmf.PowerShell.Output;

/// <summary>Objects that are shown by another view than the usual one: the same object under a type name that has this view.</summary>
internal static class ChosenView
{
    /// <summary>The view with every counter.</summary>
    public const string Detailed = "Detailed";

    /// <summary>The view that says whose Local scope it is.</summary>
    public const string AllUsers = "AllUsers";

    /// <summary>The object, to be shown by a view; by the usual one if that is null.</summary>
    public static PSObject Of(object shown, string? view)
    {
        PSObject wrapped = PSObject.AsPSObject(shown);
        if (view is not null)
            wrapped.TypeNames.Insert(0, $"{shown.GetType().FullName}#{view}");
        return wrapped;
    }
}
