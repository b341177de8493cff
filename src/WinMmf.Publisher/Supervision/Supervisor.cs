using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Names;

namespace WinMmf.Publisher.Supervision;

/// <summary>
/// Runs the publishers of a configuration file, one process each, and applies changes of the file to those alone that they concern. A file
/// that became invalid changes nothing.
/// </summary>
internal sealed class Supervisor : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly SupervisorNews _news;
    private readonly ConfigurationWatch _watch;
    private readonly Dictionary<SharedName, SupervisedPublisher> _publishers = new();

    /// <param name="path">The file's full path.</param>
    /// <param name="news">Receives what happens.</param>
    public Supervisor(string path, SupervisorNews news)
    {
        _path = path;
        _news = news;
        _watch = new ConfigurationWatch(path);
    }

    /// <summary>Called again and again while this works; a system that watches over it ends what falls silent.</summary>
    public Action Alive { get; init; } = static () => { };

    /// <summary>The publishers that there are.</summary>
    public IReadOnlyCollection<SupervisedPublisher> Publishers => _publishers.Values;

    /// <summary>Starts what a valid configuration says, stops what it does not say, and leaves alone what has not changed.</summary>
    public void Apply(PublisherConfiguration configuration)
    {
        Dictionary<SharedName, ConfigurationEntry> wanted = configuration.Entries.ToDictionary(static entry => entry.Request.Name);
        SupervisedPublisher[] leaving =
        [
            .. _publishers.Values.Where(
                publisher => !wanted.TryGetValue(publisher.Entry.Request.Name, out ConfigurationEntry? entry)
                    || !entry.IsSameAs(publisher.Entry)),
        ];

        // All of them before the first start: a camera may have moved to another entry.
        foreach (SupervisedPublisher publisher in leaving)
            publisher.AskToEnd();
        foreach (SupervisedPublisher publisher in leaving)
        {
            publisher.Dispose();
            _publishers.Remove(publisher.Entry.Request.Name);
        }

        int untouched = _publishers.Count;
        int changed = leaving.Count(publisher => wanted.ContainsKey(publisher.Entry.Request.Name));
        foreach (ConfigurationEntry entry in configuration.Entries)
        {
            if (_publishers.ContainsKey(entry.Request.Name))
                continue;
            SupervisedPublisher publisher = new(entry, _news);
            _publishers.Add(entry.Request.Name, publisher);
            publisher.Start();
        }

        _news.Applied(_path, _publishers.Count - untouched - changed, leaving.Length - changed, changed, untouched);
    }

    /// <summary>Runs until it is told to end, or until every publisher was stopped or came to its end.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        while (!cancellationToken.WaitHandle.WaitOne(Interval))
        {
            Alive();
            if (_watch.HasChanged())
                Reload();
            if (_publishers.Count > 0 && _publishers.Values.All(static publisher => publisher.State == SupervisedState.Ended))
            {
                _news.Say("ended", "every publisher was stopped or came to its end");
                return;
            }
        }
    }

    /// <summary>Ends all publishers.</summary>
    public void Dispose()
    {
        foreach (SupervisedPublisher publisher in _publishers.Values)
            publisher.AskToEnd();
        foreach (SupervisedPublisher publisher in _publishers.Values)
            publisher.Dispose();
        _publishers.Clear();
    }

    private void Reload()
    {
        try
        {
            PublisherConfiguration configuration = ConfigurationFile.ReadWithCameras(_path);
            _news.Faults(_path, configuration.Faults);
            if (configuration.IsValid)
                Apply(configuration);
            else
                _news.Say("refused", $"{_path} was changed and has errors, so nothing is changed");
        }
        catch (WinMmfException e)
        {
            _news.Say("refused", $"{_path} was changed, and nothing else is: {e.ErrorId}: {e.Message}");
        }
    }
}
