using System;
using System.Runtime.InteropServices;

namespace WinMmf.Capture.Tests;

/// <summary>Memory at an address, as a slot's is.</summary>
internal sealed unsafe class NativeBytes : IDisposable
{
    private readonly int _length;

    public NativeBytes(int length)
    {
        _length = length;
        Address = Marshal.AllocHGlobal(length);
        Span.Clear();
    }

    public IntPtr Address { get; }

    public Span<byte> Span => new((void*)Address, _length);

    public void Dispose() => Marshal.FreeHGlobal(Address);
}
