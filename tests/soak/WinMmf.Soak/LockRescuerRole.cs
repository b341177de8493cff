using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Names;

namespace WinMmf.Soak;

/// <summary>Frees what dead owners have, as an administrator's script would.</summary>
internal static class LockRescuerRole
{
    public static int Run(string name)
    {
        bool ended = false;
        new Thread(() =>
        {
            Console.In.ReadToEnd();
            Volatile.Write(ref ended, true);
        })
        { IsBackground = true }.Start();
        Console.WriteLine("ready");
        SharedName shared = new(name, NameScope.Local);
        while (!Volatile.Read(ref ended))
        {
            try
            {
                LockReport report = LockInspector.Inspect(name, NameScope.Local);
                foreach (uint dead in report.Owners.Where(static owner => !owner.IsAlive).Select(static owner => owner.Process.ProcessId)
                    .Distinct())
                    Console.WriteLine("dead " + dead.ToString(CultureInfo.InvariantCulture));
                if (report.Verdict == LockVerdict.Abandoned)
                {
                    LockRecoveryReport done = LockRecovery.Recover(shared);
                    Console.WriteLine(done.HasChanged ? "freed" : "nothing");
                }
                else if (report.Verdict is LockVerdict.Corrupt or LockVerdict.Foreign)
                {
                    Console.WriteLine($"VERDICT {report.Verdict}: {string.Join(" ", report.Evidence)}");
                }
                else if (report.Verdict == LockVerdict.Uncertain)
                {
                    Console.WriteLine("uncertain");
                }
            }
            catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.LockHeld or WinMmfErrorId.NotReady or WinMmfErrorId.LockUndecided)
            {
                // Another rescuer was quicker, or a client is stopped in the middle.
                Console.WriteLine("refused " + e.ErrorId);
            }

            Thread.Sleep(2);
        }

        return 0;
    }
}
