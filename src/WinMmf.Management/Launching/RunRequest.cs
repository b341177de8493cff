using System;
using System.Collections.Generic;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Control;

namespace WinMmf.Management.Launching;

/// <summary>Which configuration file a process that is started detached shall run.</summary>
internal sealed class RunRequest : LaunchRequest
{
    /// <summary>The argument that names the file.</summary>
    internal const string ConfigurationArgument = "--configuration";

    private static readonly RequestOptionMaker<RunRequest> Option = new();

    /// <summary>Makes a request.</summary>
    /// <param name="configuration">The file.</param>
    public RunRequest(string configuration)
        : base(default) => Configuration = configuration;

    /// <summary>Its options.</summary>
    internal static IReadOnlyList<RequestOption<RunRequest>> Options { get; } =
    [
        Option.Text("log-path", static r => r.LogPath, static (r, v) => r.LogPath = v)
            .With("FILE", "Write what happens to the publishers to this file, too.", "--log"),
        Option.Seconds("settle", static r => r.Settle, static (r, v) => r.Settle = v, 0, PublishLimits.MostSeconds)
            .With("SECONDS", "With --request-stdin: say how the publishers are once all have had a frame or failed, or after this time."),
    ];

    /// <summary>The file.</summary>
    public string Configuration { get; private set; }

    /// <summary>A file for the log; null: none.</summary>
    public string? LogPath { get; set; }

    /// <summary>How long publishers may take until it is said how they are; null: 10 s.</summary>
    public TimeSpan? Settle { get; set; }

    internal override string Verb => "run";

    internal override string Subject => $"The process that is to run '{Configuration}'";

    internal override string Missing => "was not ready";

    private protected override IReadOnlyList<string> NameArguments => [ConfigurationArgument, Configuration];

    /// <inheritdoc/>
    public override void Check()
    {
        foreach (RequestOption<RunRequest> option in Options)
            option.Check(this);
    }

    internal override void ResolvePaths()
    {
        try
        {
            Configuration = Path.GetFullPath(Configuration);
            if (LogPath is not null)
                LogPath = Path.GetFullPath(LogPath);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"A path is impossible: {e.Message} Correct it.", 0, e);
        }
    }

    internal override ControlMessage ToMessage() => ToMessage(Options);

    internal override IReadOnlyList<string> ToArguments() => ToArguments(Options);

    /// <summary>Takes over what a message says.</summary>
    internal void Read(ControlMessage message) => Read(message, Options);
}
