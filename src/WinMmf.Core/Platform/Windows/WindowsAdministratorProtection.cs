namespace WinMmf.Platform.Windows;

/// <summary>
/// Administrator protection of Windows 11: an elevated prompt runs as an account of its own, which Windows manages for the user. To the
/// kernel it is another account, so what the user made belongs to another account there, and the other way round.
/// </summary>
internal static class WindowsAdministratorProtection
{
    private const string PolicyPath = @"SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System";
    private const string Mode = "TypeOfAdminApprovalMode";
    private const uint Protected = 2;

    /// <summary>What to say behind a refusal that names two accounts, with a blank in front; empty where it does not apply.</summary>
    public static string Explain() =>
        Explain(WindowsRegistry.ReadNumber32(WindowsRegistry.LocalMachine, PolicyPath, Mode), WindowsAccount.IsElevated());

    internal static string Explain(uint? mode, bool isElevated) => (mode, isElevated) switch
    {
        (Protected, true) =>
            " With administrator protection this elevated prompt runs as an account of its own, to which nothing belongs that you made "
                + "without it: use a prompt that is not elevated.",
        (Protected, false) =>
            " With administrator protection an elevated prompt runs as an account of its own: what you made there belongs to that one.",
        _ => "",
    };
}
