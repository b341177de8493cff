using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using WinMmf.PowerShell.Commands;
using WinMmf.PowerShell.Output;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>
/// What cmdlets give is read by scripts, monitors and jobs: words for enumerations, numbers for lengths of time, DateTime in local time,
/// and nothing that is large.
/// </summary>
public sealed class OutputTests
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(bool), typeof(int), typeof(long), typeof(uint), typeof(double), typeof(DateTime), typeof(byte[]),
        typeof(string[]),
    ];

    public static TheoryData<string> Types => new(Reachable().Select(type => type.FullName!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void Properties_are_words_numbers_and_times(string type)
    {
        foreach (PropertyInfo property in Find(type).GetProperties())
        {
            Type bare = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            bool isOurs = (bare.IsArray ? bare.GetElementType()! : bare).Namespace == typeof(SharedFrame).Namespace;
            Assert.True(Plain.Contains(bare) || isOurs, $"{property.Name} is a {bare.Name}.");
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void No_property_is_as_large_as_a_frame(string type) => Assert.DoesNotContain(
        Find(type).GetProperties(),
        property => property.PropertyType == typeof(byte[]) && Find(type) != typeof(SharedMemoryHexLine));

    [Fact]
    public void A_frame_takes_all_its_properties_and_its_pixels_along_into_a_job()
    {
        XElement type = XDocument.Load(Repository.FullPath("module", "WinMmf.Types.ps1xml")).Descendants("Type")
            .Single(element => element.Element("Name")!.Value == typeof(SharedFrame).FullName);
        IEnumerable<string> taken = type.Descendants("ReferencedProperties").Elements("Name").Select(name => name.Value);
        Assert.Equal(typeof(SharedFrame).GetProperties().Select(property => property.Name).Append("Data").Order(), taken.Order());
    }

    [Fact]
    public void A_measurement_has_the_names_and_so_the_units_of_its_json()
    {
        IEnumerable<string> names = typeof(SharedFrameMeasurement).GetProperties()
            .Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);
        using JsonDocument json = JsonDocument.Parse(new SharedFrameMeasurement().ToJson());
        IEnumerable<string> inJson = json.RootElement.EnumerateObject().Select(property => property.Name);
        Assert.Equal(names.Order(StringComparer.Ordinal), inJson.Order(StringComparer.Ordinal));
    }

    private static Type Find(string type) => typeof(SharedFrame).Assembly.GetType(type, throwOnError: true)!;

    private static HashSet<Type> Reachable()
    {
        HashSet<Type> found = [];
        Queue<Type> left = new(CmdletContract.All.SelectMany(cmdlet => cmdlet.OutputTypes).Append(typeof(SharedFrameLease)));
        while (left.TryDequeue(out Type? type))
        {
            Type bare = type.IsArray ? type.GetElementType()! : type;
            if (bare.Assembly != typeof(WinMmfCommand).Assembly || !found.Add(bare))
                continue;
            foreach (PropertyInfo property in bare.GetProperties())
                left.Enqueue(property.PropertyType);
        }

        return found;
    }
}
