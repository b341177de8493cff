using System;
using System.IO;
using System.Linq;
using WinMmf.Management.Platform.Windows;
using WinMmf.Management.Registration;
using WinMmf.Platform.Windows;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>The publisher as a service of Windows, under its own Service Control Manager: Wine has one.</summary>
public sealed class WindowsServiceTests
{
    [SkippableFact]
    public void A_service_is_made_runs_publishes_is_changed_and_goes()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), "Services are Windows'");
        Skip.IfNot(WindowsAccount.IsElevated(), "Only administrators make services");
        string folder = Directory.CreateTempSubdirectory("winmmf-service-").FullName;
        string name = PublisherProcess.NewName();
        RegistrationPlan plan = new()
        {
            Id = $"test{Environment.ProcessId}",
            Account = "LocalSystem",
            Program = PublisherProcess.FileName,
            ConfigurationPath = Path.Combine(folder, "cameras.json"),
            LogPath = Path.Combine(folder, "cameras.log"),
        };
        File.WriteAllText(
            plan.ConfigurationPath,
            $$"""{ "publishers": [ { "name": "{{name}}", "scope": "Global", "synthetic": true, "width": 64, "height": 48 } ] }""");
        ServiceRegistrar registrar = new();
        try
        {
            Assert.Equal(RegistrationChange.Added, registrar.Apply(plan));
            FoundRegistration found = Find(registrar, plan)!;
            Assert.Equal(("Running", plan.ConfigurationPath, "LocalSystem"), (found.State, found.ConfigurationPath, found.Account));
            Until.True(() => PublisherProcess.Run("health", name, "--scope", "global", "--sample", "0").Code == 0, Said(plan));
            Assert.Equal(RegistrationChange.Unchanged, registrar.Apply(plan));

            // Another log: it is stopped, changed and started.
            plan.LogPath = Path.Combine(folder, "other.log");
            Assert.Equal(RegistrationChange.Changed, registrar.Apply(plan));
            Until.True(() => PublisherProcess.Run("health", name, "--scope", "global", "--sample", "0").Code == 0, Said(plan));
            Assert.True(File.Exists(plan.LogPath), Said(plan));
        }
        finally
        {
            if (Find(registrar, plan) is not null)
                registrar.Remove(plan.Id);
        }

        Assert.Null(Find(registrar, plan));
        Until.True(
            () => PublisherProcess.Run("health", name, "--scope", "global", "--sample", "0").Code == 2, "Its publisher ends with it.");
        Directory.Delete(folder, recursive: true);
    }

    private static FoundRegistration? Find(ServiceRegistrar registrar, RegistrationPlan plan) =>
        registrar.Find().FirstOrDefault(found => found.Id == plan.Id);

    private static string Said(RegistrationPlan plan) =>
        File.Exists(plan.LogPath) ? File.ReadAllText(plan.LogPath!) : "The service has written no log.";
}
