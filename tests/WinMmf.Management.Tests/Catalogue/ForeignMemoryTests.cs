using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Linq;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Holders;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Catalogue;

#pragma warning disable CA1416 // Named sections on Windows only.

/// <summary>Memories of other programs: listed and measured from outside, never opened to read.</summary>
public sealed class ForeignMemoryTests : IDisposable
{
    private readonly string _name = "foreign.test." + Guid.NewGuid().ToString("N");
    private readonly IDisposable _foreign;
    private readonly NameScope _scope = OperatingSystem.IsWindows() ? NameScope.Local : NameScope.Global;

    public ForeignMemoryTests()
    {
        if (OperatingSystem.IsWindows())
        {
            _foreign = MemoryMappedFile.CreateNew(@"Local\" + _name, 10_000);
            return;
        }

        FileStream file = new("/dev/shm/" + _name, FileMode.CreateNew, FileAccess.ReadWrite);
        file.SetLength(10_000);
        _foreign = file;
    }

    public void Dispose()
    {
        _foreign.Dispose();
        if (OperatingSystem.IsLinux())
            File.Delete("/dev/shm/" + _name);
    }

    [Fact]
    public void It_is_listed_with_its_size_and_is_nobodys_of_ours()
    {
        SharedName name = Assert.Single(SharedMemoryCatalogue.ListForeignNames(), listed => listed.Name == _name);
        Assert.True(name.IsForeign);
        Assert.Equal(_scope, name.Scope);
        Assert.DoesNotContain(SharedMemoryCatalogue.ListNames(), listed => listed.Name == _name);

        SharedMemoryReport report = SharedMemoryCatalogue.Look(name)!;
        Assert.Equal(SharedMemoryKind.Foreign, report.Kind);
        Assert.Null(report.Error);
        Assert.Equal(OperatingSystem.IsWindows() ? 12_288 : 10_000, RoundUp(report.Size));
        Assert.Equal(OperatingSystem.IsLinux(), report.SystemOwner is not null);

        static long RoundUp(long size) => OperatingSystem.IsWindows() ? (size + 4095) / 4096 * 4096 : size;
    }

    [Fact]
    public void Ours_and_their_parts_are_not_foreign()
    {
        SharedName name = Given.NewName(NameScope.Global);
        SharedName local = Given.NewName(NameScope.Local);
        using NamedMemory one = NamedMemory.Create(name, 100);
        using NamedMemory other = NamedMemory.Create(local, 100);
        Assert.DoesNotContain(
            SharedMemoryCatalogue.ListForeignNames(), listed => listed.Name.Contains(name.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(
            SharedMemoryCatalogue.ListForeignNames(), listed => listed.Name.Contains(local.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_holders_are_found()
    {
        SharedName name = SharedMemoryCatalogue.ListForeignNames().Single(listed => listed.Name == _name);
        SharedMemoryHolders holders = SharedMemoryHolders.Find(name, TimeSpan.FromSeconds(60))!;
        HolderReport holder = Assert.Single(holders.Holders);
        Assert.Equal(Environment.ProcessId, (int)holder.Process.ProcessId);
        Assert.Equal(HolderRole.User, holder.Role);
    }

    [Fact]
    public void One_that_is_gone_is_not_there()
    {
        SharedName name = SharedMemoryCatalogue.ListForeignNames().Single(listed => listed.Name == _name);
        Dispose();
        Assert.Null(SharedMemoryCatalogue.Look(name));
        Assert.Null(SharedMemoryHolders.Find(name, TimeSpan.FromSeconds(60)));
    }
}
