using System;
using System.Collections.Generic;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace WinMmf.Wine.Runner;

/// <summary>Finds and runs the tests of one assembly with xunit's own framework.</summary>
internal sealed class AssemblyRun
{
    private readonly Assembly _assembly;
    private readonly RunOptions _options;
    private readonly Watchdog _watchdog;

    public AssemblyRun(Assembly assembly, RunOptions options, Watchdog watchdog)
    {
        _assembly = assembly;
        _options = options;
        _watchdog = watchdog;
    }

    /// <summary>Runs what the options select. A run that ends before each of them has ended is a failure.</summary>
    /// <param name="ran">Takes the results: what came out, a tab, and the test's name.</param>
    public RunCounts Execute(List<string> ran)
    {
        FrameworkOptions frameworkOptions = new();

        // One at a time: timing tests share few cores, and a hang then has one name.
        frameworkOptions.SetValue<bool?>("xunit.execution.DisableParallelization", true);

        using XunitTestFramework framework = new(new NullMessageSink());
        DiscoverySink discovery = new();
        using (ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(_assembly)))
        {
            discoverer.Find(includeSourceInformation: false, discovery, frameworkOptions);
            List<ITestCase> cases = discovery.Wait().FindAll(IsSelected);
            if (cases.Count == 0)
                return new RunCounts();

            ExecutionSink execution = new(cases.Count, ran, _options.Verbose, _watchdog);
            using ITestFrameworkExecutor executor = framework.GetExecutor(_assembly.GetName());
            executor.RunTests(cases, execution, frameworkOptions);
            return execution.Wait();
        }
    }

    private bool IsSelected(ITestCase test) =>
        test.DisplayName.Contains(_options.Filter, StringComparison.OrdinalIgnoreCase)
        && !(test.Traits.TryGetValue("Category", out List<string>? categories) && categories.Exists(_options.ExcludedCategories.Contains));
}
