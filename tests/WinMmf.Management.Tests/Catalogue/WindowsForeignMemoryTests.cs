using System;
using System.Linq;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Holders;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Management.Tests.Catalogue;

/// <summary>Other programs' sections are opened with the right to ask and with no other.</summary>
public sealed class WindowsForeignMemoryTests : WindowsTest
{
    [SkippableFact]
    public void The_right_to_ask_is_enough()
    {
        // Nobody may read it.
        SharedName name = SharedName.Foreign(NewName().Name, NameScope.Local);
        using IDisposable foreign = CreateForeignSection(name, "D:P(A;;0x1;;;WD)", 10_000);

        SharedMemoryReport report = SharedMemoryCatalogue.Look(name)!;
        Assert.Equal(SharedMemoryKind.Foreign, report.Kind);
        Assert.Null(report.Error);
        Assert.InRange(report.Size, 10_000, 12_288);
        Assert.Equal(
            Environment.ProcessId, (int)Assert.Single(SharedMemoryHolders.Find(name, TimeSpan.FromSeconds(60))!.Holders).Process.ProcessId);
        Assert.Contains(SharedMemoryCatalogue.ListForeignNames(), listed => listed == name);
    }

    [SkippableFact]
    public void One_that_may_not_even_be_asked_is_listed_with_the_refusal()
    {
        SharedName name = SharedName.Foreign(NewName().Name, NameScope.Local);
        using IDisposable closed = CreateForeignSection(name, "D:P(A;;GA;;;AN)", 4096);

        SharedMemoryReport report = SharedMemoryCatalogue.Look(name)!;

        Assert.Equal((SharedMemoryKind.Foreign, WinMmfErrorId.AccessDenied), (report.Kind, report.Error!.ErrorId));
    }
}
