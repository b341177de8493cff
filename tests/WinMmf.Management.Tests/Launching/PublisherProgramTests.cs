using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Remedies;
using Xunit;

namespace WinMmf.Management.Tests.Launching;

public sealed class PublisherProgramTests : IDisposable
{
    private readonly string _module = Directory.CreateTempSubdirectory("winmmf-test").FullName;

    public void Dispose() => Directory.Delete(_module, recursive: true);

    [Theory]
    [InlineData("", "WinMmf.Publisher")]
    [InlineData(".exe", "WinMmf.Publisher.exe")]
    public void Prefers_the_program_of_its_own_system(string suffix, string expected)
    {
        string other = suffix.Length == 0 ? ".exe" : "";
        Add("WinMmf.Publisher" + other, "WinMmf.Publisher" + suffix, "WinMmf.Publisher.dll");
        PublisherProgram program = PublisherProgram.Find(_module, null, suffix);
        Assert.Equal(Path.Combine(_module, "publisher", expected), program.FileName);
        Assert.Empty(program.FirstArguments);
    }

    [Fact]
    public void Runs_the_assembly_where_there_is_no_program()
    {
        Add("WinMmf.Publisher.dll");
        PublisherProgram program = PublisherProgram.Find(_module, "", "");
        Assert.Equal("dotnet" + ManagementServices.Current.ProgramSuffix, Path.GetFileName(program.FileName));
        Assert.Equal([Path.Combine(_module, "publisher", "WinMmf.Publisher.dll")], program.FirstArguments);
    }

    [Fact]
    public void Obeys_the_variable_before_all()
    {
        Add("WinMmf.Publisher", "mine");
        string mine = Path.Combine(_module, "publisher", "mine");
        Assert.Equal(mine, PublisherProgram.Find(_module, mine, "").FileName);
    }

    [Fact]
    public void Names_the_variable_when_it_is_wrong_and_does_not_fall_back()
    {
        Add("WinMmf.Publisher");
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherProgram.Find(_module, "not/there", ""));
        Assert.Equal(WinMmfErrorId.ProgramNotFound, e.ErrorId);
        Assert.Contains(PublisherProgram.Variable, e.Message);
    }

    [Fact]
    public void Says_where_it_looked()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherProgram.Find(_module, null, ""));
        Assert.Equal(WinMmfErrorId.ProgramNotFound, e.ErrorId);
        Assert.Contains(Path.Combine(_module, "publisher"), e.Message);
        Assert.Contains(PublisherProgram.Variable, SystemRemedy.FindPublisher);
    }

    private void Add(params string[] files)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_module, "publisher")).FullName;
        foreach (string file in files)
            File.WriteAllText(Path.Combine(folder, file), "");
    }
}
