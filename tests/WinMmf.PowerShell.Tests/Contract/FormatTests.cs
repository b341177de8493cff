using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WinMmf.PowerShell.Commands;
using WinMmf.PowerShell.Output;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

public sealed class FormatTests
{
    private static readonly string[] Files =
        [.. Directory.GetFiles(Repository.FullPath("module"), "*.Format.ps1xml").Order(StringComparer.Ordinal)];
    private static readonly XDocument[] Formats = [.. Files.Select(file => XDocument.Load(file))];

    // An object that a script block receives is shown as well, although no cmdlet returns it.
    public static TheoryData<string> OutputTypes => new(CmdletContract.All
        .SelectMany(cmdlet => cmdlet.OutputTypes)
        .Append(typeof(SharedFrameLease))
        .Where(type => type.Assembly == typeof(WinMmfCommand).Assembly)
        .Select(type => type.FullName!)
        .Distinct());

    [Fact]
    public void The_manifest_names_every_format_file()
    {
        string list = Regex.Match(
            Repository.Read("module", "WinMmf.psd1"), @"FormatsToProcess\s*=\s*@\((.*?)\)", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(Files.Select(Path.GetFileName),
            Regex.Matches(list, "'(.*?)'").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Each_output_type_has_a_table_and_a_list_also_for_what_comes_from_afar(string type)
    {
        foreach (string control in new[] { "TableControl", "ListControl" })
            Assert.Single(Views(type), view => view.Element(control) is not null && Selects(view, "Deserialized." + type));
    }

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Views_name_only_properties_that_exist(string type)
    {
        HashSet<string> properties =
            [.. typeof(WinMmfCommand).Assembly.GetType(type, throwOnError: true)!.GetProperties().Select(property => property.Name)];
        foreach (XElement view in Views(type))
        {
            IEnumerable<string> direct = view.Descendants("PropertyName").Select(element => element.Value);
            IEnumerable<string> inScripts = view.Descendants("ScriptBlock").SelectMany(script => Regex.Matches(script.Value, @"\$_\.(\w+)"))
                .Select(match => match.Groups[1].Value);
            Assert.All(direct.Concat(inScripts), property => Assert.Contains(property, properties));
        }
    }

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Tables_have_as_many_headers_as_columns(string type) => Assert.All(
        Views(type).Elements("TableControl"),
        table => Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count()));

    private static XElement[] Views(string type) =>
        [.. Formats.SelectMany(format => format.Descendants("View")).Where(view => Selects(view, type))];

    private static bool Selects(XElement view, string type) =>
        view.Element("ViewSelectedBy")!.Elements("TypeName").Any(name => name.Value == type);
}
