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

    private static readonly XDocument Types = XDocument.Load(Repository.FullPath("module", "WinMmf.Types.ps1xml"));

    // What is a property of an output is shown as well, when a user asks for it.
    public static TheoryData<string> OutputTypes => OutputTests.Types;

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
        HashSet<string> properties = PropertiesOf(type);
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

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Each_column_and_each_line_is_called_as_its_property_is(string type)
    {
        HashSet<string> properties = PropertiesOf(type);
        foreach (XElement view in Views(type).Concat(Views(type + "#Detailed")).Concat(Views(type + "#AllUsers")))
            Assert.All(view.Descendants("Label").Select(label => label.Value), label => Assert.Contains(label, properties));
    }

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Every_table_fits_80_columns_however_long_a_name_is(string type)
    {
        // A column without a width takes what its content needs, and the columns behind it are left out.
        IEnumerable<XElement> views = Views(type).Concat(Views(type + "#AllUsers"));
        foreach (XElement table in views.Elements("TableControl").Where(table => table.Descendants("Wrap").FirstOrDefault() is null))
        {
            Assert.Null(table.Element("AutoSize"));
            XElement[] columns = [.. table.Descendants("TableColumnHeader")];
            Assert.All(columns, column =>
                Assert.True(column.Element("Label")!.Value.Length <= (int)column.Element("Width")!, $"{column} is cut."));
            Assert.InRange(columns.Sum(column => (int)column.Element("Width")!) + columns.Length - 1, 1, 79);
        }
    }

    [Fact]
    public void Scripts_of_views_run_in_constrained_language()
    {
        // Methods are refused there, but for those of a few types, of which TimeSpan is one; so are static members of other types.
        Assert.All(Formats.SelectMany(format => format.Descendants("ScriptBlock")), script =>
        {
            Assert.DoesNotMatch(@"\.\w+\(", script.Value.Replace("[timespan]::FromSeconds(", "", StringComparison.Ordinal));
            Assert.DoesNotMatch(@"\[(?!string\]|timespan\]|long\])[a-z][\w.]*\]", script.Value);
        });
    }

    private static HashSet<string> PropertiesOf(string type) =>
    [
        .. typeof(WinMmfCommand).Assembly.GetType(type, throwOnError: true)!.GetProperties().Select(property => property.Name),
        .. Types.Descendants("Type")
            .Where(element => element.Element("Name")!.Value == type)
            .SelectMany(element => element.Element("Members")!.Elements("CodeProperty"))
            .Select(property => property.Element("Name")!.Value),
    ];

    private static XElement[] Views(string type) =>
        [.. Formats.SelectMany(format => format.Descendants("View")).Where(view => Selects(view, type))];

    private static bool Selects(XElement view, string type) =>
        view.Element("ViewSelectedBy")!.Elements("TypeName").Any(name => name.Value == type);
}
