using System;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Platform.Windows;

/// <summary>Ownership as an event that exists while a publisher lives (protocol section 1.1).</summary>
internal sealed class WindowsOwnershipStore : IOwnershipStore
{
    // Whoever asks IsOwned has a handle for an instant, and so keeps a dead publisher's event alive that long.
    private const int Attempts = 5;
    private const int PauseMilliseconds = 10;

    /// <inheritdoc/>
    public IDisposable Acquire(SharedName name)
    {
        string fullName = WindowsObjectName.For(name, SharedName.OwnerSuffix);
        using WindowsSecurityDescriptor descriptor = WindowsSecurityDescriptor.For(ObjectKind.Ownership, AccessPolicy.Private);
        SecurityAttributes attributes = descriptor.Attributes;
        for (int attempt = 1; ; attempt++)
        {
            SafeKernelHandle handle = Kernel32.CreateEventW(in attributes, manualReset: true, initialState: false, fullName);
            int error = Marshal.GetLastWin32Error();
            if (!handle.IsInvalid && error != Win32Error.ERROR_ALREADY_EXISTS)
                return new WindowsOwnership(handle);

            handle.Dispose();
            if (error is Win32Error.ERROR_ALREADY_EXISTS or Win32Error.ERROR_ACCESS_DENIED)
                WindowsForeignObject.ThrowUnlessOurEvent(fullName);
            if (error != Win32Error.ERROR_ALREADY_EXISTS || attempt == Attempts)
                throw Refusal(name, fullName, error);
            Thread.Sleep(PauseMilliseconds);
        }
    }

    /// <inheritdoc/>
    public bool IsOwned(SharedName name)
    {
        string fullName = WindowsObjectName.For(name, SharedName.OwnerSuffix);
        using SafeKernelHandle handle = Kernel32.OpenEventW(AccessRights.SYNCHRONIZE, inherit: false, fullName);
        int error = Marshal.GetLastWin32Error();

        // Refused is also an answer: the event exists, another account's publisher has it.
        return !handle.IsInvalid || error == Win32Error.ERROR_ACCESS_DENIED;
    }

    private static WinMmfException Refusal(SharedName name, string fullName, int error) => error switch
    {
        Win32Error.ERROR_ALREADY_EXISTS => new WinMmfException(
            WinMmfErrorId.ChannelInUse,
            $"A publisher of '{name}' is running already. Read its frames, stop it first, or choose another name.",
            error),
        Win32Error.ERROR_ACCESS_DENIED => new WinMmfException(
            WinMmfErrorId.AccessDenied,
            $"The account {WindowsError.CurrentName()} may not create '{fullName}'. Choose another name, or run as an account that may create objects in this session.",
            error),
        Win32Error.ERROR_INVALID_HANDLE => WindowsError.WrongType(fullName, "event", error),
        _ => WindowsError.Unexpected($"Taking ownership of '{name}'", error),
    };
}
