using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace WinMmf.Benchmarks.Running;

/// <summary>The machine that measured.</summary>
internal static class Machine
{
    public static bool CanPin { get; } = OperatingSystem.IsLinux()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "taskset")));

    public static string Processor => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/cpuinfo").Where(static line => line.StartsWith("model name", StringComparison.Ordinal))
            .Select(static line => line[(line.IndexOf(':') + 1)..].Trim()).FirstOrDefault("unknown processor")
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown processor";

    public static bool IsVirtual =>
        OperatingSystem.IsLinux() && File.ReadAllText("/proc/cpuinfo").Contains("hypervisor", StringComparison.Ordinal);

    public static string System => RuntimeInformation.OSDescription;

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    /// <summary>Runnable processes on average over the last minute; NaN where the system does not say.</summary>
    public static double Load =>
        OperatingSystem.IsLinux()
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], global::System.Globalization.CultureInfo.InvariantCulture)
        : double.NaN;
}
