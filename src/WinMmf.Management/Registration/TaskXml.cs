using System.IO;
using System.Text;
using System.Xml;
using WinMmf.Management.Programs;

namespace WinMmf.Management.Registration;

/// <summary>
/// The definition of a scheduled task (version 1.2, Windows Vista and later). Windows' own defaults would end it after three days, start
/// it on mains only, below normal priority, and never again after a failure.
/// </summary>
internal static class TaskXml
{
    /// <summary>The folder of the Task Scheduler in which all tasks of ours lie.</summary>
    public const string Folder = @"\WinMmf\";

    private const string Namespace = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    /// <summary>The most that the schema lets Windows try: it counts in one byte.</summary>
    private const string MostRestarts = "255";

    /// <summary>Normal priority of processor, disk and memory; 7, the default, is below normal.</summary>
    private const string NormalPriority = "4";

    /// <summary>The path of a task.</summary>
    public static string NameOf(string id) => Folder + id;

    /// <summary>The definition as text, in UTF-16 as the Task Scheduler writes it.</summary>
    public static string Write(RegistrationPlan plan)
    {
        StringBuilder text = new();
        XmlWriterSettings settings = new() { Indent = true, IndentChars = "  ", NewLineChars = "\r\n", Encoding = Encoding.Unicode };
        using (XmlWriter xml = XmlWriter.Create(new Utf16Writer(text), settings))
        {
            xml.WriteStartElement("Task", Namespace);
            xml.WriteAttributeString("version", "1.2");
            Element(xml, "RegistrationInfo", () =>
            {
                Value(xml, "Author", "WinMmf");
                Value(xml, "Description", plan.Description);
                Value(xml, "URI", NameOf(plan.Id));
            });
            Element(xml, "Triggers", () => Element(xml, plan.Trigger == RegistrationTrigger.LogOn ? "LogonTrigger" : "BootTrigger", () =>
            {
                Value(xml, "Enabled", "true");
                if (plan.Trigger == RegistrationTrigger.LogOn)
                    Value(xml, "UserId", plan.Account);
            }));
            Element(xml, "Principals", () =>
            {
                xml.WriteStartElement("Principal", Namespace);
                xml.WriteAttributeString("id", "Author");
                Value(xml, "UserId", plan.Account);
                if (plan.Trigger == RegistrationTrigger.LogOn)
                    Value(xml, "LogonType", "InteractiveToken");
                Value(xml, "RunLevel", "LeastPrivilege");
                xml.WriteEndElement();
            });
            Element(xml, "Settings", () => WriteSettings(xml));
            xml.WriteStartElement("Actions", Namespace);
            xml.WriteAttributeString("Context", "Author");
            Element(xml, "Exec", () =>
            {
                Value(xml, "Command", plan.Program);
                Value(xml, "Arguments", CommandLine.Join(plan.Arguments));
            });
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.Append("\r\n").ToString();
    }

    private static void WriteSettings(XmlWriter xml)
    {
        Value(xml, "MultipleInstancesPolicy", "IgnoreNew");
        Value(xml, "DisallowStartIfOnBatteries", "false");
        Value(xml, "StopIfGoingOnBatteries", "false");
        Value(xml, "AllowHardTerminate", "true");
        Value(xml, "StartWhenAvailable", "true");
        Value(xml, "RunOnlyIfNetworkAvailable", "false");
        Element(xml, "IdleSettings", () =>
        {
            Value(xml, "StopOnIdleEnd", "false");
            Value(xml, "RestartOnIdle", "false");
        });
        Value(xml, "AllowStartOnDemand", "true");
        Value(xml, "Enabled", "true");
        Value(xml, "Hidden", "true");
        Value(xml, "RunOnlyIfIdle", "false");
        Value(xml, "WakeToRun", "false");
        Value(xml, "ExecutionTimeLimit", "PT0S");
        Value(xml, "Priority", NormalPriority);
        Element(xml, "RestartOnFailure", () =>
        {
            Value(xml, "Interval", "PT1M");
            Value(xml, "Count", MostRestarts);
        });
    }

    private static void Element(XmlWriter xml, string name, System.Action fill)
    {
        xml.WriteStartElement(name, Namespace);
        fill();
        xml.WriteEndElement();
    }

    private static void Value(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Namespace, value);

    /// <summary>A writer into a text whose declaration says UTF-16.</summary>
    private sealed class Utf16Writer(StringBuilder text) : StringWriter(text, System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.Unicode;
    }
}
