using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>The system's list of handles, made by hand as an administrator and as others see it; runs everywhere.</summary>
public sealed class WindowsHolderCandidatesTests
{
    private const uint Self = 100;
    private const ushort Section = 42;
    private static readonly IntPtr Ours = new(0x44);

    [Fact]
    public void Where_the_list_tells_the_objects_only_holders_are_left_and_nobody_has_to_be_looked_into()
    {
        List<SystemHandleInformation> table =
        [
            Handle(4, 0x8, 0x1000), Handle(600, 0x10, 0x2000), Handle(Self, 0x40, 0x3000), Handle(Self, 0x44, 0x9000),
                Handle(700, 0x44, 0x9000), Handle(700, 0x48, 0x9000), Handle(Self, 0x50, 0x9000), Handle(600, 0x9000, 0x4000),
        ];
        WindowsHolderCandidates chosen = WindowsHolderCandidates.Choose(
            table, Ours, Self, () => throw new InvalidOperationException("no names are needed"));
        Assert.True(chosen.IsExact);
        Assert.Equal([Self, 700u], chosen.Processes.Select(process => process.Key).Order());
        Assert.Equal([1, 2], chosen.Processes.Select(process => process.Value.Count).Order());
    }

    [Fact]
    public void Where_it_hides_them_sections_are_compared_and_guarded_programs_never_opened()
    {
        List<SystemHandleInformation> table = [Handle(Self, 0x44, 0), Handle(0, 4, 0), Handle(4, 0x8, 0), Handle(600, 0x10, 0),
            Handle(700, 0x10, 0), Handle(800, 0x10, 0), Handle(800, 0x14, 0), Handle(900, 0x18, 0, type: 7), Handle(Self, 0x50, 0)];
        Dictionary<uint, string> programs = new() { [4] = "System", [600] = "LSASS.exe", [700] = "pwsh.exe", [800] = "explorer.exe" };
        WindowsHolderCandidates chosen = WindowsHolderCandidates.Choose(table, Ours, Self, () => programs);
        Assert.False(chosen.IsExact);
        Assert.Equal([Self, 700u, 800u], chosen.Processes.Select(process => process.Key));
    }

    [Fact]
    public void A_list_without_our_own_handle_says_nothing()
    {
        WindowsHolderCandidates chosen = WindowsHolderCandidates.Choose(
            [Handle(700, 0x44, 0x9000)], Ours, Self, () => new Dictionary<uint, string>());
        Assert.Empty(chosen.Processes);
    }

    private static SystemHandleInformation Handle(uint process, int handle, long target, ushort type = Section) =>
        new() { ProcessId = new IntPtr((int)process), Handle = new IntPtr(handle), Object = new IntPtr(target), ObjectTypeIndex = type };
}
