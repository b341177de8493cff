using System;
using System.Collections.Generic;
using System.Threading;
using Xunit;
using Xunit.Abstractions;

namespace WinMmf.Wine.Runner;

/// <summary>Counts results and prints each failure when it happens, so that a later crash does not hide it.</summary>
internal sealed class ExecutionSink : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly ManualResetEventSlim _finished = new();
    private readonly RunCounts _counts = new();
    private readonly int _expected;
    private readonly List<string> _ran;
    private readonly bool _verbose;
    private readonly Watchdog _watchdog;
    private int _ended;

    /// <param name="expected">Test cases that must end.</param>
    /// <param name="ran">Takes the results.</param>
    /// <param name="verbose">Prints each test as it begins.</param>
    /// <param name="watchdog">Is told what runs.</param>
    public ExecutionSink(int expected, List<string> ran, bool verbose, Watchdog watchdog)
    {
        _expected = expected;
        _ran = ran;
        _verbose = verbose;
        _watchdog = watchdog;
    }

    /// <summary>Waits until the last test has ended.</summary>
    public RunCounts Wait()
    {
        _finished.Wait();
        return _counts;
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        lock (_counts)
        {
            Handle(message);
        }

        return true;
    }

    private void Handle(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestStarting starting:
                _watchdog.Begin(starting.Test.DisplayName);
                if (_verbose)
                    Console.WriteLine($"     {starting.Test.DisplayName}");
                break;
            case ITestPassed passed:
                _counts.Passed++;
                _ran.Add($"passed\t{passed.Test.DisplayName}");
                break;
            case ITestSkipped skipped:
                _counts.Skipped++;
                _ran.Add($"skipped\t{skipped.Test.DisplayName}");
                Console.WriteLine($"SKIP {skipped.Test.DisplayName}: {skipped.Reason}");
                break;
            case ITestFailed failed:
                _ran.Add($"failed\t{failed.Test.DisplayName}");
                Fail(failed.Test.DisplayName, failed);
                if (!string.IsNullOrWhiteSpace(failed.Output))
                    Console.WriteLine($"     output: {failed.Output.TrimEnd()}");
                break;
            case ITestCleanupFailure failure:
                Fail($"{failure.Test.DisplayName} (clean-up)", failure);
                break;
            case ITestClassCleanupFailure failure:
                Fail($"{failure.TestClass.Class.Name} (clean-up of the class)", failure);
                break;
            case ITestCollectionCleanupFailure failure:
                Fail($"{failure.TestCollection.DisplayName} (clean-up of the collection)", failure);
                break;
            case ITestAssemblyCleanupFailure failure:
                Fail("clean-up of the assembly", failure);
                break;
            case IErrorMessage error:
                Fail("xunit", error);
                break;
            case ITestCaseFinished:
                _ended++;
                break;
            case ITestAssemblyFinished:
                if (_ended < _expected)
                {
                    _counts.Failed++;
                    Console.WriteLine($"FAIL only {_ended} of {_expected} test cases ran to their end");
                }

                _finished.Set();
                break;
        }

        if (message is ITestFinished finished)
            _watchdog.Finish(finished.Test.DisplayName);
    }

    private void Fail(string what, IFailureInformation failure)
    {
        _counts.Failed++;
        Console.WriteLine($"FAIL {what}");
        for (int i = 0; i < failure.Messages.Length; i++)
        {
            Console.WriteLine($"     {failure.ExceptionTypes[i]}: {failure.Messages[i]}");
            Console.WriteLine(failure.StackTraces[i]);
        }
    }
}
