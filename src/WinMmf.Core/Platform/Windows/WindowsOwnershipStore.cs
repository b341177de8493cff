using System;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Processes;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>
/// Ownership as a section that exists while a publisher lives (protocol 10.5). What it says is for people and for later versions. Creating
/// a section in the Global scope needs a privilege, creating an event does not.
/// </summary>
internal sealed unsafe class WindowsOwnershipStore
{
    // IsOwned opens a handle for an instant, and so keeps a dead publisher's section alive that long.
    private const int Attempts = 5;
    private const int PauseMilliseconds = 10;

    private readonly IProcessProbe _processes;

    public WindowsOwnershipStore(IProcessProbe processes) => _processes = processes;

    /// <summary>
    /// Takes ownership of a channel, or of a memory while it is created; disposing releases it, and so does the end of the process, in
    /// whatever way.
    /// </summary>
    /// <exception cref="WinMmfException">
    /// ChannelInUse if a publisher is alive, ForeignOwner if another account has the name, AccessDenied.
    /// </exception>
    public IDisposable Acquire(SharedName name, SectionKind owned)
    {
        string fullName = WindowsObjectName.For(name, SharedName.OwnerSuffix);
        using WindowsSecurityDescriptor descriptor = WindowsSecurityDescriptor.For(ObjectKind.Ownership, AccessPolicy.Private);
        SecurityAttributes attributes = descriptor.Attributes;
        for (int attempt = 1; ; attempt++)
        {
            SafeKernelHandle handle = Kernel32.CreateFileMappingW(
                WindowsSectionStore.PageFile, in attributes, WindowsSectionStore.PageReadWrite, 0, OwnerLayout.Size, fullName);
            int error = Marshal.GetLastWin32Error();
            if (!handle.IsInvalid && error != Win32Error.ERROR_ALREADY_EXISTS)
            {
                Describe(handle, name, owned);
                return new WindowsOwnership(handle);
            }

            handle.Dispose();
            bool exists = error == Win32Error.ERROR_ALREADY_EXISTS || (error == Win32Error.ERROR_ACCESS_DENIED && IsOwned(name));
            if (exists)
                WindowsForeignObject.ThrowUnlessOursOrGone(fullName);
            if (!exists || attempt == Attempts)
                throw Refusal(name, fullName, descriptor.Described, exists ? Win32Error.ERROR_ALREADY_EXISTS : error);
            Thread.Sleep(PauseMilliseconds);
        }
    }

    /// <summary>True if a publisher is alive under this name, as far as this account can see.</summary>
    /// <remarks>Refused is also an answer: the section exists, and its publisher is another account's or runs with more rights.</remarks>
    public bool IsOwned(SharedName name) => WindowsObjectDirectory.HasSection(name.Scope, name.Name, SharedName.OwnerSuffix);

    /// <summary>Says in the section whose it is. Ownership is its existence: without room for a view it says nothing.</summary>
    private void Describe(SafeKernelHandle section, SharedName name, SectionKind owned)
    {
        using SafeViewHandle view = Kernel32.MapViewOfFile(section, AccessRights.FILE_MAP_WRITE, 0, 0, UIntPtr.Zero);
        if (!view.IsInvalid)
            OwnerRecord.Write((byte*)view.DangerousGetHandle(), owned, name, FolderTie.None, _processes.Current);
    }

    private static WinMmfException Refusal(SharedName name, string fullName, WindowsDescriptor descriptor, int error) =>
        error == Win32Error.ERROR_ALREADY_EXISTS
        ? new WinMmfException(
            WinMmfErrorId.ChannelInUse,
            $"A publisher of '{name}' is running already. Read its frames, stop it first, or choose another name.",
            error)
        : WindowsSectionStore.Refusal(name.Scope, fullName, size: OwnerLayout.Size, MemoryResidency.None, descriptor, error);
}
