using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Remedies;
using WinMmf.Management.Tests.EnvironmentChecks;
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
        ModuleProgram program = PublisherProgram.Find(_module, null, new FakePlatform { ProgramSuffix = suffix });
        Assert.Equal(Path.Combine(_module, "publisher", expected), program.FileName);
        Assert.Empty(program.FirstArguments);
    }

    [Fact]
    public void Runs_the_assembly_where_there_is_no_program()
    {
        Add("WinMmf.Publisher.dll");
        string name = "dotnet" + ManagementServices.Current.ProgramSuffix;
        File.WriteAllText(Path.Combine(_module, name), "");
        FakePlatform platform = new() { ProgramSuffix = ManagementServices.Current.ProgramSuffix, DotNetFolders = [_module] };
        ModuleProgram program = PublisherProgram.Find(_module, "", platform);
        Assert.Equal(name, Path.GetFileName(program.FileName));
        Assert.True(TrustedProgram.IsFullPath(program.FileName), program.FileName);
        Assert.Equal([Path.Combine(_module, "publisher", "WinMmf.Publisher.dll")], program.FirstArguments);
    }

    [Fact]
    public void Obeys_the_variable_before_all()
    {
        Add("WinMmf.Publisher", "mine");
        string mine = Path.Combine(_module, "publisher", "mine");
        Assert.Equal(mine, PublisherProgram.Find(_module, mine, new FakePlatform()).FileName);
    }

    [Fact]
    public void Names_the_variable_when_it_is_wrong_and_does_not_fall_back()
    {
        Add("WinMmf.Publisher");
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => PublisherProgram.Find(_module, Path.Combine(_module, "not", "there"), new FakePlatform()));
        Assert.Equal(WinMmfErrorId.ProgramNotFound, e.ErrorId);
        Assert.Contains(PublisherProgram.Variable, e.Message);
    }

    [Fact]
    public void Says_where_it_looked()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherProgram.Find(_module, null, new FakePlatform()));
        Assert.Equal(WinMmfErrorId.ProgramNotFound, e.ErrorId);
        Assert.Contains(Path.Combine(_module, "publisher"), e.Message);
        Assert.Contains(PublisherProgram.Variable, SystemRemedy.FindPublisher);
    }

    [Fact]
    public void A_relative_path_in_the_variable_is_refused()
    {
        string relative = Path.Combine(".", Path.GetFileName(Directory.GetFiles(".")[0]));
        WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherProgram.Find(_module, relative, new FakePlatform()));
        Assert.Equal(WinMmfErrorId.ProgramNotTrusted, e.ErrorId);
        Assert.Contains(PublisherProgram.Variable, e.Message);
    }

    [Fact]
    public void A_publisher_beside_which_others_can_put_something_is_refused_with_the_folder_and_the_account()
    {
        Add("WinMmf.Publisher", "WinMmf.Core.dll");
        string library = Path.Combine(_module, "publisher", "WinMmf.Core.dll");
        foreach (string changed in new[] { library, _module })
        {
            FakePlatform platform = new() { ProgramTrust = new FakeTrust { Writer = new ForeignWriter(changed, "mallory") } };
            WinMmfException e = Assert.Throws<WinMmfException>(() => PublisherProgram.Find(_module, null, platform));
            Assert.Equal((WinMmfErrorId.ProgramNotTrusted, changed, "mallory"), (e.ErrorId, e.Facts.Path, e.Facts.Account));
            Assert.Contains($"mallory can change '{changed}'", e.Message);
        }
    }

    [Fact]
    public void Dotnet_is_started_by_its_full_path_or_not_at_all()
    {
        string name = "dotnet" + ManagementServices.Current.ProgramSuffix;
        FakePlatform platform =
            new() { ProgramSuffix = ManagementServices.Current.ProgramSuffix, DotNetFolders = [Path.Combine(_module, "installed")] };
        WinMmfException e = Assert.Throws<WinMmfException>(() => DotNetProgram.Find(platform, ".", "." + Path.PathSeparator));
        Assert.Equal((WinMmfErrorId.ProgramNotFound, name), (e.ErrorId, e.Facts.Program));
        foreach (string folder in new[] { "installed", "path", "root" })
        {
            string program = Path.Combine(Directory.CreateDirectory(Path.Combine(_module, folder)).FullName, name);
            File.WriteAllText(program, "");
            Assert.Equal(program,
                DotNetProgram.Find(platform, Path.Combine(_module, "root"), "." + Path.PathSeparator + Path.Combine(_module, "path")));
        }

        FakeTrust foreign = new() { Writer = new ForeignWriter(_module, "mallory") };
        FakePlatform open = new() { ProgramSuffix = platform.ProgramSuffix, ProgramTrust = foreign };
        e = Assert.Throws<WinMmfException>(() => DotNetProgram.Find(open, Path.Combine(_module, "root"), null));
        Assert.Equal(WinMmfErrorId.ProgramNotTrusted, e.ErrorId);
    }

    private void Add(params string[] files)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_module, "publisher")).FullName;
        foreach (string file in files)
            File.WriteAllText(Path.Combine(folder, file), "");
    }
}
