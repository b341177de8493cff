using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Management.Installing;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Registration;
using WinMmf.Names;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;

namespace WinMmf.PowerShell.Commands;

/// <summary>Register-CameraPublisher: has the machine start a publisher by itself.</summary>
[Cmdlet(VerbsLifecycle.Register, "CameraPublisher", SupportsShouldProcess = true, DefaultParameterSetName = ConfigurationSet)]
[OutputType(typeof(CameraPublisherRegistration))]
public sealed class RegisterCameraPublisherCommand : PublishRequestCommand
{
    /// <summary>A file with publishers, all of which are registered; with a source, the file that gets its entry.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConfigurationSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = CameraSet)]
    [Parameter(ParameterSetName = DeviceSet)]
    [Parameter(ParameterSetName = SyntheticSet)]
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>What starts it.</summary>
    [Parameter]
    public RegistrationKind? As { get; set; }

    /// <summary>When it starts.</summary>
    [Parameter]
    public RegistrationTrigger Trigger { get; set; }

    /// <summary>The account that it runs as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string? Account { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ConfigurationSet)
            Attempt(ConfigurationPath, RegisterFile);
        else
            Attempt(Subject, RegisterEntry);
    }

    private void RegisterFile()
    {
        string[] given = [.. MyInvocation.BoundParameters.Keys.Where(name =>
            PublishOptions.All.Any(option => option.Name.Replace("-", "") == name.ToLowerInvariant()) || name == nameof(Scope))];
        if (given.Length > 0)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"-{given[0]} is for a publisher that the parameters name. A file says it itself, for each of its publishers.");
        string path = ToFilePath(ConfigurationPath!);
        PublisherConfiguration configuration = ConfigurationFile.Read(path);
        configuration.ThrowIfInvalid();
        Register(configuration, null, configuration.Entries);
    }

    private void RegisterEntry()
    {
        // What the machine starts is for all of it, unless somebody says otherwise.
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Scope)) && Trigger == RegistrationTrigger.Startup)
            Scope = NameScope.Global;
        CompleteRequest();
        Request.ResolvePaths();
        string path = ConfigurationPath is null
            ? PublisherInstallation.Choose(ManagementServices.Current, As, Trigger).DefaultConfigurationPath
            : ToFilePath(ConfigurationPath);
        PublisherConfiguration configuration = ConfigurationStore.Read(path);
        string? text = ConfigurationStore.With(configuration, Request);
        PublisherConfiguration wanted = text is null
            ? configuration
            : ConfigurationFile.Parse(System.Text.Encoding.UTF8.GetBytes(text), path);
        Register(wanted, text, [.. wanted.Entries.Where(entry => entry.Request.Name == Request.Name)]);
    }

    /// <param name="configuration">What the file shall say.</param>
    /// <param name="text">Its new text; null if it stays as it is.</param>
    /// <param name="entries">The entries that are registered by this.</param>
    private void Register(PublisherConfiguration configuration, string? text, IReadOnlyList<ConfigurationEntry> entries)
    {
        IManagementPlatform platform = ManagementServices.Current;
        IRegistrar registrar = PublisherInstallation.Choose(platform, As, Trigger);
        ModuleProgram program = PublisherProgram.Find(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!);
        PublishRequest[] requests = [.. configuration.Entries.Select(static entry => entry.Request)];
        RegistrationPlan plan = PublisherInstallation.Plan(
            registrar, program, configuration.Path, requests, Trigger, ResolveAccount(registrar));
        SafePlaces.Check(platform.ProgramTrust, plan, mustExist: !IsWhatIf());
        if (IsWhatIf())
            Host.UI.WriteLine(registrar.Describe(plan));
        string names = string.Join(", ", entries.Select(static entry => entry.Request.Name.ToString()));
        if (!ShouldProcess(
            $"{names} ({plan.ConfigurationPath})", $"Start with the machine, as {plan.Account}, by {registrar.Kind} {plan.Id}"))
            return;

        registrar.CheckUsable();
        PublisherInstallation.ThrowIfTaken(registrar, plan);
        registrar.Protect(plan);
        SafePlaces.Check(platform.ProgramTrust, plan, mustExist: true);
        if (text is not null)
        {
            ConfigurationStore.Write(registrar, plan.ConfigurationPath, text);
            registrar.Protect(plan);
        }

        RegistrationChange change = registrar.Apply(plan);
        if (change == RegistrationChange.Unchanged && text is not null)
            change = RegistrationChange.Changed;
        FoundRegistration found = registrar.Find().First(registration => registration.Id == plan.Id);
        foreach (ConfigurationEntry entry in entries)
        {
            WriteObject(new CameraPublisherRegistration(found, entry.Request, change.ToString()));
            WarnIfOnlyItsAccountReads(entry.Request, plan);
        }
    }

    /// <summary>The account that is meant. What would be done can be seen before it is there.</summary>
    private string ResolveAccount(IRegistrar registrar)
    {
        string account = Account ?? registrar.DefaultAccount;
        try
        {
            return registrar.ResolveAccount(account);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.UnknownAccount && IsWhatIf())
        {
            WriteWarning(e.Message);
            return account;
        }
    }

    private void WarnIfOnlyItsAccountReads(PublishRequest request, RegistrationPlan plan)
    {
        if (request.ReadAccess.Count > 0 || request.Sddl is not null)
            return;
        WriteWarning($"Only {plan.Account} and administrators see the picture of {request.Name}. "
            + "-ReadAccess ACCOUNT lets others, in the same call: registering again changes it.");
    }
}
