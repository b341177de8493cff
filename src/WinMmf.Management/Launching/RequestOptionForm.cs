namespace WinMmf.Management.Launching;

/// <summary>How an option is written.</summary>
internal enum RequestOptionForm
{
    /// <summary>It has one value.</summary>
    Value,

    /// <summary>It may be given several times, each with one value.</summary>
    List,

    /// <summary>It is given or not.</summary>
    Switch,

    /// <summary>It is on, off or not given.</summary>
    Toggle,
}
