using System.Collections.Generic;
using System.Threading;
using Xunit;
using Xunit.Abstractions;

namespace WinMmf.Wine.Runner;

/// <summary>Collects the tests of an assembly.</summary>
internal sealed class DiscoverySink : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly List<ITestCase> _cases = new();
    private readonly ManualResetEventSlim _finished = new();

    /// <summary>Waits until discovery is complete.</summary>
    public List<ITestCase> Wait()
    {
        _finished.Wait();
        return _cases;
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage discovered:
                _cases.Add(discovered.TestCase);
                break;
            case IDiscoveryCompleteMessage:
                _finished.Set();
                break;
        }

        return true;
    }
}
