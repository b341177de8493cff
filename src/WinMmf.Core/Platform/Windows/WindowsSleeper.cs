using System;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Platform.Windows;

/// <summary>
/// A reader's end: it waits for the event of its row, with no right but SYNCHRONIZE. Without a row or an event it
/// looks at the newest word every few milliseconds.
/// </summary>
internal sealed unsafe class WindowsSleeper : ISleeper
{
    private const uint WaitObject0 = 0;
    private const uint WaitTimeout = 258;
    private const uint WaitFailed = 0xFFFF_FFFF;
    private const int LongestPauseMilliseconds = 4;
    private const int ReopenMilliseconds = 1000;
    private readonly string? _eventName;
    private readonly uint* _newest;
    private SafeKernelHandle? _event;
    private int _openedAt;

    public WindowsSleeper(SharedName name, int row, uint* newest)
    {
        _newest = newest;
        if (row is > 0 and <= RowLayout.Most)
        {
            _eventName = WindowsObjectName.For(name, SharedName.Wake(row));
            OpenEvent();
        }
    }

    /// <inheritdoc/>
    public bool Sleep(uint seen, int milliseconds)
    {
        if (Volatile.Read(ref *_newest) != seen)
            return false;

        // The publisher may not have created its events yet when the reader opened the channel.
        if (_event is null && _eventName is not null && unchecked(Environment.TickCount - _openedAt) >= ReopenMilliseconds)
            OpenEvent();

        switch (_event is null ? WaitFailed : Kernel32.WaitForSingleObject(_event, (uint)Math.Max(0, milliseconds)))
        {
            case WaitObject0:
                return true;
            case WaitTimeout:
                return false;
            default:
                SleepByTime(seen, milliseconds);
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _event?.Dispose();
        _event = null;
    }

    private void SleepByTime(uint seen, int milliseconds)
    {
        int pause = 1;
        for (int left = milliseconds; left > 0 && Volatile.Read(ref *_newest) == seen; left -= pause)
        {
            pause = Math.Min(Math.Min(pause * 2, LongestPauseMilliseconds), left);
            Thread.Sleep(pause);
        }
    }

    private void OpenEvent()
    {
        _openedAt = Environment.TickCount;
        SafeKernelHandle handle = Kernel32.OpenEventW(AccessRights.SYNCHRONIZE, inherit: false, _eventName!);
        if (!handle.IsInvalid)
        {
            _event = handle;
            return;
        }

        handle.Dispose();
    }
}
