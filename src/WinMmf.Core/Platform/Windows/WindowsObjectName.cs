using System.Globalization;
using WinMmf.Names;

namespace WinMmf.Platform.Windows;

/// <summary>The names that the kernel sees (protocol 1.1).</summary>
internal static class WindowsObjectName
{
    /// <summary>The full name of an object of a channel or memory.</summary>
    public static string For(SharedName name, string suffix) => $@"{Scope(name)}\{name.Name}{suffix}";

    private static string Scope(SharedName name) => name.Whose is uint session
        ? $@"Session\{session.ToString(CultureInfo.InvariantCulture)}"
        : name.Scope == NameScope.Global ? "Global" : "Local";
}
