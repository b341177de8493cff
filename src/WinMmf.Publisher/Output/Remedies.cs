using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Remedies;

namespace WinMmf.Publisher.Output;

/// <summary>
/// What to do about each error, as a person at this program's command line does it. Errors carry facts only; this table is the one
/// place that turns their ids and facts into advice.
/// </summary>
internal static class Remedies
{
    private const string Program = "WinMmf.Publisher";
    private const string OtherName = "Choose another name with --name.";

    /// <summary>The advice for an error; null where the message says it all.</summary>
    public static string? For(WinMmfException error)
    {
        ErrorFacts facts = error.Facts;
        return facts.IsMessageAdvised ? null : error.ErrorId switch
        {
            WinMmfErrorId.InvalidName => OtherName,
            WinMmfErrorId.InvalidSize or WinMmfErrorId.InvalidFormat or WinMmfErrorId.InvalidArgument => $"See: {Program} --help",
            WinMmfErrorId.AlreadyExists or WinMmfErrorId.ForeignChannel or WinMmfErrorId.WrongObjectType or WinMmfErrorId.NotAMemory =>
                OtherName,
            WinMmfErrorId.ChannelInUse =>
                $"Read it with '{Command("read", facts)}', stop its publisher with '{Command("stop", facts)}', or choose another name.",
            WinMmfErrorId.NotFound when facts.Name is not null =>
                $"{NearName.Hint(facts.Name, facts.Scope)}'{Program} list' shows what there is.",
            WinMmfErrorId.NotAChannel => $"'{Program} list' shows which channels there are.",
            WinMmfErrorId.CorruptHeader or WinMmfErrorId.Truncated or WinMmfErrorId.ChannelIncomplete =>
                "Stop its readers, then start its publisher again.",
            WinMmfErrorId.VersionMismatch => "Use the same release of WinMmf on both sides.",
            WinMmfErrorId.OutOfSharedMemory => facts.Path is null
                ? "Use fewer --slots or a smaller size, enlarge the page file, or end programs that need much memory."
                : $"Use fewer --slots or a smaller size, or enlarge {facts.Path}: {SystemRemedy.EnlargeSharedMemory(facts.Path)}",
            WinMmfErrorId.SharedMemoryMissing when facts.Path is string folder => SystemRemedy.MountSharedMemory(folder),
            WinMmfErrorId.CreationDenied when facts.Path is not null => SystemRemedy.OpenSharedMemory(facts.Path),
            WinMmfErrorId.OutOfLargePages =>
                $"{SystemRemedy.StartEarly} {SystemRemedy.CompactMemory} '--resident Locked' needs no large pages.",
            WinMmfErrorId.LargePagesUnavailable => $"'--resident Locked' needs no large pages. On Linux: {SystemRemedy.AllowLargePages}",
            WinMmfErrorId.LockedMemoryLimit or WinMmfErrorId.PrivilegeNotHeld when facts.Right == "CAP_IPC_LOCK" =>
                $"Leave out --resident. {SystemRemedy.RaiseLockLimit}",
            WinMmfErrorId.PrivilegeNotHeld when facts.Right == "SeCreateGlobalPrivilege" =>
                "Publish from a service, as SYSTEM or elevated; or use '--scope Local'.",
            WinMmfErrorId.PrivilegeNotHeld when facts.Right == "SeLockMemoryPrivilege" =>
                "Use '--resident Locked', or let an administrator assign the right to this account.",
            WinMmfErrorId.AccessDenied => facts.Owner is null
                ? "Let its owner or an administrator give this account access."
                : $"Let {facts.Owner} or an administrator give this account access.",
            WinMmfErrorId.LocalIsPrivate => "Use '--scope Global'.",
            WinMmfErrorId.UnknownAccount => "Name an account of this machine, on Linux a group, or Everyone.",
            WinMmfErrorId.ForeignOwner =>
                facts.Path is null ? OtherName : $"Let its owner or root remove {facts.Path}, or choose another name.",
            WinMmfErrorId.NotTrusted => "Let its owner remove it and start the publisher again, or choose another name.",
            WinMmfErrorId.ChannelLost => "Start the publisher again under another name, or end the program that took the name.",
            WinMmfErrorId.SourceUnreachable => "Check the address, the network and the server.",
            WinMmfErrorId.SourceBusy => "End the program that uses the device, or read the channel that it publishes.",
            WinMmfErrorId.CameraNotFound =>
                $"Plug it in, or pass it into the container or virtual machine; '{Program} devices' lists what there is.",
            WinMmfErrorId.CameraAmbiguous => $"Name one by its id, which '{Program} devices' shows.",
            WinMmfErrorId.NoBandwidth => "Plug it or another camera into another USB controller, or ask for a smaller size, "
                + "a lower rate or JPEG pictures (--pixel-format mjpg).",
            WinMmfErrorId.InvalidConfiguration => "Correct these lines of the file.",
            WinMmfErrorId.ConfigurationInUse => "Nothing needs to be started: a change of the file is applied by itself.",
            WinMmfErrorId.PublisherDenied => "Use the account that started the publisher, or an elevated prompt (Linux: root).",
            WinMmfErrorId.PublisherUnreachable =>
                facts.ProcessId is int process ? $"End process {process}." : $"'{Program} list' shows its process.",
            WinMmfErrorId.PublisherEnded => "Nothing needs to be stopped; a publisher of the same name takes the channel over.",
            WinMmfErrorId.Timeout =>
                facts.Operation == ErrorOperation.Kill ? "Unplug its camera, or restart the machine." : "Wait longer with --timeout.",
            WinMmfErrorId.ProgramNotFound when facts.Program == "ffmpeg" => $"{FfmpegProgram.HowToGet} Or name it with --ffmpeg.",
            WinMmfErrorId.WrongOwner => "If that account is meant, name it with --owner.",
            WinMmfErrorId.ProgramNotTrusted => SystemRemedy.SecureProgram(facts.Path),
            WinMmfErrorId.FileNotFound => "Check the path.",
            WinMmfErrorId.FileExists or WinMmfErrorId.FileReadOnly => "Choose another file name.",
            WinMmfErrorId.DiskFull => "Free some space there, or choose a folder on another drive.",
            WinMmfErrorId.SaveFailed => "Choose a folder that exists and that you may write to.",
            WinMmfErrorId.NotReady => "Try again; if it stays so, end the program that is creating it.",
            _ => null,
        };
    }

    /// <summary>An error as one text: what happened, and what to do.</summary>
    public static string Describe(WinMmfException error) => For(error) is string remedy ? $"{error.Message} {remedy}" : error.Message;

    private static string Command(string verb, ErrorFacts facts)
    {
        string option = facts.Name?.StartsWith('-') == true ? "--name " : "";
        string scope = facts.Scope is null ? "" : $" --scope {facts.Scope}";
        return $"{Program} {verb} {option}{ShellText.Quote(facts.Name ?? "", "NAME")}{scope}";
    }
}
