using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Registration;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>Units of systemd, in the folder of the machine's administrator.</summary>
internal sealed class SystemdRegistrar : IRegistrar
{
    private const string UnitFolder = "/etc/systemd/system";
    private const string RunningSystemd = "/run/systemd/system";
    private const int ReadableByGroup = 0x1A0;
    private readonly string _folder;
    private readonly SystemTool _systemctl;

    public SystemdRegistrar(IProgramStarter starter)
        : this(UnitFolder, new SystemTool(starter, new[] { "/usr/bin/systemctl", "/bin/systemctl" }.FirstOrDefault(File.Exists)
            ?? "/usr/bin/systemctl"))
    {
    }

    /// <param name="folder">Where units lie.</param>
    /// <param name="systemctl">What talks to systemd.</param>
    internal SystemdRegistrar(string folder, SystemTool systemctl)
    {
        _folder = folder;
        _systemctl = systemctl;
    }

    public RegistrationKind Kind => RegistrationKind.Systemd;

    public string DefaultAccount => "winmmf";

    public string DefaultConfigurationPath => "/etc/winmmf/cameras.json";

    /// <summary>The journal keeps it.</summary>
    public string? LogPathOf(string configurationPath) => null;

    public string ResolveAccount(string account)
    {
        if (LinuxAccounts.FindUser(account) is not uint user)
        {
            throw new WinMmfException(
                WinMmfErrorId.UnknownAccount,
                $"There is no account '{account}' on this machine. Make one that may do nothing else: "
                    + $"'useradd --system --no-create-home --shell /usr/sbin/nologin {account}', or name another one.",
                new ErrorFacts { Account = account });
        }

        return Libc.FindUserName(user) ?? account;
    }

    public string Describe(RegistrationPlan plan) => SystemdUnit.Write(plan);

    public void CheckUsable()
    {
        if (!Directory.Exists(RunningSystemd))
            throw new WinMmfException(WinMmfErrorId.NotSupported,
                "systemd does not run this machine, so nothing can be registered with it. Start the publisher from what starts programs "
                    + "here: WinMmf.Publisher run --configuration FILE.");
        if (Libc.GetEffectiveUserId() != 0)
            throw new WinMmfException(WinMmfErrorId.ElevationRequired, "Only root may change the units of systemd.");
    }

    public Stream CreateConfiguration(string path) => new LinuxOwnFiles(new LinuxProgramTrust()).Create(path);

    public void Protect(RegistrationPlan plan)
    {
        string path = plan.ConfigurationPath;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            return;
        if (!Libc.TryFindUser(plan.Account, out _, out uint group))
            group = 0;
        int error = Libc.ChangeGroup(path, group);
        if (error == 0)
            error = Libc.ChangeMode(path, ReadableByGroup);
        if (error != 0)
            throw new WinMmfException(WinMmfErrorId.SystemError,
                $"'{path}' cannot be given to the group of {plan.Account}, which has to read it (error {error}).", error);
    }

    public IReadOnlyList<FoundRegistration> Find()
    {
        if (!Directory.Exists(_folder))
            return [];
        List<FoundRegistration> found = [];
        string[] units = Directory.GetFiles(_folder, SystemdUnit.Prefix + "*.service");
        foreach (string path in units.OrderBy(static path => path, StringComparer.Ordinal))
        {
            string unit = File.ReadAllText(path);
            if (SystemdUnit.Read(unit, SystemdUnit.ConfigurationKey) is not string configuration)
                continue;
            string name = Path.GetFileName(path);
            found.Add(new FoundRegistration
            {
                Kind = Kind,
                Id = Path.GetFileNameWithoutExtension(path).Substring(SystemdUnit.Prefix.Length),
                SystemName = name,
                Account = SystemdUnit.Read(unit, "User") ?? "",
                ConfigurationPath = configuration,
                State = StateOf(name),
            });
        }

        return found;
    }

    public RegistrationChange Apply(RegistrationPlan plan)
    {
        string name = SystemdUnit.NameOf(plan.Id);
        string path = Path.Combine(_folder, name);
        string text = SystemdUnit.Write(plan);
        string? before = File.Exists(path) ? File.ReadAllText(path) : null;
        if (before == text && StateOf(name) == "Running" && _systemctl.Run("is-enabled", name).Code == 0)
            return RegistrationChange.Unchanged;
        if (before != text)
            Write(path, text);
        _systemctl.Do("daemon-reload");
        _systemctl.Do("enable", name);
        (int code, string output, string errors) = _systemctl.Run("restart", name);
        if (code != 0)
            throw new WinMmfException(
                WinMmfErrorId.PublisherFailed,
                $"The unit {name} is registered and does not start: {(errors.Length > 0 ? errors : output)} It is tried again every 5 s; "
                    + $"'journalctl -u {name} -n 20' shows why.",
                new ErrorFacts { Operation = ErrorOperation.Start, Program = name }, code);
        return before is null ? RegistrationChange.Added : RegistrationChange.Changed;
    }

    public void Remove(string id)
    {
        string name = SystemdUnit.NameOf(id);
        _systemctl.Do("disable", "--now", name);
        File.Delete(Path.Combine(_folder, name));
        _systemctl.Do("daemon-reload");

        // One that had failed stays listed otherwise.
        _systemctl.Run("reset-failed", name);
    }

    /// <summary>As one step: systemd never reads half a unit.</summary>
    private static void Write(string path, string text)
    {
        string made = path + ".new";
        try
        {
            File.WriteAllText(made, text);
            if (File.Exists(path))
                File.Replace(made, path, null);
            else
                File.Move(made, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WinMmfException(
                WinMmfErrorId.SaveFailed, $"The unit '{path}' cannot be written: {e.Message}", new ErrorFacts { Path = path }, 0, e);
        }
    }

    private string StateOf(string name) => _systemctl.Run("is-active", name).Output switch
    {
        "active" => "Running",
        "activating" or "reloading" => "Starting",
        "failed" => "Failed",
        "inactive" or "deactivating" => "Stopped",
        _ => "",
    };
}
