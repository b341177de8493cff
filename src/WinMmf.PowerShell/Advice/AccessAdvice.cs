using System.Globalization;
using WinMmf.Access;
using WinMmf.Security;

namespace WinMmf.PowerShell.Advice;

/// <summary>Which command lets an account in.</summary>
internal static class AccessAdvice
{
    /// <summary>The command that mends a refusal.</summary>
    public static string Command(AccessRemedy remedy)
    {
        string access = remedy.Right == AccessRight.Read ? "ReadAccess" : "WriteAccess";
        CommandText command = remedy.Kind switch
        {
            AccessRemedyKind.Grant => new CommandText("Grant-SharedMemoryAccess").On(remedy.Name).WithAny("Account", remedy.Account),
            AccessRemedyKind.Replace => new CommandText("Set-SharedMemoryAccess").On(remedy.Name).WithAny(access, remedy.Account),
            AccessRemedyKind.Relabel => new CommandText("Set-SharedMemoryAccess").On(remedy.Name).WithWord("Sddl", "SDDL"),
            AccessRemedyKind.CreateMemory => new CommandText("New-SharedMemory").On(remedy.Name)
                .WithWord("Size", remedy.Size?.ToString(CultureInfo.InvariantCulture) ?? "SIZE").WithAny(access, remedy.Account),
            _ => new CommandText("Start-CameraPublisher").On(remedy.Name).WithWord("Path", "SOURCE").WithAny("ReadAccess", remedy.Account),
        };
        if (remedy.Kind == AccessRemedyKind.Grant && remedy.Right != AccessRight.Read)
            command.WithWord("Access", remedy.Right.ToString());
        return command.ToString();
    }

    /// <summary>Who runs it: the owner of what exists; for a new object its creator.</summary>
    public static string Sentence(AccessRemedy remedy) => remedy.Kind switch
    {
        AccessRemedyKind.Grant or AccessRemedyKind.Replace => $"Its owner or an administrator can run: {Command(remedy)}",
        AccessRemedyKind.Relabel =>
            "Run the program elevated, or let the owner set another label, with a descriptor that has an entry such as "
            + $"(ML;;NW;;;ME) behind S: {Command(remedy)}",
        _ => $"Run: {Command(remedy)}",
    };
}
