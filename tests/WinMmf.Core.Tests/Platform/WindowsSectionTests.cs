using System;
using System.IO;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed unsafe class WindowsSectionTests : WindowsTest
{
    private const int Size = 4096;

    [SkippableTheory]
    [InlineData(NameScope.Local)]
    [InlineData(NameScope.Global)]
    public void A_name_is_gone_after_its_last_handle(NameScope scope)
    {
        SharedName name = NewName(scope);
        SharedSection creator = Create(name);
        SharedSection? reader = Platform.Sections.TryOpen(name, writable: false);
        Assert.NotNull(reader);

        creator.Dispose();
        Platform.Sections.TryOpen(name, writable: false)!.Dispose();

        reader!.Dispose();
        Assert.Null(Platform.Sections.TryOpen(name, writable: false));
    }

    [SkippableFact]
    public void A_view_alone_does_not_keep_the_name()
    {
        SharedName name = NewName();
        SafeKernelHandle handle = CreateForeignSection(name, "D:(A;;GA;;;WD)", Size);
        using SafeViewHandle view = Kernel32.MapViewOfFile(handle, AccessRights.FILE_MAP_READ, 0, 0, UIntPtr.Zero);
        Assert.False(view.IsInvalid);

        handle.Dispose();

        Assert.Null(Platform.Sections.TryOpen(name, writable: false));
    }

    [SkippableFact]
    public void A_name_of_another_type_of_object_is_told_apart()
    {
        SharedName name = NewName();
        using SafeKernelHandle other = CreateForeignEvent(name, string.Empty, "D:(A;;GA;;;WD)");

        WinMmfException opening = Assert.Throws<WinMmfException>(() => Platform.Sections.TryOpen(name, writable: false));
        WinMmfException creating = Assert.Throws<WinMmfException>(() => Create(name));

        Assert.Equal(WinMmfErrorId.WrongObjectType, opening.ErrorId);
        Assert.Equal(WinMmfErrorId.WrongObjectType, creating.ErrorId);
        Assert.Equal(Win32Error.ERROR_INVALID_HANDLE, opening.NativeErrorCode);
    }

    [SkippableFact]
    public void Creating_leaves_an_existing_section_as_it_is()
    {
        SharedName name = NewName();
        using SharedSection first = Create(name);
        first.Address[0] = 42;

        WinMmfException exception = Assert.Throws<WinMmfException>(() => Create(name));

        Assert.Equal(WinMmfErrorId.AlreadyExists, exception.ErrorId);
        Assert.Equal(Win32Error.ERROR_ALREADY_EXISTS, exception.NativeErrorCode);
        Assert.Equal(42, first.Address[0]);
    }

    [SkippableFact]
    public void A_section_that_was_only_reserved_is_refused_and_not_touched()
    {
        SharedName name = NewName();
        using SafeKernelHandle foreign = CreateForeignSection(name, "D:(A;;GA;;;WD)", Size, reserveOnly: true);

        WinMmfException exception = Assert.Throws<WinMmfException>(() => Platform.Sections.TryOpen(name, writable: false));

        Assert.Equal(WinMmfErrorId.Truncated, exception.ErrorId);
    }

    [SkippableTheory]
    [InlineData(0x1000u, 0x04u, true)]
    [InlineData(0x1000u, 0x02u, true)]
    [InlineData(0x1000u, 0x01u, false)]
    [InlineData(0x1000u, 0x104u, false)]
    [InlineData(0x2000u, 0x04u, false)]
    public void Pages_that_nobody_may_touch_are_not_readable(uint state, uint protect, bool isReadable) =>
        Assert.Equal(isReadable, new MemoryBasicInformation { State = state, Protect = protect }.IsReadable);

    [SkippableTheory]
    [InlineData("O:BGG:BGD:(A;;0x5;;;WD)(A;;0x5;;;OW)")]
    [InlineData("O:BGG:BGD:(A;;0x20005;;;WD)")]
    public void A_part_that_a_stranger_put_there_is_refused_also_where_its_owner_is_kept_back(string sddl)
    {
        SharedName name = NewName();
        using SharedSection whole = Create(name);
        using SafeKernelHandle planted = CreateForeignSection(name, sddl, Size, suffix: SharedName.Pixels(1));
        WindowsSectionStore sections = new();
        WinMmfException e = Assert.Throws<WinMmfException>(() => sections.TryOpen(name, SharedName.Pixels(1), writable: false));
        Assert.Equal(WinMmfErrorId.ForeignOwner, e.ErrorId);
    }

    [SkippableTheory]
    [InlineData("S-1-5-21-1", "S-1-5-21-1", false)]
    [InlineData("S-1-5-21-1", "S-1-5-21-2", true)]
    [InlineData("", "S-1-5-21-2", true)]
    [InlineData("S-1-5-21-1", "", false)]
    public void Whose_a_part_is_is_told_wherever_it_is_told_of_the_whole(string part, string whole, bool isForeign) =>
        Assert.Equal(isForeign, WindowsSectionStore.IsForeignPart(part, whole));

    [SkippableTheory]
    [InlineData("O:ANG:AND:(A;;GA;;;WD)", true)]
    [InlineData("D:(A;;GA;;;WD)", false)]
    public void A_strangers_section_of_a_file_is_refused_and_ones_own_is_used(string sddl, bool isRefused)
    {
        SharedName name = NewName();
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[Size]);
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            using SafeLocalMemory descriptor = WindowsSecurityDescriptor.TryConvert(sddl, out _)!;
            SecurityAttributes attributes = new() { Length = (uint)Marshal.SizeOf<SecurityAttributes>(), Descriptor = descriptor.Address };
            using SafeKernelHandle section = Kernel32.CreateFileMappingW(
                file.SafeFileHandle.DangerousGetHandle(), in attributes, WindowsSectionStore.PageReadWrite, 0, Size,
                    WindowsObjectName.For(name, ""));
            Assert.False(section.IsInvalid);
            if (!isRefused)
            {
                using SharedSection? own = Platform.Sections.TryOpen(name, writable: false);
                Assert.NotNull(own);
                return;
            }

            WinMmfException e = Assert.Throws<WinMmfException>(() => Platform.Sections.TryOpen(name, writable: false));
            Assert.Equal(WinMmfErrorId.NotTrusted, e.ErrorId);
            Assert.Contains(Path.GetFileName(path), e.Message, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [SkippableFact]
    public void The_size_is_the_mapped_one()
    {
        SharedName name = NewName();
        using SharedSection created = Platform.Sections.Create(name, 100_000, ObjectKind.PublisherSection, AccessPolicy.Private, _ => { });
        using SharedSection? opened = Platform.Sections.TryOpen(name, writable: false);

        Assert.Equal(25 * 4096, created.Size);
        Assert.Equal(created.Size, opened!.Size);
    }

    [SkippableFact]
    public void An_initialiser_that_fails_leaves_nothing()
    {
        SharedName name = NewName();

        Assert.Throws<InvalidOperationException>(() => Platform.Sections.Create(
            name, Size, ObjectKind.PublisherSection, AccessPolicy.Private, _ => throw new InvalidOperationException()));

        Assert.Null(Platform.Sections.TryOpen(name, writable: false));
    }

    [SkippableFact]
    public void Too_much_memory_is_an_error_that_says_what_there_is()
    {
        WinMmfException exception = Assert.Throws<WinMmfException>(
            () => Platform.Sections.Create(NewName(), 1L << 46, ObjectKind.PublisherSection, AccessPolicy.Private, _ => { }));

        Assert.Equal(WinMmfErrorId.OutOfSharedMemory, exception.ErrorId);
        Assert.Contains("MiB", exception.Message, StringComparison.Ordinal);
    }

    private SharedSection Create(SharedName name) =>
        Platform.Sections.Create(name, Size, ObjectKind.PublisherSection, AccessPolicy.Private, _ => { });
}
