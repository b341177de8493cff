using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using WinMmf.Errors;
using WinMmf.Management.Registration;
using WinMmf.Platform.Windows;

namespace WinMmf.Management.Platform.Windows;

/// <summary>Tasks of the Windows Task Scheduler, by way of its own tool.</summary>
internal sealed class TaskRegistrar : IRegistrar
{
    private readonly SystemTool _schtasks;

    public TaskRegistrar(IProgramStarter starter)
        : this(new SystemTool(starter, Path.Combine(Environment.SystemDirectory, "schtasks.exe")))
    {
    }

    /// <param name="schtasks">What talks to the Task Scheduler.</param>
    internal TaskRegistrar(SystemTool schtasks) => _schtasks = schtasks;

    public RegistrationKind Kind => RegistrationKind.ScheduledTask;

    /// <summary>LocalService, by its SID: its name differs from language to language.</summary>
    public string DefaultAccount => "S-1-5-19";

    public string DefaultConfigurationPath => WindowsPlaces.ConfigurationPath;

    public string? LogPathOf(string configurationPath) => WindowsPlaces.LogPathOf(configurationPath);

    public string ResolveAccount(string account)
    {
        string sid = WindowsAccount.ResolveSid(account);
        return sid.StartsWith("S-1-5-80-", StringComparison.Ordinal)
            ? throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"A task cannot run as {account}: virtual accounts are for services.",
                new ErrorFacts { Account = account })
            : sid;
    }

    public string Describe(RegistrationPlan plan) => TaskXml.Write(plan);

    public void CheckUsable()
    {
        if (!WindowsAccount.IsElevated())
            throw new WinMmfException(WinMmfErrorId.ElevationRequired, "Only administrators may register tasks for other accounts.");
    }

    /// <summary>It takes the access of its folder, which ordinary users cannot read.</summary>
    public Stream CreateConfiguration(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    public void Protect(RegistrationPlan plan) => WindowsPlaces.Protect(plan);

    public IReadOnlyList<FoundRegistration> Find()
    {
        List<FoundRegistration> found = [];
        (int code, string output, _) = _schtasks.Run("/query", "/fo", "CSV", "/nh");
        if (code != 0)
            return found;
        IEnumerable<string> names = output.Split('\n')
            .Select(static line => line.Trim().Split(["\",\""], StringSplitOptions.None)[0].Trim('"'))
            .Where(static name => name.StartsWith(TaskXml.Folder, StringComparison.OrdinalIgnoreCase)).Distinct();
        foreach (string name in names)
        {
            if (Read(name) is not XElement task || Value(task, "Arguments") is not string arguments)
                continue;
            string configuration = ServiceSettings.ConfigurationOf(arguments);
            if (configuration.Length == 0)
                continue;
            found.Add(new FoundRegistration
            {
                Kind = Kind,
                Id = name.Substring(TaskXml.Folder.Length),
                SystemName = name,
                Account = Value(task, "UserId") is string user && user.StartsWith("S-1-", StringComparison.Ordinal)
                    ? WindowsAccount.NameOf(user)
                    : Value(task, "UserId") ?? "",
                Trigger = task.Descendants().Any(static element => element.Name.LocalName == "LogonTrigger")
                    ? RegistrationTrigger.LogOn
                    : RegistrationTrigger.Startup,
                ConfigurationPath = configuration,
            });
        }

        return found;
    }

    public RegistrationChange Apply(RegistrationPlan plan)
    {
        string name = TaskXml.NameOf(plan.Id);
        string text = TaskXml.Write(plan);
        XElement? before = Read(name);
        if (before is not null && HoldsAll(XElement.Parse(text), before))
            return RegistrationChange.Unchanged;
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text, Encoding.Unicode);
            _schtasks.Do("/create", "/tn", name, "/xml", file, "/f");
        }
        finally
        {
            File.Delete(file);
        }

        if (before is not null)
            _schtasks.Run("/end", "/tn", name);
        if (plan.Trigger == RegistrationTrigger.Startup)
            _schtasks.Do("/run", "/tn", name);
        return before is null ? RegistrationChange.Added : RegistrationChange.Changed;
    }

    public void Remove(string id)
    {
        _schtasks.Run("/end", "/tn", TaskXml.NameOf(id));
        _schtasks.Do("/delete", "/tn", TaskXml.NameOf(id), "/f");
    }

    /// <summary>
    /// True if a definition says all that another one says: the Task Scheduler adds elements of its own, and leaves out some that are as by
    /// default.
    /// </summary>
    internal static bool HoldsAll(XElement wanted, XElement found) => Leaves(wanted).All(leaf =>
        Leaves(found).Where(other => other.Path == leaf.Path).Select(static other => other.Value).DefaultIfEmpty(leaf.Value)
            .Contains(leaf.Value, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<(string Path, string Value)> Leaves(XElement root) => root.Descendants()
        .Where(static element => !element.HasElements)
        .Select(static element => (
            string.Join("/", element.AncestorsAndSelf().Reverse().Select(static part => part.Name.LocalName)), element.Value));

    private static string? Value(XElement task, string name) =>
        task.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private XElement? Read(string name)
    {
        (int code, string output, _) = _schtasks.Run("/query", "/tn", name, "/xml", "ONE");
        if (code != 0)
            return null;
        try
        {
            // The tool writes the declaration of a UTF-16 file, in another encoding.
            int begin = output.IndexOf("<Task", StringComparison.Ordinal);
            return begin < 0 ? null : XElement.Parse(output.Substring(begin));
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
