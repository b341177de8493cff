using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

public sealed class CmdletTests
{
    private static readonly string[] ChangingVerbs = ["New", "Set", "Remove", "Close", "Start", "Stop", "Restart", "Clear", "Unlock",
        "Lock", "Write", "Save", "Grant", "Revoke", "Register", "Unregister", "Export"];

    public static TheoryData<string> Names => new(CmdletContract.All.Select(cmdlet => cmdlet.Name));

    [Fact]
    public void The_manifest_exports_the_cmdlets_and_nothing_else()
    {
        string manifest = Repository.Read("module", "WinMmf.psd1");
        Assert.Equal(CmdletContract.All.Select(cmdlet => cmdlet.Name), ListIn(manifest, "CmdletsToExport"));
        Assert.Empty(ListIn(manifest, "FunctionsToExport"));
        Assert.Empty(ListIn(manifest, "AliasesToExport"));
        Assert.Empty(ListIn(manifest, "VariablesToExport"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_an_approved_verb_and_a_singular_noun(string name)
    {
        CmdletContract cmdlet = CmdletContract.Find(name);
        Assert.Contains(cmdlet.Verb, ApprovedVerbs());
        Assert.False(cmdlet.Noun.EndsWith('s') && !cmdlet.Noun.EndsWith("ss"), $"{cmdlet.Noun} is a plural.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_it_gives(string name) => Assert.NotEmpty(CmdletContract.Find(name).OutputTypes);

    [Theory]
    [MemberData(nameof(Names))]
    public void Asks_before_it_changes_something(string name)
    {
        CmdletContract cmdlet = CmdletContract.Find(name);
        Assert.Equal(ChangingVerbs.Contains(cmdlet.Verb), cmdlet.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_name_and_scope_from_the_pipeline_and_completes_the_name(string name)
    {
        // Cmdlets for the whole machine, an account or a file name no memory.
        if (name.Contains("-WinMmf", StringComparison.Ordinal) || name.EndsWith("Privilege", StringComparison.Ordinal)
            || name.EndsWith("File", StringComparison.Ordinal))
            return;
        CmdletContract cmdlet = CmdletContract.Find(name);

        // A camera is no memory, and has no scope.
        string[] named = name == "Get-CameraDevice" ? ["Name"] : ["Name", "Scope"];

        // It takes frames: an object with a name and no pixels must not become a query for another frame.
        string[] bound = name == "Save-SharedFrame" ? [] : named;
        foreach (string parameter in bound)
        {
            PropertyInfo property = cmdlet.Parameters.Single(candidate => candidate.Name == parameter);
            Assert.Contains(true, CmdletContract.ParameterArguments(property, nameof(ParameterAttribute.ValueFromPipelineByPropertyName)));
        }

        Assert.True(
            CmdletContract.Has(cmdlet.Parameters.Single(parameter => parameter.Name == "Name"), nameof(ArgumentCompleterAttribute)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Measures_time_outs_in_seconds(string name)
    {
        PropertyInfo[] times = [.. CmdletContract.Find(name).Parameters.Where(
            parameter => parameter.Name.StartsWith("Timeout", StringComparison.OrdinalIgnoreCase))];
        Assert.All(times, parameter => Assert.Equal(("TimeoutSec", typeof(double)), (parameter.Name, parameter.PropertyType)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_a_file_of_Pester_tests_that_calls_it(string name)
    {
        string tests = Repository.Read("tests", "pester", $"{name}.Tests.ps1");
        Assert.Contains($"Describe '{name}'", tests);
        Assert.Matches($@"\b{name} [^'\n]", tests);
    }

    [Fact]
    public void No_Pester_file_and_no_help_page_is_left_over()
    {
        Assert.Equal(CmdletContract.All.Select(cmdlet => cmdlet.Name), NamesOf("*-*.Tests.ps1", ".Tests.ps1", "tests", "pester"));
        Assert.Equal(CmdletContract.All.Select(cmdlet => cmdlet.Name), NamesOf("*-*.md", ".md", "docs", "en-US"));
    }

    private static IEnumerable<string> NamesOf(string pattern, string ending, params string[] folder) => Directory
        .GetFiles(Repository.FullPath(folder), pattern)
        .Select(file => Path.GetFileName(file)[..^ending.Length])
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> ListIn(string manifest, string key)
    {
        Match list = Regex.Match(manifest, key + @"\s*=\s*@\(([^)]*)\)");
        Assert.True(list.Success, $"{key} is not an explicit list.");
        return Regex.Matches(list.Groups[1].Value, "'([^']*)'").Select(item => item.Groups[1].Value).Order(StringComparer.Ordinal);
    }

    private static HashSet<string> ApprovedVerbs() =>
    [
        .. new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle),
            typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(group => group.GetFields())
            .Select(verb => (string)verb.GetRawConstantValue()!),
    ];
}
