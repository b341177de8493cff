using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>What a completion says of a memory.</summary>
internal static class Tooltip
{
    public static string For(SharedMemoryReport report)
    {
        string owner = report.Owner.IsEmpty
            ? "" : $", process {report.Owner.ProcessId}{(report.OwnerProgram is null ? "" : $" ({report.OwnerProgram})")}";
        return report switch
        {
            { Channel: ChannelReport channel } =>
                $"{report.Name}: channel, {channel.State}{(channel.Newest is FrameInfo newest ? $", {newest.Format}" : "")}, "
                    + $"{channel.Source}{owner}",
            { Error: WinMmfException error } => $"{report.Name}: {error.ErrorId}",
            { Kind: SharedMemoryKind.Memory } => $"{report.Name}: memory, {report.Size} bytes, {report.Lock}{owner}",
            _ => $"{report.Name}: {report.Kind}",
        };
    }
}
