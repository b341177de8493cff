using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Viewer.Platform;
using WinMmf.Viewer.Serving;

namespace WinMmf.Viewer;

/// <summary>One viewer from its start to its end: says where it is, and serves until a signal, or until no client has come.</summary>
internal static class ViewerSession
{
    /// <summary>Serves.</summary>
    /// <exception cref="WinMmfException">NotSupported: this account must not; InvalidArgument: the port.</exception>
    public static async Task RunAsync(ViewerSettings settings)
    {
        if (ViewerAccount.IsSystem)
            throw new WinMmfException(
                WinMmfErrorId.NotSupported, "The viewer does not run as SYSTEM: start it from the account of the person who looks.");
        if (ViewerAccount.IsRoot && !settings.IsDetached)
            Console.Error.WriteLine("Warning: the viewer runs as root, so its address shows the channels of all accounts.");
        await using ViewerServer server = await StartAsync(settings);
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUp);
        using DesktopBrowser browser = new(Environment.GetEnvironmentVariable);
        server.Entered += browser.Forget;
        string address = $"{server.Address}?token={server.Token.Value}{settings.Query}";
        string? reason = settings.Opens
            ? browser.TryOpen(address, $"{server.Address}{AccessGuard.EntryPath[1..]}?code={server.Token.IssueEntry()}{settings.Query}")
            : null;
        await TellAsync(settings, address, reason, server.Address.Port);
        await Task.WhenAny(asked.Task, server.Idle);

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            asked.TrySetResult();
        }

        void HangUp(PosixSignalContext context)
        {
            context.Cancel = true;
            if (!settings.IsDetached)
                asked.TrySetResult();
        }
    }

    private static async Task<ViewerServer> StartAsync(ViewerSettings settings)
    {
        try
        {
            return await ViewerServer.StartAsync(settings.Port, settings.IdleLimit);
        }
        catch (IOException e)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                $"Port {settings.Port} cannot be used: {e.Message} Give no port, to get one that is free.", 0, e);
        }
    }

    private static async Task TellAsync(ViewerSettings settings, string address, string? reason, int port)
    {
        bool isRemote = settings.Opens && SshSession.Is(Environment.GetEnvironmentVariable);
        string tunnel = isRemote ? SshSession.TunnelCommand(Environment.GetEnvironmentVariable, port, Environment.UserName) : "";
        if (settings.IsDetached)
        {
            ControlMessage ready = new(ViewerLauncher.Ready)
            {
                ["pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
                [ViewerLauncher.AddressField] = address,
                [ViewerLauncher.OpenedField] = settings.Opens && reason is null ? "true" : "false",
                [ViewerLauncher.ReasonField] = reason ?? "",
                [ViewerLauncher.TunnelField] = tunnel,
            };
            await Console.Out.WriteAsync(ready.ToString());
        }
        else
        {
            await Console.Out.WriteLineAsync(address);
            if (reason is not null)
                await Console.Error.WriteLineAsync($"{reason} Open the address yourself.");
            if (isRemote)
                await Console.Error.WriteLineAsync($"To open it at the other end, run this there first: {tunnel}");
        }

        await Console.Out.FlushAsync();
        if (settings.IsDetached)
            DetachedProcess.LetGoOfStarter();
    }
}
