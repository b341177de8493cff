using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
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

    /// <summary>How long a machine may take for what takes it a moment, before it counts as never.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

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

    /// <summary>A row; null if the publisher says that there is none. A loaded machine may take its time to say so.</summary>
    public static ReaderRow? TryGetRow(SharedName name, SharedSection control, uint epoch, string label)
    {
        ReaderRow? row = Platform.Channels.TryGetRow(name, control, epoch, label, out RowRequest? unanswered);
        using (unanswered)
        {
            Assert.True(
                unanswered is null || unanswered.TryFinish((int)Patience.TotalMilliseconds, out row),
                "The publisher has not said in time whether there is a row.");
        }

        return row;
    }

    /// <summary>A reader whose publisher has said whether it gets a row.</summary>
    public static FrameReader OpenReader(SharedName name, FrameReaderOptions? options = null)
    {
        FrameReader reader = FrameReader.Open(name.Name, name.Scope, options);
        Assert.True(HasAnswer(reader), "The publisher has not said in time whether there is a row.");
        return reader;
    }

    /// <summary>True once a reader's publisher has said whether it gets a row.</summary>
    public static bool HasAnswer(FrameReader reader) => Soon(() =>
    {
        // Notices a new publisher too, and asks it.
        reader.Wait(long.MaxValue, TimeSpan.FromMilliseconds(1));
        return !reader.IsAwaitingRow;
    });

    /// <summary>True once a condition holds; the kernel tidies up after a killed process in its own time.</summary>
    public static bool Soon(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
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
