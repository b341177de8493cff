using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Registration;
using Xunit;

namespace WinMmf.Management.Tests.Registration;

public sealed class SystemdUnitTests
{
    private const double MostExposure = 3.0;
    private const string Analyze = "/usr/bin/systemd-analyze";

    [Theory]
    [InlineData("local.service", false, false)]
    [InlineData("network.service", true, true)]
    public void Is_as_it_was_looked_at(string golden, bool network, bool locks)
    {
        string unit = SystemdUnit.Write(Plans.Linux(network, locks));
        Assert.Equal(Plans.Golden(golden, unit), unit);
    }

    [Theory]
    [InlineData("/opt/win mmf/WinMmf.Publisher", "\"/opt/win mmf/WinMmf.Publisher\"")]
    [InlineData("/opt/100%/WinMmf.Publisher", "\"/opt/100%%/WinMmf.Publisher\"")]
    [InlineData("/opt/$HOME/WinMmf.Publisher", "\"/opt/$$HOME/WinMmf.Publisher\"")]
    [InlineData("/opt/a\"b\\c/WinMmf.Publisher", "\"/opt/a\\\"b\\\\c/WinMmf.Publisher\"")]
    public void A_path_means_itself(string path, string word)
    {
        RegistrationPlan plan = Plans.Linux();
        plan.Program = path;
        Assert.Contains(
            $"\nExecStart={word} run --configuration /etc/winmmf/cameras.json\n", SystemdUnit.Write(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_that_it_runs_is_read_back()
    {
        RegistrationPlan plan = Plans.Linux();
        plan.ConfigurationPath = "/etc/winmmf/hall 7.json";
        Assert.Equal(plan.ConfigurationPath, SystemdUnit.Read(SystemdUnit.Write(plan), SystemdUnit.ConfigurationKey));
        Assert.Equal("winmmf", SystemdUnit.Read(SystemdUnit.Write(plan), "User"));
        Assert.Null(SystemdUnit.Read("[Service]\nExecStart=/bin/true\n", SystemdUnit.ConfigurationKey));
    }

    [SkippableTheory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Systemd_finds_no_fault_in_it(bool network, bool locks)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists(Analyze), "systemd-analyze is not installed");
        RegistrationPlan plan = Plans.Linux(network, locks);

        // What it starts and whom it runs as has to be there.
        plan.Program = "/bin/true";
        plan.Account = "daemon";
        WithUnit(plan, path =>
        {
            (int code, string output, string errors) = Tool().Run("verify", path);
            Assert.Equal((0, ""), (code, output + errors));
        });
    }

    [SkippableTheory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Its_exposure_is_low(bool network, bool locks)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists(Analyze), "systemd-analyze is not installed");
        WithUnit(Plans.Linux(network, locks), path =>
        {
            (_, string output, string errors) = Tool().Run("security", "--offline=true", "--no-pager", path);
            Match level = Regex.Match(output, @"Overall exposure level for \S+: ([\d.]+)");
            Assert.True(level.Success, output + errors);
            Assert.InRange(double.Parse(level.Groups[1].Value, CultureInfo.InvariantCulture), 0, MostExposure);
        });
    }

    private static SystemTool Tool() => new(ManagementServices.Current.Programs, Analyze);

    private static void WithUnit(RegistrationPlan plan, Action<string> look)
    {
        string folder = Directory.CreateTempSubdirectory("winmmf-unit-").FullName;
        try
        {
            string path = Path.Combine(folder, SystemdUnit.NameOf(plan.Id));
            File.WriteAllText(path, SystemdUnit.Write(plan));
            look(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
