using System;
using System.Collections.Generic;
using Xunit.Sdk;

namespace WinMmf.Tests.Schedules;

/// <summary>Tries the orders of a scenario's steps: all of them within a bound, then some drawn without one.</summary>
internal static class Explorer
{
    /// <summary>Runs a scenario in one order after the other.</summary>
    /// <param name="scenario">Makes the participants of one run: from nothing, each time.</param>
    /// <param name="preemptions">How often, in all, a participant is put aside that could go on.</param>
    /// <param name="crashes">How many participants are killed, each between any two of its steps.</param>
    /// <param name="drawn">How many orders are drawn afterwards, in which any step may be followed by anybody's.</param>
    /// <returns>How many orders there were within the bounds.</returns>
    public static int Explore(Func<Schedule, Choices, Scenario> scenario, int preemptions, int crashes, int drawn = 0)
    {
        Choices choices = new();
        using Schedule schedule = new(choices);
        int count = 0;
        do
        {
            Try(schedule, scenario(schedule, choices), preemptions, crashes, $"order {count}");
            count++;
        }
        while (choices.Advance());

        for (int seed = 0; seed < drawn; seed++)
        {
            choices.Draw(seed);
            Try(schedule, scenario(schedule, choices), int.MaxValue, crashes, $"seed {seed}");
        }

        return count;
    }

    private static void Try(Schedule schedule, Scenario scenario, int preemptions, int crashes, string which)
    {
        schedule.Crashed = scenario.Crashed;
        schedule.MayPutAside = scenario.MayPutAside;
        Exception? failure = schedule.Run(scenario.Participants, preemptions, crashes);
        try
        {
            if (failure is null)
                scenario.AtTheEnd();
        }
        catch (Exception e)
        {
            failure = e;
        }

        if (failure is not null)
            throw new XunitException($"{which}: {failure}\n{schedule.Describe()}");
    }
}

/// <summary>Who takes steps, and what must be true when all are through.</summary>
/// <param name="Participants">What each does, and whether it may be killed.</param>
/// <param name="Crashed">What becomes of one who is killed.</param>
/// <param name="AtTheEnd">Looks at what is left.</param>
/// <param name="MayPutAside">Before which steps one may be put aside that could go on; null: before each.</param>
internal sealed record Scenario(
    IReadOnlyList<(Action Body, bool MayCrash)> Participants, Action<int> Crashed, Action AtTheEnd, Func<string, bool>? MayPutAside = null);
