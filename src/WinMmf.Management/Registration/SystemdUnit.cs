using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace WinMmf.Management.Registration;

/// <summary>
/// The unit of systemd. It lets the publisher do what it has to, and no more: cameras, shared memory, its log. What is left out has a
/// reason: the just-in-time compiler needs memory that is written and run (MemoryDenyWriteExecute); readers of other accounts are told
/// apart by their processes and users (ProtectProc, PrivateUsers); a private /dev has no cameras (PrivateDevices).
/// </summary>
internal static class SystemdUnit
{
    /// <summary>What the names of all units of ours begin with.</summary>
    public const string Prefix = "winmmf-";

    /// <summary>The section that systemd leaves alone, for what is read back.</summary>
    public const string OwnSection = "X-WinMmf";

    /// <summary>Its key with the configuration file.</summary>
    public const string ConfigurationKey = "Configuration";

    /// <summary>The name of a unit.</summary>
    public static string NameOf(string id) => $"{Prefix}{id}.service";

    /// <summary>The unit's text.</summary>
    public static string Write(RegistrationPlan plan)
    {
        string network = plan.NeedsNetwork ? "After=network-online.target\nWants=network-online.target\n" : "";
        string sockets = plan.NeedsNetwork ? "AF_UNIX AF_INET AF_INET6 AF_NETLINK" : "AF_UNIX";
        string isolation = plan.NeedsNetwork ? "" : "PrivateNetwork=yes\nIPAddressDeny=any\n";
        string memory = plan.LocksMemory ? "LimitMEMLOCK=infinity\n" : "";
        return $"""
            [Unit]
            Description={Text(plan.Description)}
            {network}StartLimitIntervalSec=0

            [Service]
            Type=notify
            NotifyAccess=main
            ExecStart={string.Join(" ", new[] { plan.Program }.Concat(plan.Arguments).Select(Word))}
            Restart=always
            RestartSec=5
            WatchdogSec=30
            TimeoutStartSec=60
            TimeoutStopSec=30
            KillMode=mixed
            User={plan.Account}
            SupplementaryGroups=video
            UMask=0077
            {memory}LogsDirectory=winmmf
            LogsDirectoryMode=0750
            Environment=DOTNET_EnableDiagnostics=0

            NoNewPrivileges=yes
            CapabilityBoundingSet=
            ProtectSystem=strict
            ProtectHome=read-only
            PrivateTmp=yes
            DevicePolicy=closed
            DeviceAllow=char-video4linux rw
            {isolation}RestrictAddressFamilies={sockets}
            ProtectClock=yes
            ProtectControlGroups=yes
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            KeyringMode=private
            LockPersonality=yes
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged
            SystemCallErrorNumber=EPERM

            [Install]
            WantedBy=multi-user.target

            [{OwnSection}]
            {ConfigurationKey}={plan.ConfigurationPath}

            """.Replace("\r\n", "\n");
    }

    /// <summary>The value of a key; null if there is none.</summary>
    public static string? Read(string unit, string key) => Values(unit, key).FirstOrDefault();

    private static IEnumerable<string> Values(string unit, string key) => unit.Split('\n')
        .Where(line => line.StartsWith(key + "=", System.StringComparison.Ordinal))
        .Select(line => line.Substring(key.Length + 1));

    /// <summary>A per cent sign begins a specifier.</summary>
    private static string Text(string text) => text.Replace("%", "%%");

    /// <summary>A word of a command line: a dollar sign would begin a variable, and a backslash a special character.</summary>
    private static string Word(string word)
    {
        bool isPlain = word.Length > 0 && word.All(static c => char.IsLetterOrDigit(c) || "/._-+=:,@".IndexOf(c) >= 0);
        if (isPlain)
            return word;
        StringBuilder quoted = new("\"");
        foreach (char c in Text(word).Replace("$", "$$"))
        {
            if (c is '"' or '\\')
                quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
