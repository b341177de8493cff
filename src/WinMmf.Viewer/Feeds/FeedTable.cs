using System.Collections.Generic;
using System.Threading;

namespace WinMmf.Viewer.Feeds;

/// <summary>The feeds that clients use now.</summary>
internal sealed class FeedTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FeedKey, ChannelFeed> _feeds = [];

    /// <summary>How many feeds work, for tests.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                int running = 0;
                foreach (ChannelFeed feed in _feeds.Values)
                    running += feed.IsRunning ? 1 : 0;
                return running;
            }
        }
    }

    /// <summary>The feed for these pictures.</summary>
    public ChannelFeed Get(FeedKey key)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(key, out ChannelFeed? feed))
            {
                RemoveResting();
                feed = new ChannelFeed(key);
                _feeds.Add(key, feed);
            }

            return feed;
        }
    }

    /// <summary>Names that were asked for once must not be kept for ever. Who still holds such a feed can use it all the same.</summary>
    private void RemoveResting()
    {
        foreach ((FeedKey key, ChannelFeed feed) in _feeds)
        {
            if (!feed.IsRunning)
                _feeds.Remove(key);
        }
    }
}
