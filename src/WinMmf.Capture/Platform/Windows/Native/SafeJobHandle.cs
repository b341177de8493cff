using Microsoft.Win32.SafeHandles;

namespace WinMmf.Capture.Platform.Windows.Native;

/// <summary>A job object.</summary>
internal sealed class SafeJobHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public SafeJobHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => Kernel32.CloseHandle(handle);
}
