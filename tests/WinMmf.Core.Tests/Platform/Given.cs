using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>What most tests need.</summary>
internal static unsafe class Given
{
    public const uint Magic = 0xFF46_4D57;

    public static IPlatform Platform => PlatformServices.Current;

    public static IManagementPlatform Management => ManagementServices.Current;

    public static AccessPolicy Everyone { get; } = new(["Everyone"]);

    public static SharedName NewName(NameScope scope = NameScope.Local) =>
        new($"test.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.{Guid.NewGuid():N}", scope);

    public static SharedSection Create(
        SharedName name,
        long size = 4096,
        ObjectKind kind = ObjectKind.PublisherSection,
        AccessPolicy? policy = null) =>
        Platform.Sections.Create(name, size, kind, policy ?? AccessPolicy.Private, static section => *(uint*)section.Address = Magic);

    public static WinMmfErrorId ErrorOf(Action action) => Assert.Throws<WinMmfException>(action).ErrorId;

    /// <summary>True once a condition holds; the kernel tidies up after a killed process in its own time.</summary>
    public static bool Soon(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(10))
                return false;
            Thread.Sleep(10);
        }

        return true;
    }

    /// <summary>Does the same in several threads at once; the first fault of any is the test's.</summary>
    public static void InParallel(int threads, Action action)
    {
        ConcurrentQueue<Exception> faults = new();
        using Barrier start = new(threads);
        Thread[] all = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            all[i] = new Thread(() =>
            {
                try
                {
                    start.SignalAndWait();
                    action();
                }
                catch (Exception e)
                {
                    faults.Enqueue(e);
                }
            });
            all[i].Start();
        }

        foreach (Thread thread in all)
            Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "A thread does not end.");
        if (faults.TryDequeue(out Exception? fault))
            throw new InvalidOperationException("A thread failed: " + fault.Message, fault);
    }

    public static bool Exists(SharedName name)
    {
        using SharedSection? section = Platform.Sections.TryOpen(name, writable: false);
        return section is not null;
    }

    public static void SkipUnlessLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has this.");

    public static void SkipUnlessRoot() => Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Needs root on Linux.");
}
