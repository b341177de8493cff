using System.Globalization;
using WinMmf.Names;

namespace WinMmf.Security;

/// <summary>The commands that mend access, as they are typed.</summary>
internal static class AccessCommand
{
    public static string Grant(SharedName name, string account, AccessRight right = AccessRight.Read) =>
        $"Grant-SharedMemoryAccess -Name {Quote(name.Name)} -Scope {name.Scope} -Account "
            + $"{Quote(account)}{(right == AccessRight.Read ? "" : $" -Access {right}")}";

    public static string Set(SharedName name, string account) =>
        $"Set-SharedMemoryAccess -Name {Quote(name.Name)} -Scope {name.Scope} -ReadAccess {Quote(account)}";

    public static string NewMemory(SharedName name, NameScope scope, string? account, long? size) =>
        $"New-SharedMemory -Name {Quote(name.Name)} -Size {size?.ToString(CultureInfo.InvariantCulture) ?? "SIZE"} -Scope "
            + $"{scope}{ReadAccess(account)}";

    public static string StartPublisher(SharedName name, NameScope scope, string? account) =>
        $"Start-CameraPublisher -Name {Quote(name.Name)} -Path SOURCE -Scope {scope}{ReadAccess(account)}";

    public static string Quote(string text) => $"'{text.Replace("'", "''")}'";

    private static string ReadAccess(string? account) => account is null ? "" : $" -ReadAccess {Quote(account)}";
}
