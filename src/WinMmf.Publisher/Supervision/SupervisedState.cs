namespace WinMmf.Publisher.Supervision;

/// <summary>How a publisher of a configuration file is.</summary>
internal enum SupervisedState
{
    /// <summary>It has been started, and had no frame yet.</summary>
    Starting,

    /// <summary>It publishes.</summary>
    Live,

    /// <summary>It or its source failed, and is started again.</summary>
    Failed,

    /// <summary>It ended in good order, and is not started again.</summary>
    Ended,
}
