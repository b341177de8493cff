using System;
using System.Runtime.InteropServices;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Capture.Tests.Fuzzing;

/// <summary>Bytes in place of a mapped section, as long as they are and no longer.</summary>
internal sealed unsafe class BytesSection : SharedSection
{
    private readonly byte* _bytes;

    public BytesSection(byte[] bytes)
    {
        Size = bytes.Length;
        _bytes = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, bytes.Length));
        bytes.CopyTo(new Span<byte>(_bytes, bytes.Length));
    }

    public override byte* Address => _bytes;

    public override long Size { get; }

    public override string Owner => "0";

    public override bool IsOwnedByCaller => false;

    public override bool CanOthersWrite => false;

    public override AccessPolicy? ReadPolicy() => null;

    public override bool IsWhole() => true;

    public override ResidentBytes Measure() => default;

    public override void Dispose() => NativeMemory.Free(_bytes);
}
