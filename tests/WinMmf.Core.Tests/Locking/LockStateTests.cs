using System;
using System.Collections.Generic;
using WinMmf.Locking;
using WinMmf.Tests.Schedules;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>
/// States of a lock that its rules lead to, drawn at random: rows of the living and the dead, with their parts of the word or without, and
/// foreign readers. A recovery leaves exactly what the living and the foreign ones have (docs/protocol.md 8.5).
/// </summary>
public sealed class LockStateTests
{
    private const int Rounds = 3_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_recovery_leaves_what_the_living_and_the_foreign_ones_have(bool includeForeign)
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            SteppedLockMemory memory = new(new Schedule(new Choices()));
            uint living = 0;
            bool deadWriterHasPart = false;
            int foreign = 0;
            List<string> rows = [];
            bool isWritten = random.Next(3) == 0;
            int clients = random.Next(1, 5);
            int writerRow = isWritten ? random.Next(1, clients + 1) : 0;
            for (int row = 1; row <= clients; row++)
            {
                // Nobody has a part beside a writer's; a dead row in state 2 or 4 may have one or not.
                bool isDead = random.Next(2) == 0;
                LockMode mode = row == writerRow ? LockMode.Write : (LockMode)random.Next(1, 3);
                bool mayHavePart = isWritten ? row == writerRow : mode == LockMode.Read;
                LockRowState state = (LockRowState)(isDead ? random.Next(1, 5) : random.Next(2) == 0 ? 1 : 3);
                if (!mayHavePart && state == LockRowState.Held)
                    state = LockRowState.Waiting;
                bool hasPart = state == LockRowState.Held || (mayHavePart && state != LockRowState.Waiting && random.Next(2) == 0);
                if (isDead)
                    memory.LeaveDead(row, mode, state, hasPart);
                else
                    memory.Place(row, mode, state, hasPart);
                if (hasPart && !isDead)
                    living = new LockWord(living).Taken(mode, marked: true);
                deadWriterHasPart |= hasPart && isDead && mode == LockMode.Write;
                rows.Add($"{row} {(isDead ? "dead" : "alive")} {mode} {state} {hasPart}");
            }

            if (!new LockWord(memory.Word).IsWriteLocked)
            {
                foreign = random.Next(3);
                for (int i = 0; i < foreign; i++)
                    memory.Exchange(memory.Word + LockWord.ForeignReader, 0);
            }

            string what = $"seed {seed}: {string.Join("; ", rows)}; {foreign} foreign";
            SteppedClient client = new(memory, 9, windows: seed % 2 == 0);
            Assert.True(client.Rescue(includeForeign) == LockRescue.Outcome.Done, what);
            uint expected = living + (includeForeign ? 0 : (uint)foreign * LockWord.ForeignReader);
            Assert.True(expected == memory.Word, $"{what}: {memory.Word:X8} instead of {expected:X8}");
            Assert.True(memory.IsHalfWritten == deadWriterHasPart, what);
        }
    }
}
