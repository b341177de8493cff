using System;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Tests.Memory;

/// <summary>A section of another account, which took the name after it was looked at. Nothing in it may be touched.</summary>
internal sealed unsafe class StrangersSection(SharedSection real, string owner) : SharedSection
{
    public override byte* Address => throw new InvalidOperationException("A stranger's section was touched.");

    public override long Size => real.Size;

    public override string Owner => owner;

    public override bool IsOwnedByCaller => false;

    public override bool CanOthersWrite => false;

    public override AccessPolicy? ReadPolicy() => throw new InvalidOperationException("A stranger's section was touched.");

    public override bool IsWhole() => throw new InvalidOperationException("A stranger's section was touched.");

    public override ResidentBytes Measure() => default;

    public override void Dispose() => real.Dispose();
}
