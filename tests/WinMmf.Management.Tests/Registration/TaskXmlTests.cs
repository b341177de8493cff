using System;
using System.Linq;
using System.Xml.Linq;
using WinMmf.Management.Platform.Windows;
using WinMmf.Management.Registration;
using Xunit;

namespace WinMmf.Management.Tests.Registration;

public sealed class TaskXmlTests
{
    private static readonly XNamespace Tasks = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    [Theory]
    [InlineData("startup.xml", RegistrationTrigger.Startup, "S-1-5-19")]
    [InlineData("logon.xml", RegistrationTrigger.LogOn, "S-1-5-21-1-2-3-1001")]
    public void Is_as_it_was_looked_at(string golden, RegistrationTrigger trigger, string account)
    {
        string xml = TaskXml.Write(Plans.Windows(trigger, account));
        Assert.Equal(Plans.Golden(golden, xml), xml);
    }

    [Fact]
    public void Runs_from_the_start_of_the_machine_for_ever_at_normal_priority_once_and_unseen()
    {
        XElement settings = XElement.Parse(TaskXml.Write(Plans.Windows())).Element(Tasks + "Settings")!;
        string Value(string name) => settings.Descendants(Tasks + name).Single().Value;
        Assert.Equal(("PT0S", "4", "IgnoreNew", "true"),
            (Value("ExecutionTimeLimit"), Value("Priority"), Value("MultipleInstancesPolicy"), Value("Hidden")));
        Assert.Equal(("PT1M", "false", "false"),
            (Value("Interval"), Value("DisallowStartIfOnBatteries"), Value("StopIfGoingOnBatteries")));

        // The schema counts in one byte.
        Assert.InRange(int.Parse(Value("Count"), System.Globalization.CultureInfo.InvariantCulture), 1, byte.MaxValue);
    }

    [Fact]
    public void Names_with_signs_of_xml_and_of_command_lines_mean_themselves()
    {
        RegistrationPlan plan = Plans.Windows();
        plan.ConfigurationPath = "C:\\R&D <cameras>\\ca\"m.json";
        XElement task = XElement.Parse(TaskXml.Write(plan));
        string arguments = task.Descendants(Tasks + "Arguments").Single().Value;
        Assert.StartsWith("run --configuration \"C:\\R&D <cameras>\\ca\\\"m.json\" --log ", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_that_the_scheduler_filled_up_is_still_the_same_and_another_is_not()
    {
        XElement wanted = XElement.Parse(TaskXml.Write(Plans.Windows()));
        XElement found = new(wanted);
        found.Element(Tasks + "RegistrationInfo")!.Add(new XElement(Tasks + "Date", "2026-11-28T15:00:00"));
        found.Element(Tasks + "Settings")!.Element(Tasks + "WakeToRun")!.Remove();
        Assert.True(TaskRegistrar.HoldsAll(wanted, found));
        found.Descendants(Tasks + "Priority").Single().Value = "7";
        Assert.False(TaskRegistrar.HoldsAll(wanted, found));
    }

    [Theory]
    [InlineData(@"C:\ProgramData\WinMmf\cameras.json")]
    [InlineData(@"C:\Program Data\cam.json")]
    public void The_file_that_a_command_line_names_is_read_back(string path)
    {
        RegistrationPlan plan = Plans.Windows();
        plan.ConfigurationPath = path;
        Assert.Equal(path, ServiceSettings.ConfigurationOf(ServiceSettings.CommandLineOf(plan)));
        Assert.Equal("", ServiceSettings.ConfigurationOf(@"C:\Windows\System32\svchost.exe -k netsvcs"));
    }

    [Fact]
    public void A_service_is_described_as_it_was_looked_at()
    {
        string text = ServiceSettings.Describe(Plans.Windows(account: @"NT AUTHORITY\LocalService"));
        Assert.Equal(Plans.Golden("service.txt", text), text);
    }
}
