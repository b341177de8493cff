using System;
using System.IO;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed class LinuxOwnershipTests
{
    private static IOwnershipStore Ownership => Given.Platform.Ownership;

    [SkippableFact]
    public void The_file_is_its_owners_only_and_goes_with_a_clean_end()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        using (Ownership.Acquire(name))
            Assert.Equal("600", LinuxGiven.Mode(name, SharedName.OwnerSuffix));
        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void Another_account_sees_that_a_publisher_lives()
    {
        using Peer nobody = LinuxGiven.StartAsNobody();
        SharedName name = Given.NewName(NameScope.Global);
        Assert.Equal("none", nobody.Ask("isowned", "-", name.Name, name.Scope)[0]);
        using (Ownership.Acquire(name))
        {
            Assert.Equal("ok", nobody.Ask("isowned", "-", name.Name, name.Scope)[0]);
            string[] refused = nobody.Ask("own", "o", name.Name, name.Scope);
            Assert.Equal("ForeignOwner", refused[1]);
            Assert.Contains("'root'", refused[3], StringComparison.Ordinal);
        }

        // The file of a killed publisher does not count.
        File.WriteAllText(LinuxGiven.PathOf(name, SharedName.OwnerSuffix), "");
        Assert.NotNull(LinuxGiven.Run("chmod", "600", LinuxGiven.PathOf(name, SharedName.OwnerSuffix)));
        Assert.Equal("none", nobody.Ask("isowned", "-", name.Name, name.Scope)[0]);
        Assert.True(Given.Platform.Sections.TryReclaim(name));
    }

    [SkippableFact]
    public void Taking_goes_on_while_leftovers_are_reclaimed()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string path = LinuxGiven.PathOf(name, SharedName.OwnerSuffix);
        using CancellationTokenSource stop = new();
        Thread reclaimer = new(() =>
        {
            while (!stop.IsCancellationRequested)
                Given.Platform.Sections.TryReclaim(name);
        });
        reclaimer.Start();
        try
        {
            for (int i = 0; i < 40; i++)
            {
                // As a killed publisher leaves it.
                if (i % 2 == 0)
                    File.WriteAllText(path, "");
                using IDisposable mine = Ownership.Acquire(name);
                Assert.Equal(WinMmfErrorId.ChannelInUse, Given.ErrorOf(() => Ownership.Acquire(name).Dispose()));
            }
        }
        finally
        {
            stop.Cancel();
            reclaimer.Join();
            Given.Platform.Sections.TryReclaim(name);
        }
    }
}
