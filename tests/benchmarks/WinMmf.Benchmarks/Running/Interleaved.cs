using System;
using System.Collections.Generic;
using System.Linq;

namespace WinMmf.Benchmarks.Running;

/// <summary>Runs blocks of several contenders in turns, so that whatever the machine does meanwhile meets them all.</summary>
internal sealed class Interleaved
{
    private readonly List<(string Name, Func<BlockOutcome> Run)> _sides = new();
    private readonly Dictionary<string, List<BlockOutcome>> _outcomes = new();

    public void Add(string name, Func<BlockOutcome> run)
    {
        _sides.Add((name, run));
        _outcomes.Add(name, new List<BlockOutcome>());
    }

    /// <summary>Runs rounds: each side once a round, forwards and backwards in turns.</summary>
    /// <param name="warmUp">Rounds whose results are thrown away.</param>
    /// <param name="rounds">Rounds that count.</param>
    public void Run(int warmUp, int rounds)
    {
        for (int round = -warmUp; round < rounds; round++)
        {
            for (int i = 0; i < _sides.Count; i++)
            {
                (string name, Func<BlockOutcome> run) = _sides[(round & 1) == 0 ? i : _sides.Count - 1 - i];
                BlockOutcome outcome = run();
                if (outcome.Torn != 0)
                    throw new InvalidOperationException(
                        $"{name}: {outcome.Torn} torn frames in a block. No figure of this run can be trusted.");
                if (round >= 0)
                    _outcomes[name].Add(outcome);
            }
        }
    }

    public IReadOnlyList<BlockOutcome> Outcomes(string name) => _outcomes[name];

    /// <summary>Median and interval of a figure.</summary>
    public Estimate Figure(string name, Func<BlockOutcome, double> figure) => Statistics.MedianWithInterval(_outcomes[name].Select(figure));

    /// <summary>Median and interval of the ratios of a figure within each round.</summary>
    public Estimate Ratio(string name, string to, Func<BlockOutcome, double> figure) =>
        Statistics.MedianWithInterval(_outcomes[name].Zip(_outcomes[to], (a, b) => figure(a) / figure(b)));
}
