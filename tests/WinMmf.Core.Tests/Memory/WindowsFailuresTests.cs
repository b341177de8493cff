using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Memory;

#pragma warning disable CA1416 // Skipped elsewhere.

/// <summary>What is behind a name that does not open, on Windows: see <see cref="FiveFailuresTests"/>.</summary>
public sealed class WindowsFailuresTests : WindowsTest
{
    [SkippableTheory]
    [InlineData("Event")]
    [InlineData("Mutant")]
    [InlineData("Semaphore")]
    public void What_is_no_section_is_of_the_wrong_type_and_its_type_is_named(string type)
    {
        SharedName name = NewName();
        string full = WindowsObjectName.For(name, "");
        using WaitHandle other = type switch
        {
            "Event" => new EventWaitHandle(false, EventResetMode.AutoReset, full),
            "Mutant" => new Mutex(false, full),
            _ => new Semaphore(1, 1, full),
        };

        foreach (Action use in (Action[])[.. FiveFailuresTests.Opens(name.Name), .. FiveFailuresTests.Creates(name)])
            Assert.Contains(type, FiveFailuresTests.Expect(WinMmfErrorId.WrongObjectType, Win32Error.ERROR_INVALID_HANDLE, use).Message,
                StringComparison.Ordinal);
        Assert.Equal(WinMmfErrorId.WrongObjectType, SharedMemoryCatalogue.Look(name)?.Error?.ErrorId);
    }

    [SkippableFact]
    public void Whom_the_access_list_does_not_let_in_is_denied()
    {
        SharedName name = NewName();
        using SafeKernelHandle foreign = CreateForeignSection(name, "D:P(A;;GA;;;AN)", 4096);

        FiveFailuresTests.Expect(WinMmfErrorId.AccessDenied, Win32Error.ERROR_ACCESS_DENIED, () => NamedMemory.Open(name.Name, name.Scope));
    }

    [SkippableTheory]
    [InlineData(Win32Error.ERROR_ACCESS_DENIED, NameScope.Global, false, WinMmfErrorId.PrivilegeNotHeld)]
    [InlineData(Win32Error.ERROR_ACCESS_DENIED, NameScope.Global, true, WinMmfErrorId.CreationDenied)]
    [InlineData(Win32Error.ERROR_ACCESS_DENIED, NameScope.Local, false, WinMmfErrorId.CreationDenied)]
    [InlineData(Win32Error.ERROR_PRIVILEGE_NOT_HELD, NameScope.Global, false, WinMmfErrorId.PrivilegeNotHeld)]
    [InlineData(Win32Error.ERROR_PRIVILEGE_NOT_HELD, NameScope.Global, true, WinMmfErrorId.PrivilegeNotHeld)]
    [InlineData(Win32Error.ERROR_INVALID_HANDLE, NameScope.Global, false, WinMmfErrorId.WrongObjectType)]
    public void A_missing_privilege_is_told_from_an_access_list(int error, NameScope scope, bool mayCreateGlobal, WinMmfErrorId expected)
    {
        // Wine refuses no account, so the test injects the answer.
        WinMmfException e = WindowsError.Creation(@"Global\x", scope, 4096, error, exists: false, mayCreateGlobal);
        Assert.Equal((expected, error), (e.ErrorId, e.NativeErrorCode));
        Assert.Equal(expected == WinMmfErrorId.PrivilegeNotHeld && !mayCreateGlobal,
            e.Message.Contains("SeCreateGlobalPrivilege", StringComparison.Ordinal));
    }
}
