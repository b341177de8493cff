using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.PowerShell.Commands;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

/// <summary>Facts below, advice above: what a C# program links to names no cmdlet and no parameter.</summary>
public sealed partial class FactTests
{
    [Theory]
    [InlineData(typeof(WinMmfException))]
    [InlineData(typeof(SharedMemoryReport))]
    public void No_text_below_the_module_names_a_cmdlet_or_a_parameter(Type of)
    {
        string[] literals = [.. Literals(of.Assembly.Location)];
        Assert.True(literals.Length > 200, "The reader of literals finds hardly any.");
        Assert.DoesNotContain(literals, NamesCommand);
    }

    [Fact]
    public void The_search_finds_such_names_where_they_are()
    {
        Assert.Contains(Literals(typeof(WinMmfCommand).Assembly.Location), literal => NamesCommand(literal));
        Assert.True(NamesCommand("Wait longer with -TimeoutSec."));
        Assert.True(NamesCommand("(-Force)"));
        Assert.True(NamesCommand("Get-SharedMemoryInfo lists them."));
        Assert.True(NamesCommand("as -Resident Locked"));
        Assert.False(NamesCommand("Without a dash: S-1-5-18, 32-bit, winmmf-1000, a half-written frame, 1-Frame, on-Screen"));
    }

    /// <summary>The strings in the code, as the compiler left them: an interpolated one in pieces.</summary>
    private static IEnumerable<string> Literals(string file)
    {
        using PEReader image = new(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        List<string> literals = [];
        for (UserStringHandle handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
            literals.Add(metadata.GetUserString(handle));

        // Constants are copied to where they are used; those that only others use stand in another table.
        foreach (FieldDefinitionHandle field in metadata.FieldDefinitions)
        {
            ConstantHandle constant = metadata.GetFieldDefinition(field).GetDefaultValue();
            if (!constant.IsNil && metadata.GetConstant(constant) is { TypeCode: ConstantTypeCode.String } text)
                literals.Add((string)metadata.GetBlobReader(text.Value).ReadConstant(ConstantTypeCode.String)!);
        }

        return literals;
    }

    private static bool NamesCommand(string literal) => Cmdlet().IsMatch(literal) || Parameter().IsMatch(literal);

    [GeneratedRegex(@"(?<![\w-])(?!Server-Media-Foundation)[A-Z][a-z]+-[A-Z][A-Za-z]{2,}")]
    private static partial Regex Cmdlet();

    [GeneratedRegex(@"(?<![\w-])-[A-Z][A-Za-z]+")]
    private static partial Regex Parameter();
}
