using WinMmf.Benchmarks.Reporting;

namespace WinMmf.Benchmarks.Scenarios;

/// <summary>One part of the comparison.</summary>
internal interface IScenario
{
    /// <summary>The part's name for <c>--only</c>.</summary>
    string Name { get; }

    /// <summary>Measures and puts what came out into the results.</summary>
    void Run(Effort effort, Results results);
}
