using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Installing;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Linux;
using WinMmf.Management.Registration;
using WinMmf.Management.Tests.EnvironmentChecks;
using WinMmf.Platform.Linux.Native;
using Xunit;

namespace WinMmf.Management.Tests.Registration;

public sealed class SafePlacesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-place-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("program")]
    [InlineData("program/other.dll")]
    [InlineData("configuration")]
    [InlineData("log")]
    public void A_place_that_another_account_can_write_is_refused_by_its_name(string where)
    {
        RegistrationPlan plan = Plan();
        string path = Path.Combine(_folder, where.Replace('/', Path.DirectorySeparatorChar));
        WinMmfException e = Assert.Throws<WinMmfException>(
            () => SafePlaces.Check(new FakeTrust { Writer = new ForeignWriter(path, "eve") }, plan));
        Assert.Equal((WinMmfErrorId.ProgramNotTrusted, path, "eve"), (e.ErrorId, e.Facts.Path, e.Facts.Account));
        Assert.Contains($"eve can change '{path}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_account_itself_may_write_its_log_and_nothing_else()
    {
        SafePlaces.Check(new FakeTrust { Writer = new ForeignWriter(Path.Combine(_folder, "log"), "camera") }, Plan());
        Assert.Throws<WinMmfException>(() => SafePlaces.Check(
            new FakeTrust { Writer = new ForeignWriter(Path.Combine(_folder, "configuration"), "camera") }, Plan()));
    }

    [SkippableTheory]
    [InlineData(0x1FF, true)]
    [InlineData(0x1ED, false)]
    [InlineData(0x1C0, false)]
    public void On_linux_a_folder_that_everybody_may_write_is_found(int mode, bool isRefused)
    {
        RequireRoot();
        RegistrationPlan plan = Plan();
        string folder = Path.Combine(_folder, "configuration");
        Assert.Equal(0, Libc.ChangeMode(folder, mode));
        if (!isRefused)
        {
            SafePlaces.Check(new LinuxProgramTrust(), plan);
            return;
        }

        WinMmfException e = Assert.Throws<WinMmfException>(() => SafePlaces.Check(new LinuxProgramTrust(), plan));
        Assert.Equal((folder, "every account"), (e.Facts.Path, e.Facts.Account));
    }

    [SkippableFact]
    public void On_linux_an_owner_of_a_folder_above_is_found_also_behind_a_link()
    {
        RequireRoot();
        RegistrationPlan plan = Plan();
        string real = Path.Combine(_folder, "real");
        Directory.CreateDirectory(Path.Combine(real, "deep"));
        Assert.Equal(0, Libc.Open(real, 0, 0, out DescriptorHandle opened));
        using (opened)
            Assert.Equal(0, Libc.SetOwner(opened, Nobody()));
        string link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, Path.Combine(real, "deep"));
        plan.ConfigurationPath = Path.Combine(link, "cameras.json");
        WinMmfException e = Assert.Throws<WinMmfException>(() => SafePlaces.Check(new LinuxProgramTrust(), plan));
        Assert.Equal((real, "nobody"), (e.Facts.Path, e.Facts.Account));

        // The account that it runs as is no administrator either.
        Assert.NotNull(new LinuxProgramTrust().FindOrdinaryWriter(plan.ConfigurationPath, "daemon"));
        Assert.Null(new LinuxProgramTrust().FindOrdinaryWriter(plan.ConfigurationPath, "nobody"));
    }

    [SkippableFact]
    public void On_linux_what_is_not_there_yet_is_refused_where_everybody_could_make_it()
    {
        RequireRoot();
        LinuxProgramTrust trust = new();
        Assert.Equal("every account", trust.FindOrdinaryWriter($"/tmp/{Guid.NewGuid():N}/cameras.json", null)?.Account);
        Assert.Null(trust.FindOrdinaryWriter($"/etc/{Guid.NewGuid():N}/cameras.json", null));
    }

    private static void RequireRoot()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Modes are Linux'");
        Skip.IfNot(Libc.GetEffectiveUserId() == 0, "Only root makes places that ordinary users cannot write");
    }

    private static uint Nobody()
    {
        Assert.True(Libc.TryFindUser("nobody", out uint user, out _));
        return user;
    }

    private RegistrationPlan Plan()
    {
        foreach (string part in new[] { "program", "configuration", "log" })
            Directory.CreateDirectory(Path.Combine(_folder, part));
        foreach (string file in new[] { "program/WinMmf.Publisher", "program/other.dll", "configuration/cameras.json" })
            File.WriteAllText(Path.Combine(_folder, file.Replace('/', Path.DirectorySeparatorChar)), "");
        return new RegistrationPlan
        {
            Account = "camera",
            Program = Path.Combine(_folder, "program", "WinMmf.Publisher"),
            ConfigurationPath = Path.Combine(_folder, "configuration", "cameras.json"),
            LogPath = Path.Combine(_folder, "log", "cameras.log"),
        };
    }
}
