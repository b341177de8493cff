using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Hosting;

/// <summary>
/// Tells systemd, or the Service Control Manager of Windows, how the program is, where one of them started it: ready, alive, at its end.
/// </summary>
internal static class SystemHost
{
    /// <summary>True if one of them started this process and waits for its word.</summary>
    public static bool IsPresent => IsSystemd || WindowsServiceHelpers.IsWindowsService();

    // The variable alone says it: whoever sets it waits for messages, systemd itself or a container's manager.
    private static bool IsSystemd =>
        !WindowsServiceHelpers.IsWindowsService() && Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 };

    /// <summary>Does the work under the system's eyes, and gives its exit code.</summary>
    /// <param name="work">Gets the way to tell that it lives, and what ends it.</param>
    public static int Run(Func<Action, CancellationToken, int> work)
    {
        // Empty: nothing is read from the current folder, the environment or the command line.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        if (IsSystemd)
        {
            builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
            builder.Services.AddSingleton<IHostLifetime, SystemdLifetime>();
        }

        builder.Services.AddWindowsService();
        builder.Services.Configure<HostOptions>(static options =>
        {
            options.ShutdownTimeout = TimeSpan.FromSeconds(20);
            options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        using IHost host = builder.Build();
        ISystemdNotifier? systemd = host.Services.GetService<ISystemdNotifier>();
        IHostApplicationLifetime life = host.Services.GetRequiredService<IHostApplicationLifetime>();
        int code = ExitCode.Failed;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping);
        host.Start();
        Task working = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    code = work(() => systemd?.Notify(new ServiceState("WATCHDOG=1")), end.Token);
                }
                finally
                {
                    // A service that ends by itself has to say with which code; else it counts as stopped by somebody.
                    PublisherPlatform.Current.EndService(host.Services.GetRequiredService<IHostLifetime>(), code);
                    life.StopApplication();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        host.WaitForShutdown();
        working.GetAwaiter().GetResult();
        return code;
    }
}
