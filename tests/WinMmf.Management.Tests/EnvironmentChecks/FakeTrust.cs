using WinMmf.Management.Platform;

namespace WinMmf.Management.Tests.EnvironmentChecks;

/// <summary>Says of a path what it is told to say, where the path lies there or below.</summary>
internal sealed class FakeTrust : IProgramTrust
{
    public ForeignWriter? Writer { get; init; }

    public ForeignWriter? FindWriter(string path) =>
        Writer is not null && path.StartsWith(Writer.Path, System.StringComparison.Ordinal) ? Writer : null;

    public ForeignWriter? FindOrdinaryWriter(string path, string? account) => Writer?.Account == account ? null : FindWriter(path);
}
