using System;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace WinMmf.Benchmarks.Transports;

/// <summary>A mapping as .NET gives it: named on Windows, a file in /dev/shm elsewhere.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly string? _path;

    private MappedFile(MemoryMappedFile file, string? path)
    {
        _file = file;
        _path = path;
        _view = file.CreateViewAccessor();
        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Address = address;
    }

    public byte* Address { get; }

    public static MappedFile Create(string name, long length)
    {
        if (OperatingSystem.IsWindows())
            return new MappedFile(MemoryMappedFile.CreateNew(name, length), null);
        string path = PathOf(name);
        MappedFile mapped = new(MemoryMappedFile.CreateFromFile(path, FileMode.CreateNew, null, length), path);

        // Page faults are not what is compared.
        new Span<byte>(mapped.Address, checked((int)length)).Clear();
        return mapped;
    }

    public static MappedFile Open(string name) =>
        new(OperatingSystem.IsWindows()
            ? MemoryMappedFile.OpenExisting(name)
            : MemoryMappedFile.CreateFromFile(PathOf(name), FileMode.Open), null);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
        if (_path is not null)
            File.Delete(_path);
    }

    private static string PathOf(string name) => Path.Combine("/dev/shm", name);
}
