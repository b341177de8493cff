using System;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.Security;
using Xunit;

namespace WinMmf.PowerShell.Tests.Advice;

/// <summary>What the table makes of facts. That it has advice for each id stands in <see cref="Contract.TopicTests"/>.</summary>
public sealed class RemediesTests
{
    private static readonly ErrorFacts Door = new() { Name = "Door's", Scope = "Local" };

    [Theory]
    [InlineData(LockVerdict.Held, "Debug-SharedMemoryLock -Name 'Door''s' -Scope Local -Sample 5")]
    [InlineData(LockVerdict.Waiting, "Debug-SharedMemoryLock -Name 'Door''s' -Scope Local -Sample 5")]
    [InlineData(LockVerdict.Abandoned, "Unlock-SharedMemory -Name 'Door''s' -Scope Local -Force")]
    [InlineData(LockVerdict.Foreign, "Unlock-SharedMemory -Name 'Door''s' -Scope Local -Force -IncludeForeign")]
    [InlineData(LockVerdict.Corrupt, "Debug-SharedMemoryLock -Name 'Door''s' -Scope Local")]
    [InlineData(LockVerdict.Uncertain, "Debug-SharedMemoryLock -Name 'Door''s' -Scope Local")]
    public void A_lock_that_cannot_be_taken_has_the_command_that_fits_its_verdict(LockVerdict verdict, string command) => Assert.EndsWith(
        ": " + command, For(WinMmfErrorId.Timeout, Door with { Operation = ErrorOperation.Lock, State = verdict.ToString() }),
            StringComparison.Ordinal);

    [Fact]
    public void Ones_own_process_is_called_so()
    {
        string own = For(WinMmfErrorId.LockHeld, Door with { ProcessId = Environment.ProcessId });
        Assert.Contains("this very process", own, StringComparison.Ordinal);
        Assert.Contains("Get-Process -Id 1 ", For(WinMmfErrorId.LockHeld, Door with { ProcessId = 1 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorOperation.ReadFrame, "Get-CameraPublisher -Name 'Door''s' -Scope Local")]
    [InlineData(ErrorOperation.Start, "Check the source")]
    [InlineData(ErrorOperation.Stop, "Stop-CameraPublisher -Name 'Door''s' -Scope Local -Force")]
    [InlineData(ErrorOperation.Kill, "restart the machine")]
    [InlineData(ErrorOperation.Wait, "-TimeoutSec")]
    public void A_time_out_is_mended_by_what_was_waited_for(ErrorOperation operation, string expected) =>
        Assert.Contains(expected, For(WinMmfErrorId.Timeout, Door with { Operation = operation }), StringComparison.Ordinal);

    [Fact]
    public void Who_is_refused_gets_the_command_that_the_owner_runs()
    {
        ErrorFacts refused = Door with { Account = "group:o’neill", Owner = "root", Right = nameof(AccessRight.Read) };
        Assert.Equal(
            "Its owner, root, or an administrator can run: Grant-SharedMemoryAccess -Name 'Door''s' -Scope Local -Account 'group:o’’neill'",
            For(WinMmfErrorId.AccessDenied, refused));
        Assert.EndsWith(" -Access Write", For(WinMmfErrorId.AccessDenied, refused with { Right = nameof(AccessRight.Write) }),
            StringComparison.Ordinal);
        Assert.Contains(
            "-NoLock", For(WinMmfErrorId.AccessDenied, refused with { Operation = ErrorOperation.Lock }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_the_name_decides_how_it_is_used()
    {
        Assert.Contains("Get-SharedFrame", For(WinMmfErrorId.AlreadyExists, Door with { Kind = nameof(SharedMemoryKind.FrameChannel) }),
            StringComparison.Ordinal);
        Assert.Contains("Open-SharedMemory", For(WinMmfErrorId.AlreadyExists, Door with { Kind = nameof(SharedMemoryKind.Memory) }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_machine_itself_is_mended_by_what_its_system_has()
    {
        ErrorFacts full = Door with { Path = "/dev/shm", Needed = 2, Available = 1 };
        Assert.Contains("--shm-size", For(WinMmfErrorId.OutOfSharedMemory, full), StringComparison.Ordinal);
        Assert.Contains("page file", For(WinMmfErrorId.OutOfSharedMemory, Door), StringComparison.Ordinal);
        foreach (WinMmfErrorId id in new[] { WinMmfErrorId.LockedMemoryLimit, WinMmfErrorId.PrivilegeNotHeld })
        {
            Assert.Contains("limits.conf", For(id, Door with { Right = "CAP_IPC_LOCK" }), StringComparison.Ordinal);
            Assert.Contains("LimitMEMLOCK", For(id, Door with { Right = "CAP_IPC_LOCK" }), StringComparison.Ordinal);
        }

        Assert.Contains(
            "Grant-SharedMemoryPrivilege -Privilege SeLockMemoryPrivilege -Account 'me'",
            For(WinMmfErrorId.PrivilegeNotHeld, Door with { Right = "SeLockMemoryPrivilege", Account = "me" }), StringComparison.Ordinal);
        Assert.Contains("mount -t tmpfs", For(WinMmfErrorId.SharedMemoryMissing, full), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_have_three_causes_with_three_remedies()
    {
        ErrorFacts file = new() { Path = "a.png" };
        Assert.Contains("-Force", For(WinMmfErrorId.FileReadOnly, file), StringComparison.Ordinal);
        Assert.Contains("space", For(WinMmfErrorId.DiskFull, file), StringComparison.Ordinal);
        Assert.Contains("may write to", For(WinMmfErrorId.SaveFailed, file), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_without_pixels_is_no_reason_for_a_report()
    {
        string advice = For(WinMmfErrorId.NoPixels, new ErrorFacts());
        Assert.Contains("Get-SharedFrame", advice, StringComparison.Ordinal);
        Assert.DoesNotContain("Export-WinMmfDiagnostic", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_whose_message_says_what_to_do_gets_no_second_advice()
    {
        ErrorFacts facts = new() { IsMessageAdvised = true };
        WinMmfException error = new(WinMmfErrorId.SourceUnreachable, "It is off. Switch it on.", facts);
        Assert.Null(Remedies.Find(error));
        Assert.Equal("It is off. Switch it on.", ErrorRecords.Describe(error));
        Assert.NotNull(Remedies.Find(new WinMmfException(WinMmfErrorId.SourceUnreachable, "It is off.")));
    }

    private static string For(WinMmfErrorId id, ErrorFacts facts) => Remedies.For(new WinMmfException(id, "It failed.", facts));
}
