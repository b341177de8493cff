using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Registration;

namespace WinMmf.Management.Installing;

/// <summary>
/// What the machine itself starts lies where ordinary users cannot write: else one of them decides what runs as another account, before
/// anybody has signed in. This account counts as an ordinary one unless it is the administrator.
/// </summary>
internal static class SafePlaces
{
    /// <summary>Looks at program, configuration and log, and at every folder above them, links resolved.</summary>
    /// <param name="trust">The system's answer.</param>
    /// <param name="plan">What shall be registered.</param>
    /// <param name="mustExist">False to leave out the folders that are made only when it is registered.</param>
    /// <exception cref="WinMmfException">ProgramNotTrusted: the folder or file, and the account that could write it.</exception>
    public static void Check(IProgramTrust trust, RegistrationPlan plan, bool mustExist = true)
    {
        CheckProgram(trust, plan.Program, plan);
        foreach (string assembly in plan.FirstArguments)
            CheckProgram(trust, assembly, plan);
        if (mustExist || Directory.Exists(Path.GetDirectoryName(plan.ConfigurationPath)))
            Check(trust, plan.ConfigurationPath, null, plan);

        // Its account writes the log; it must not lead anywhere else.
        if (plan.LogPath is string log && (mustExist || Directory.Exists(Path.GetDirectoryName(log))))
            Check(trust, log, plan.Account, plan);
    }

    private static void CheckProgram(IProgramTrust trust, string path, RegistrationPlan plan)
    {
        Check(trust, path, null, plan);
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(path)!))
            Check(trust, file, null, plan);
    }

    private static void Check(IProgramTrust trust, string path, string? account, RegistrationPlan plan)
    {
        if (!TrustedProgram.IsFullPath(path))
            throw new WinMmfException(
                WinMmfErrorId.ProgramNotTrusted,
                $"'{path}' is no full path, so a current folder would decide what it is.",
                new ErrorFacts { Program = path });
        if (trust.FindOrdinaryWriter(path, account) is not ForeignWriter writer)
            return;
        string where = writer.Path == path ? $"'{path}'" : $"'{writer.Path}', where '{path}' lies";
        throw new WinMmfException(
            WinMmfErrorId.ProgramNotTrusted,
            $"Nothing is registered: {writer.Account} can change {where}, and so what {plan.Account} would run before anybody signs in.",
            new ErrorFacts { Program = plan.Program, Path = writer.Path, Account = writer.Account });
    }
}
