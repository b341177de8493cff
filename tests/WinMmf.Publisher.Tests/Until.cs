using System;
using System.Diagnostics;
using System.Threading;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>Waits for what happens in another process.</summary>
internal static class Until
{
    public static void True(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), what);
            Thread.Sleep(20);
        }
    }
}
