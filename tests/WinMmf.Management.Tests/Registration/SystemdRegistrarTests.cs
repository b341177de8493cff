using System;
using System.IO;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Linux;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Registration;
using WinMmf.Platform.Linux.Native;
using Xunit;

namespace WinMmf.Management.Tests.Registration;

/// <summary>Against a stand-in for systemctl that keeps a list of what it was told.</summary>
public sealed class SystemdRegistrarTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-systemd-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Registering_twice_changes_nothing_and_a_change_restarts_it()
    {
        SystemdRegistrar registrar = Make(fails: false);
        RegistrationPlan plan = Plans.Linux();
        Assert.Equal(RegistrationChange.Added, registrar.Apply(plan));
        Assert.Contains("enable winmmf-cameras.service", Told());
        Assert.Contains("restart winmmf-cameras.service", Told());
        int told = Told().Length;
        Assert.Equal(RegistrationChange.Unchanged, registrar.Apply(plan));
        Assert.DoesNotContain(Told().Skip(told), static line => line.StartsWith("restart", StringComparison.Ordinal));
        plan.NeedsNetwork = true;
        Assert.Equal(RegistrationChange.Changed, registrar.Apply(plan));
        FoundRegistration found = Assert.Single(registrar.Find());
        Assert.Equal(("cameras", "winmmf", plan.ConfigurationPath, "Running"),
            (found.Id, found.Account, found.ConfigurationPath, found.State));
        registrar.Remove(found.Id);
        Assert.Empty(registrar.Find());
        Assert.Contains("disable --now winmmf-cameras.service", Told());
    }

    [SkippableFact]
    public void A_unit_that_does_not_start_is_told_with_where_to_look()
    {
        SystemdRegistrar registrar = Make(fails: true);
        WinMmfException e = Assert.Throws<WinMmfException>(() => registrar.Apply(Plans.Linux()));
        Assert.Equal(WinMmfErrorId.PublisherFailed, e.ErrorId);
        Assert.Contains("journalctl -u winmmf-cameras.service", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Units_of_others_are_left_alone()
    {
        SystemdRegistrar registrar = Make(fails: false);
        File.WriteAllText(Path.Combine(_folder, "winmmf-other.service"), "[Service]\nExecStart=/bin/true\n");
        File.WriteAllText(Path.Combine(_folder, "ssh.service"), "[Service]\nExecStart=/bin/true\n");
        Assert.Empty(registrar.Find());
    }

    private SystemdRegistrar Make(bool fails)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "systemd is Linux'");
        string tool = Path.Combine(_folder, "systemctl");
        File.WriteAllText(tool, $"""
            #!/bin/sh
            echo "$*" >>"{_folder}/told"
            case $1 in
              is-active) echo active ;;
              restart) {(fails ? "echo 'Job failed.' >&2; exit 1" : "exit 0")} ;;
            esac

            """);
        Assert.Equal(0, Libc.ChangeMode(tool, 0x1C0));
        return new SystemdRegistrar(_folder, new SystemTool(ManagementServices.Current.Programs, tool));
    }

    private string[] Told() => File.ReadAllLines(Path.Combine(_folder, "told"));
}
