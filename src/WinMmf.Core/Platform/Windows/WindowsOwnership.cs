using System;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>Ownership of a channel: the section exists for as long as this handle, or one that a child inherited.</summary>
internal sealed class WindowsOwnership : IDisposable
{
    public WindowsOwnership(SafeKernelHandle handle) => Handle = handle;

    /// <summary>The section, for a child process that is to share in the ownership.</summary>
    public SafeKernelHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
