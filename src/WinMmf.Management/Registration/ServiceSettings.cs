using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Management.Programs;

namespace WinMmf.Management.Registration;

/// <summary>The settings of a Windows service.</summary>
internal static class ServiceSettings
{
    /// <summary>What the names of all services of ours begin with.</summary>
    public const string Prefix = "WinMmf-";

    /// <summary>How long after each failure Windows starts it again: the last one for every further failure.</summary>
    public static readonly TimeSpan[] Restarts = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)];

    /// <summary>A service that ran for so long without a failure begins with the first one again.</summary>
    public static readonly TimeSpan Reset = TimeSpan.FromHours(1);

    /// <summary>How long Windows lets it end before the machine shuts down.</summary>
    public static readonly TimeSpan BeforeShutdown = TimeSpan.FromSeconds(20);

    /// <summary>The name of a service.</summary>
    public static string NameOf(string id) => Prefix + id;

    /// <summary>The command line.</summary>
    public static string CommandLineOf(RegistrationPlan plan) => CommandLine.Join(new[] { plan.Program }.Concat(plan.Arguments));

    /// <summary>The configuration file that a command line names; empty if it names none.</summary>
    public static string ConfigurationOf(string commandLine)
    {
        const string Option = "--configuration ";
        int at = commandLine.IndexOf(Option, StringComparison.Ordinal);
        if (at < 0)
            return "";
        string rest = commandLine.Substring(at + Option.Length);
        bool isQuoted = rest.StartsWith("\"", StringComparison.Ordinal);
        int end = isQuoted ? rest.IndexOf('"', 1) : rest.IndexOf(' ');
        return isQuoted ? rest.Substring(1, Math.Max(end, 1) - 1) : end < 0 ? rest : rest.Substring(0, end);
    }

    /// <summary>All settings, one a line.</summary>
    public static string Describe(RegistrationPlan plan)
    {
        List<string> lines =
        [
            $"Name:             {NameOf(plan.Id)}",
            $"Description:      {plan.Description}",
            $"Command line:     {CommandLineOf(plan)}",
            $"Account:          {plan.Account}",
            "Start:            with Windows, after the services that start at once (delayed)",
            $"After a failure:  start again after {string.Join(", ", Restarts.Select(static pause => $"{pause.TotalSeconds:0} s"))}, "
                + "and after each further one like the last; a clean exit with an error code counts, too",
            "Token:            with the service's own SID, and the privileges SeChangeNotifyPrivilege and SeCreateGlobalPrivilege",
            $"At shutdown:      {BeforeShutdown.TotalSeconds:0} s to end",
        ];
        return string.Join("\n", lines) + "\n";
    }
}
