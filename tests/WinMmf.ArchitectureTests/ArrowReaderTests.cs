using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace WinMmf.ArchitectureTests;

/// <summary>The reader sees each kind of use, so that silence means that there is none.</summary>
public sealed class ArrowReaderTests
{
    private const string Samples = "WinMmf.ArchitectureTests.Samples";

    [Theory]
    [InlineData("Base")]
    [InlineData("Implementation")]
    [InlineData("Constraint")]
    [InlineData("Attributed")]
    [InlineData("Upper._field")]
    [InlineData("Upper.Property")]
    [InlineData("Upper.Parameter")]
    [InlineData("Upper.Body")]
    [InlineData("Upper.Created")]
    [InlineData("Upper.Lambda")]
    [InlineData("Upper.Iterator")]
    [InlineData("Upper.Generic")]
    [InlineData("Upper.Catches")]
    [InlineData("Upper.TypeOf")]
    [InlineData("Upper.Argument")]
    [InlineData("Upper.Pointer")]
    public void It_sees_what_a_member_uses(string member)
    {
        IReadOnlyList<Arrow> arrows = Read();
        Assert.True(arrows.Any(arrow => arrow.Member == member),
            $"{member} is missing among {string.Join(", ", arrows.Select(arrow => arrow.Member).Distinct())}.");
        Assert.All(arrows, arrow => Assert.Equal((Samples, Samples + ".Lower"), (arrow.From, arrow.To)));
    }

    [Fact]
    public void A_drawing_allows_what_it_draws_and_the_ground_floor()
    {
        Drawing drawing = Drawing.Parse(
            """
            ### Core: the ground floor
            | `Low` | |
            | `Lower`, `Lowest` | `Low` |
            ### Core
            | `Middle` | – |
            | `Upper` | `Middle` |
            ### Management
            | `Top` | `Core/Middle` |
            """);
        Assert.True(Allows("Core/Lower", "Core/Low"));
        Assert.True(Allows("Core/Lowest", "Core/Low"));
        Assert.False(Allows("Core/Low", "Core/Lower"));
        Assert.True(Allows("Core/Middle", "Core/Low"));
        Assert.True(Allows("Core/Upper", "Core/Middle"));
        Assert.False(Allows("Core/Middle", "Core/Upper"));
        Assert.True(Allows("Management/Top", "Core/Middle"));
        Assert.True(Allows("Management/Top", "Core/Lowest"));
        Assert.False(Allows("Management/Top", "Core/Upper"));
        Assert.False(Allows("Core/Unknown", "Core/Low"));

        bool Allows(string from, string to) => drawing.Allows(new Arrow(from, to, "", ""));
    }

    private static IReadOnlyList<Arrow> Read() =>
        new ArrowReader(static (_, space) => space.StartsWith(Samples, StringComparison.Ordinal) ? space : null)
            .Read(typeof(ArrowReaderTests).Assembly.Location);
}
