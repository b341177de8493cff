using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Names;

namespace WinMmf.Tests.Crate;

/// <summary>
/// Stands for a program built on the Rust crate winmmf 0.3 to 0.4: it knows the word and nothing else (docs/winmmf.md). Written from that
/// page; the steps of its lock are those of docs/protocol.md 8.1 for a client without a row.
/// </summary>
internal sealed unsafe class CrateProgram : IDisposable
{
    private const uint Writer = 0x8000_0000;
    private const uint Uninitialised = 0xFF00_0000;
    private const uint ReaderMask = 0x00FF_FFFF;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly uint* _word;

    private CrateProgram(MemoryMappedFile file, int size)
    {
        _file = file;
        Size = size;
        _view = file.CreateViewAccessor(0, size + sizeof(uint), MemoryMappedFileAccess.ReadWrite);
        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        _word = (uint*)address;
    }

    /// <summary>The bytes of data that it was told.</summary>
    public int Size { get; }

    public uint Word
    {
        get => Volatile.Read(ref *_word);
        set => Volatile.Write(ref *_word, value);
    }

    public Span<byte> Data => new(_word + 1, Size);

    /// <summary>What its <c>new</c> does before the lock is initialised: the section, zero, with a word of 0.</summary>
    public static CrateProgram BeginNew(SharedName name, int size)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return new CrateProgram(MemoryMappedFile.CreateNew($"{name.Scope}\\{name.Name}", size + sizeof(uint)), size);
        FileStream file = new(PathOf(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(size + sizeof(uint));
        return new CrateProgram(
            MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false), size);
    }

    /// <summary>Its <c>new</c>.</summary>
    public static CrateProgram New(SharedName name, int size)
    {
        CrateProgram program = BeginNew(name, size);
        program.EndNew();
        return program;
    }

    /// <summary>Its <c>open</c>.</summary>
    public static CrateProgram Open(SharedName name, int size) => new(
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? MemoryMappedFile.OpenExisting($"{name.Scope}\\{name.Name}", MemoryMappedFileRights.FullControl)
            : MemoryMappedFile.CreateFromFile(
                new FileStream(PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), null, 0,
                MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, false), size);

    /// <summary>The end of its <c>new</c>: uninitialised, then free, whatever stood there.</summary>
    public void EndNew()
    {
        Word = Uninitialised;
        Interlocked.CompareExchange(ref *_word, 0, Uninitialised);
    }

    public bool TryLockRead() =>
        TryChange(static word => (word & Uninitialised) != Uninitialised && (word & Writer) == 0, static word => word + 1);

    /// <summary>False where the crate fails, and its <c>read</c> then ends the program.</summary>
    public bool TryUnlockRead() =>
        TryChange(static word => (word & Uninitialised) != Uninitialised && (word & Writer) == 0 && word != 0, static word => word - 1);

    public bool TryLockWrite() => TryChange(
        static word => (word & Uninitialised) != Uninitialised && (word & Writer) == 0 && (word & ReaderMask) == 0,
        static word => word | Writer);

    public bool TryUnlockWrite() => TryChange(
        static word => (word & Uninitialised) != Uninitialised && (word & Writer) != 0 && (word & ReaderMask) == 0,
        static word => word ^ Writer);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    /// <summary>Where another program's memory lies on Linux, with a name that WinMmf opens.</summary>
    public static string PathOf(SharedName name) =>
        name.Scope == NameScope.Global ? $"/dev/shm/winmmf.{name.Name}" : $"/dev/shm/winmmf-{geteuid()}.{name.Name}";

    [DllImport("libc")]
    private static extern uint geteuid();

    private bool TryChange(Func<uint, bool> isAllowed, Func<uint, uint> next)
    {
        while (true)
        {
            uint seen = Word;
            if (!isAllowed(seen))
                return false;
            if (Interlocked.CompareExchange(ref *_word, next(seen), seen) == seen)
                return true;
        }
    }
}
