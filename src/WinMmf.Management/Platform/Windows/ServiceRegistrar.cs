using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Management.Registration;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>Windows services.</summary>
internal sealed class ServiceRegistrar : IRegistrar
{
    private const uint DescriptionLevel = 1;
    private const uint FailureActionsLevel = 2;
    private const uint DelayedLevel = 3;
    private const uint FailureFlagLevel = 4;
    private const uint SidLevel = 5;
    private const uint PrivilegesLevel = 6;
    private const uint PreShutdownLevel = 7;
    private const uint UnrestrictedSid = 1;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public RegistrationKind Kind => RegistrationKind.Service;

    public string DefaultAccount => @"NT AUTHORITY\LocalService";

    public string DefaultConfigurationPath => WindowsPlaces.ConfigurationPath;

    public string? LogPathOf(string configurationPath) => WindowsPlaces.LogPathOf(configurationPath);

    public string ResolveAccount(string account)
    {
        string sid = WindowsAccount.ResolveSid(account);
        return sid == WindowsAccount.SystemSid ? "LocalSystem" : WindowsAccount.NameOf(sid);
    }

    public string Describe(RegistrationPlan plan) => ServiceSettings.Describe(plan);

    public void CheckUsable()
    {
        using WindowsServices services = new(changes: true);
    }

    /// <summary>It takes the access of its folder, which ordinary users cannot read.</summary>
    public Stream CreateConfiguration(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    public void Protect(RegistrationPlan plan) => WindowsPlaces.Protect(plan);

    public IReadOnlyList<FoundRegistration> Find()
    {
        using WindowsServices services = new(changes: false);
        List<FoundRegistration> found = [];
        foreach ((string name, uint state) in services.List(ServiceSettings.Prefix))
        {
            if (services.Find(name) is not (string commandLine, string account))
                continue;
            string configuration = ServiceSettings.ConfigurationOf(commandLine);
            if (configuration.Length == 0)
                continue;
            found.Add(new FoundRegistration
            {
                Kind = Kind,
                Id = name.Substring(ServiceSettings.Prefix.Length),
                SystemName = name,
                Account = account,
                ConfigurationPath = configuration,
                State = state switch
                {
                    WindowsServices.Stopped => "Stopped",
                    WindowsServices.Starting => "Starting",
                    WindowsServices.Running => "Running",
                    _ => "",
                },
            });
        }

        return [.. found.OrderBy(static service => service.Id, StringComparer.OrdinalIgnoreCase)];
    }

    public RegistrationChange Apply(RegistrationPlan plan)
    {
        using WindowsServices services = new(changes: true);
        string name = ServiceSettings.NameOf(plan.Id);
        string commandLine = ServiceSettings.CommandLineOf(plan);
        (string CommandLine, string Account)? before = services.Find(name);
        bool isSame = before?.CommandLine == commandLine
            && string.Equals(before?.Account, plan.Account, StringComparison.OrdinalIgnoreCase);
        if (isSame && services.StatusOf(name)?.State == WindowsServices.Running)
            return RegistrationChange.Unchanged;
        using (SafeServiceHandle service = services.Save(name, name, commandLine, plan.Account))
            SetRest(service, plan);
        if (before is not null && !isSame)
            services.Stop(name, Limit);
        services.Start(name, Limit);
        return before is null ? RegistrationChange.Added : RegistrationChange.Changed;
    }

    public void Remove(string id)
    {
        using WindowsServices services = new(changes: true);
        string name = ServiceSettings.NameOf(id);
        services.Stop(name, Limit);
        services.Delete(name);
    }

    /// <summary>What is nice to have: a system without one of these settings runs the service all the same.</summary>
    private static void SetRest(SafeServiceHandle service, RegistrationPlan plan)
    {
        IntPtr text = Marshal.StringToHGlobalUni(plan.Description);
        IntPtr privileges = Marshal.StringToHGlobalUni("SeChangeNotifyPrivilege\0SeCreateGlobalPrivilege\0");
        ServiceAction[] actions = [.. ServiceSettings.Restarts.Select(static pause => new ServiceAction
        {
            Type = ServiceAction.Restart,
            DelayMilliseconds = (uint)pause.TotalMilliseconds,
        })];
        GCHandle pinned = GCHandle.Alloc(actions, GCHandleType.Pinned);
        try
        {
            WindowsServices.Set(service, DescriptionLevel, text);
            WindowsServices.Set(service, FailureActionsLevel, new ServiceFailureActions
            {
                ResetSeconds = (uint)ServiceSettings.Reset.TotalSeconds,
                Count = (uint)actions.Length,
                Actions = pinned.AddrOfPinnedObject(),
            });
            WindowsServices.Set(service, FailureFlagLevel, 1);
            WindowsServices.Set(service, DelayedLevel, 1);
            WindowsServices.Set(service, SidLevel, UnrestrictedSid);
            WindowsServices.Set(service, PrivilegesLevel, privileges);
            WindowsServices.Set(service, PreShutdownLevel, (uint)ServiceSettings.BeforeShutdown.TotalMilliseconds);
        }
        finally
        {
            pinned.Free();
            Marshal.FreeHGlobal(privileges);
            Marshal.FreeHGlobal(text);
        }
    }
}
