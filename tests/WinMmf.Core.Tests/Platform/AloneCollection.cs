using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Suites that count files and folders of /dev/shm: no other test of this process lists or removes meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
