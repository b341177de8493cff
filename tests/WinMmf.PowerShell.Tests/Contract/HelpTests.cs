using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

public sealed class HelpTests
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XDocument Help = XDocument.Load(Repository.FullPath("module", "en-US", "WinMmf.PowerShell.dll-Help.xml"));

    public static TheoryData<string> Names => CmdletTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_is_filled_in_and_shows_real_examples(string name)
    {
        HelpPage page = new(name);
        Assert.DoesNotContain("{{", page.Text);
        Assert.NotEmpty(page.Synopsis);
        Assert.NotEmpty(page.Description);
        Assert.True(page.Examples.Count >= 2, "Less than two examples.");
        Assert.Contains(page.Examples, example => example.Code.Contains(name));
        Assert.All(page.Examples, example => Assert.Contains("```output", example.After));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_describes_the_cmdlets_parameters_and_no_others(string name)
    {
        CmdletContract cmdlet = CmdletContract.Find(name);
        IEnumerable<string> declared = cmdlet.Parameters.Select(parameter => parameter.Name);
        if (cmdlet.SupportsShouldProcess)
            declared = declared.Concat(["WhatIf", "Confirm"]);
        IReadOnlyDictionary<string, (string Text, string Default)> described = new HelpPage(name).Parameters;
        Assert.Equal(declared.Order(), described.Keys.Order());
        Assert.All(described.Values, parameter => Assert.NotEmpty(parameter.Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_help_file_is_made_from_the_page_as_it_is_now(string name)
    {
        // If this fails: build.ps1 Help.
        HelpPage page = new(name);
        XElement command = Entry(name);
        Assert.Equal(page.Synopsis, Text(command.Element(Command + "details")!.Element(Maml + "description")));
        Assert.Equal(page.Description, Text(command.Element(Maml + "description")));
        Assert.Equal(page.Notes, Text(command.Element(Maml + "alertSet")));
        Assert.Equal(
            page.Parameters.OrderBy(parameter => parameter.Key)
                .Select(parameter => (parameter.Key, parameter.Value.Text, parameter.Value.Default)),
            command.Element(Command + "parameters")!.Elements(Command + "parameter")
                .Select(parameter => (parameter.Element(Maml + "name")!.Value, Text(parameter.Element(Maml + "description")),
                    parameter.Element(Dev + "defaultValue")?.Value ?? ""))
                .OrderBy(parameter => parameter.Value));
        Assert.Equal(
            page.Examples.Select(example => (example.Code, HelpPage.Normalise(example.After.Replace("```output", "").Replace("```", "")))),
            command.Element(Command + "examples")!.Elements(Command + "example")
                .Select(example => (example.Element(Dev + "code")!.Value, Text(example.Element(Dev + "remarks")))));
    }

    [Fact]
    public void The_help_file_has_no_entry_too_many() => Assert.Equal(
        CmdletContract.All.Select(cmdlet => cmdlet.Name).Order(),
        Help.Root!.Elements().Select(command => command.Element(Command + "details")!.Element(Command + "name")!.Value).Order());

    private static XElement Entry(string name) =>
        Help.Root!.Elements().Single(command => command.Element(Command + "details")!.Element(Command + "name")!.Value == name);

    private static string Text(XElement? element) =>
        element is null ? "" : HelpPage.Normalise(
        string.Join(" ", element.Descendants(Maml + "para").Select(paragraph => paragraph.Value)));
}
