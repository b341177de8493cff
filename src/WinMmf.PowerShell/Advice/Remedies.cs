using System.Diagnostics;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Launching;
using WinMmf.Management.Remedies;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.PowerShell.Advice;

/// <summary>
/// What to do about each error, as a person at a PowerShell prompt does it. Errors carry facts only; this table is the one place that
/// turns their ids and facts into advice. <c>about_WinMmf_Errors</c> has an entry for each id.
/// </summary>
internal static class Remedies
{
    /// <summary>What is missing is no name but the registration of a publisher.</summary>
    internal const string Registration = "Registration";

    private const string LockedInstead = "Or use -Resident Locked, which needs no large pages.";

    /// <summary>The advice for an error; null if its message says what to do, because that has to do with no shell.</summary>
    public static string? Find(WinMmfException error) => error.Facts.IsMessageAdvised ? null : For(error);

    /// <summary>The advice for an error whose message has none.</summary>
    public static string For(WinMmfException error)
    {
        ErrorFacts facts = error.Facts;
        return error.ErrorId switch
        {
            WinMmfErrorId.InvalidName => "Choose another name.",
            WinMmfErrorId.InvalidSize => ForSize(facts),
            WinMmfErrorId.InvalidFormat => "Choose another size or pixel format; save a compressed frame as .jpg or .raw.",
            WinMmfErrorId.InvalidArgument => "Correct the value; Get-Help with -Parameter says what each parameter takes.",
            WinMmfErrorId.InvalidAccess => facts.Account is null
                ? "Change the accounts or the descriptor; about_WinMmf_Access says what each system can express."
                : $"Name a group such as {PowerShellText.Quote(facts.Account)}, or Everyone.",
            WinMmfErrorId.LocalIsPrivate => "Create the memory with -Scope Global and -ReadAccess.",
            WinMmfErrorId.NotAMember =>
                "Name a group that this account is in, run this as root, or add the account to the group ('usermod -aG' as root) and sign "
                    + "in again.",
            WinMmfErrorId.GroupTaken =>
                "Revoke the access of that group first, make all readers members of one group, or grant to Everyone.",
            WinMmfErrorId.AccessListUnusable =>
                $"Replace the access list: {new CommandText("Set-SharedMemoryAccess").On(facts).WithWord("ReadAccess", "ACCOUNT")}",
            WinMmfErrorId.LabelDenied => "Leave the label out of the descriptor, give a lower one, or run this elevated.",
            WinMmfErrorId.UnknownAccount =>
                "Name an account as DOMAIN\\name or as a SID, on Linux a group, or use Everyone, Users, Interactive, Administrators or "
                    + "System.",
            WinMmfErrorId.AlreadyExists => ForExisting(facts),
            WinMmfErrorId.ChannelInUse => $"Read it with {new CommandText("Get-SharedFrame").On(facts)}, stop its publisher with "
                + $"{new CommandText("Stop-CameraPublisher").On(facts)}, or publish under another name.",
            WinMmfErrorId.ForeignChannel => facts.Owner is null
                ? "Publish under another name."
                : $"Publish under another name, or let {facts.Owner} start the publisher.",
            WinMmfErrorId.NotFound => ForMissing(facts),
            WinMmfErrorId.NotAChannel => $"Choose a channel; {new CommandText("Get-SharedMemoryInfo").On(facts)} shows what has that name.",
            WinMmfErrorId.NotAMemory => $"Choose a plain memory, or read the channel with {new CommandText("Get-SharedFrame").On(facts)}",
            WinMmfErrorId.WrongObjectType => facts.Path is null
                ? "Choose another name."
                : $"Choose another name, or remove {facts.Path} if no program needs it.",
            WinMmfErrorId.CorruptHeader or WinMmfErrorId.Truncated => ForDamaged(facts),
            WinMmfErrorId.ChannelIncomplete =>
                $"Start the publisher again: {new CommandText("Start-CameraPublisher").On(facts).WithWord("Path", "SOURCE")}",
            WinMmfErrorId.VersionMismatch => "Use the same release of WinMmf on both sides.",
            WinMmfErrorId.FrameOverwritten =>
                "Discard what was read and take a new frame; for long work copy the frame with Get-SharedFrame.",
            WinMmfErrorId.BufferTooSmall => "Use a buffer of the size that the format of the frame says.",
            WinMmfErrorId.OutOfBounds => "Give a smaller -Offset or -Count, or less data.",
            WinMmfErrorId.OutOfSharedMemory => facts.Path is null
                ? "Use fewer or smaller slots, enlarge the page file, or end programs that need much memory."
                : $"Use fewer or smaller slots, remove what killed processes left (Remove-SharedMemory -Name *), or enlarge {facts.Path}: "
                    + $"{SystemRemedy.EnlargeSharedMemory(facts.Path)}",
            WinMmfErrorId.SharedMemoryMissing when facts.Path is string folder => SystemRemedy.MountSharedMemory(folder),
            WinMmfErrorId.OutOfAddressSpace => "Use a 64-bit PowerShell, or fewer or smaller slots.",
            WinMmfErrorId.OutOfLargePages => $"{SystemRemedy.StartEarly} {SystemRemedy.CompactMemory} {LockedInstead}",
            WinMmfErrorId.LargePagesUnavailable => $"{LockedInstead} On Linux: {SystemRemedy.AllowLargePages}",
            WinMmfErrorId.LockedMemoryLimit => facts.Right == "CAP_IPC_LOCK"
                ? $"Use fewer or smaller slots, or leave out -Resident Locked. {SystemRemedy.RaiseLockLimit}"
                : $"Use fewer or smaller slots, end programs that need much memory, or run as an account with the right {facts.Right}.",
            WinMmfErrorId.AccessDenied => ForDenied(facts),
            WinMmfErrorId.MemoryReadOnly => facts.Operation == ErrorOperation.Lock
                ? "Open it without -ReadOnly; to read without the lock use -NoLock, which may meet half-written data."
                : "Open it without -ReadOnly.",
            WinMmfErrorId.CreationDenied => facts.Path is null
                ? "Choose another name, or run as an account that may create objects in this session."
                : SystemRemedy.OpenSharedMemory(facts.Path),
            WinMmfErrorId.OwnerOnly => facts.Owner is null
                ? "Run this as its owner, or as an administrator (Linux: root)."
                : $"Run this as {facts.Owner}, or as an administrator (Linux: root).",
            WinMmfErrorId.PublisherDenied => facts.Owner is null
                ? "Use the account that started the publisher, or an elevated prompt (Linux: root)."
                : $"Use the account {facts.Owner}, or an elevated prompt (Linux: root).",
            WinMmfErrorId.ElevationRequired => "Start PowerShell as an administrator ('Run as administrator') and try again.",
            WinMmfErrorId.PrivilegeNotHeld => ForPrivilege(facts),
            WinMmfErrorId.PrivilegeNotAssigned => facts.Owner is null
                ? "Nothing needs to be taken away."
                : $"Take it from {facts.Owner}, or take the account out of that group.",
            WinMmfErrorId.ChangeNotKept => "Look at 'User Rights Assignment' in secpol.msc.",
            WinMmfErrorId.ForeignOwner => facts.Path is null
                ? $"End the program that made it ({new CommandText("Get-SharedMemoryHolder").On(facts)}, as an administrator, shows which "
                    + "has it open), or choose another name."
                : $"Let its owner or root remove {facts.Path} ({new CommandText("Remove-SharedMemory").On(facts)}), "
                    + "or choose another name.",
            WinMmfErrorId.NotTrusted => facts.Path is null
                ? "Let its owner remove it and start the publisher again, or choose another name."
                : $"Let its owner or root remove {facts.Path}, or choose another name.",
            WinMmfErrorId.ConfirmationUnavailable => "Run it in an interactive shell, or without the question: -Confirm:$false",
            WinMmfErrorId.ChannelLost => "Start the publisher again under another name, or end the program that took the name.",
            WinMmfErrorId.SourceUnreachable =>
                "Check the address, the network and the server; ping or a player shows whether it can be reached.",
            WinMmfErrorId.SourceBusy =>
                "End the program that uses the device, or publish from it once and read the channel in all programs.",
            WinMmfErrorId.CameraNotFound =>
                "Plug it in, or pass it into the container or virtual machine; Get-CameraDevice lists what there is.",
            WinMmfErrorId.CameraAmbiguous => "Name one by its id, which Get-CameraDevice shows.",
            WinMmfErrorId.NoBandwidth => "Plug it or another camera into another USB controller, or ask for a smaller size, "
                + "a lower rate or JPEG pictures (-PixelFormat Mjpg).",
            WinMmfErrorId.InvalidConfiguration =>
                "Correct these lines of the file; Test-CameraConfigurationFile looks at it again.",
            WinMmfErrorId.ConfigurationInUse => "Nothing needs to be started: a change of the file is applied by itself.",
            WinMmfErrorId.AccessOutOfStep => $"{new CommandText("Get-SharedMemoryAccess").On(facts)} shows what differs; "
                + $"{new CommandText("Set-SharedMemoryAccess").On(facts).WithWord("ReadAccess", "ACCOUNT")}, run by the owner, makes all "
                + "objects the same.",
            WinMmfErrorId.NotReady => ForUnready(facts),
            WinMmfErrorId.Timeout => ForTimeout(facts),
            WinMmfErrorId.AlreadyLocked => $"Give the lock back first: {new CommandText("Unlock-SharedMemory").On(facts)}",
            WinMmfErrorId.NotLocked =>
                $"{new CommandText("Get-SharedMemoryLock").On(facts)} shows who has it; what a dead owner left is freed with -Force.",
            WinMmfErrorId.LockHeld => ForHeld(facts),
            WinMmfErrorId.LockUndecided => facts.Operation == ErrorOperation.Recover
                ? "Let that process go on or end it, then try again."
                : ForForeign(facts),
            WinMmfErrorId.LockOwnerNotFound => $"{new CommandText("Get-SharedMemoryLock").On(facts)} lists its owners.",
            WinMmfErrorId.TooManyReaders =>
                $"{new CommandText("Debug-SharedMemoryLock").On(facts)} shows who they are. {ForForeign(facts)}",
            WinMmfErrorId.CorruptLock =>
                $"Check the data, for two programs may have written at once. {new CommandText("Debug-SharedMemoryLock").On(facts)} says "
                    + "more.",
            WinMmfErrorId.PublisherUnreachable => ForUnreachable(facts),
            WinMmfErrorId.PublisherEnded => ForEnded(facts),
            WinMmfErrorId.NotALeftover => ForUsed(facts),
            WinMmfErrorId.PublisherFailed => "Check the source and its options; -LogPath keeps what the publisher reports.",
            WinMmfErrorId.ProgramNotFound => facts.Program == "ffmpeg"
                ? FfmpegProgram.HowToGet
                : facts.Program == ViewerProgram.BaseName ? $"{SystemRemedy.FindViewer} -Terminal and -Once need none."
                : SystemRemedy.FindPublisher,
            WinMmfErrorId.ViewerFailed => "Install WinMmf again; -Terminal draws the channel without the viewer.",
            WinMmfErrorId.WrongOwner => $"{new CommandText("Get-SharedMemoryAccess").On(facts)} shows whose it is. "
                + $"Use it with -Owner {PowerShellText.Quote(facts.Owner ?? "ACCOUNT")} if that account is meant.",
            WinMmfErrorId.OwnerNotNamed => $"If it is meant, say whose it is: -Owner {PowerShellText.Quote(facts.Owner ?? "ACCOUNT")}",
            WinMmfErrorId.ProgramNotTrusted => SystemRemedy.SecureProgram(facts.Path),
            WinMmfErrorId.NotHeld => NearName.Hint(facts.Name, facts.Scope)
                + "Get-SharedMemory lists what this session holds, Get-SharedMemoryInfo what there is on this machine.",
            WinMmfErrorId.NotKept =>
                $"{new CommandText("Get-SharedMemoryHolder").On(facts)} shows which programs have it open; Get-SharedMemoryInfo shows in "
                    + "KeptBy what is kept.",
            WinMmfErrorId.FileNotFound => "Check the path; Get-ChildItem lists what a folder holds.",
            WinMmfErrorId.FileExists => "Replace it with -Force or without -NoClobber, or choose another name.",
            WinMmfErrorId.FileReadOnly => "Replace it with -Force, or choose another name.",
            WinMmfErrorId.DiskFull => "Free some space there, or choose a folder on another drive.",
            WinMmfErrorId.SaveFailed => "Choose a folder that exists and that you may write to.",
            WinMmfErrorId.NoPixels =>
                "Get-SharedFrame and Watch-SharedFrame give frames with their pixels; Select-Object and ConvertTo-Json leave them out.",
            WinMmfErrorId.NotSupported => ForUnsupported(facts),
            _ => "Try again; if it happens again, Export-WinMmfDiagnostic collects what a report needs.",
        };
    }

    private static string ForSize(ErrorFacts facts) => facts switch
    {
        { Available: not null } => "Give the width, the height and the pixel format that its publisher uses.",
        { Limit: long most } => $"Give a size of 1 to {most} bytes.",
        _ => "Give another size.",
    };

    private static string ForExisting(ErrorFacts facts) => facts.Kind switch
    {
        nameof(SharedMemoryKind.FrameChannel) => $"Read it with {new CommandText("Get-SharedFrame").On(facts)}, or choose another name.",
        nameof(SharedMemoryKind.Memory) => $"Open it with {new CommandText("Open-SharedMemory").On(facts)}, or choose another name.",
        _ => $"Choose another name; {new CommandText("Get-SharedMemoryInfo").On(facts)} shows what has this one.",
    };

    private static string ForEnded(ErrorFacts facts) => facts.Kind == nameof(SharedMemoryKind.Leftover)
        ? "Nothing needs to be stopped. Start-CameraPublisher with the same name takes its place; "
            + $"{new CommandText("Remove-SharedMemory").On(facts)} removes it."
        : "Nothing needs to be stopped. Start-CameraPublisher with the same name takes the channel over; it disappears with its last "
            + "reader.";

    private static string ForUsed(ErrorFacts facts) => facts.Kind == nameof(SharedMemoryKind.FrameChannel)
        ? $"Stop its publisher: {new CommandText("Stop-CameraPublisher").On(facts)}. It disappears with its last reader."
        : $"Close it in the programs that have it open; {new CommandText("Get-SharedMemoryHolder").On(facts)} shows them.";

    private static string ForMissing(ErrorFacts facts) => facts.Kind == Registration
        ? "Get-CameraPublisherRegistration lists what is registered; Register-CameraPublisher registers a publisher."
        : facts.Name is null
        ? "Try again: it may just have ended."
        : NearName.Hint(facts.Name, facts.Scope)
            + $"Get-SharedMemoryInfo lists what there is; {new CommandText("Wait-SharedMemory").On(facts)} waits for it; "
            + "Start-CameraPublisher and New-SharedMemory create one.";

    private static string ForDamaged(ErrorFacts facts) => facts.Kind == nameof(SharedMemoryKind.Memory) || facts.Needed is not null
        ? "Close it in all programs, and let its creator create it again."
        : "Stop its publisher and its readers, then start the publisher again.";

    private static string ForDenied(ErrorFacts facts)
    {
        string unlocked = facts.Operation == ErrorOperation.Lock
            ? " Taking the lock, for reading too, writes to the memory; -NoLock reads without it and may meet half-written data."
            : "";
        if (facts.Name is null || facts.Account is null || facts.Right is null)
            return $"Ask its owner for access; Test-SharedMemoryAccess says what is missing.{unlocked}";
        CommandText grant = new CommandText("Grant-SharedMemoryAccess").On(facts).With("Account", facts.Account);
        if (facts.Right != nameof(AccessRight.Read))
            grant.WithWord("Access", facts.Right);
        string who = facts.Owner is null ? "Its owner" : $"Its owner, {facts.Owner},";
        return $"{who} or an administrator can run: {grant}{(unlocked.Length > 0 ? "." : "")}{unlocked}";
    }

    private static string ForPrivilege(ErrorFacts facts) => facts.Right switch
    {
        nameof(SystemPrivilege.SeCreateGlobalPrivilege) => "Let a service or a task of SYSTEM create it with -Scope Global"
            + $"{(facts.Account is null ? " -ReadAccess ACCOUNT" : $" -ReadAccess {PowerShellText.Quote(facts.Account)}")}, "
            + "or use -Scope Local. Get-SharedMemoryPrivilege shows who has the right.",
        nameof(SystemPrivilege.SeLockMemoryPrivilege) => $"{LockedInstead} For large pages, as an administrator: "
            + $"{new CommandText("Grant-SharedMemoryPrivilege").WithWord("Privilege", facts.Right).WithAny("Account", facts.Account)}, "
            + "then sign in again.",
        "CAP_IPC_LOCK" => $"Leave out -Resident Locked. {SystemRemedy.RaiseLockLimit}",
        "SeSecurityPrivilege" => "Leave the entries of the type AU out of the descriptor, or run this elevated.",
        _ => "Run this elevated (Linux: as root); Get-SharedMemoryPrivilege shows who has the right.",
    };

    private static string ForUnready(ErrorFacts facts) => facts.Operation == ErrorOperation.Recover
        ? "Let that process go on or end it, then try again."
        : facts.Path is null
        ? "Try again; if it stays so, end the program that is creating it."
        : $"Let the other process go on or end it ('lslocks' shows which has {facts.Path} locked), then try again.";

    private static string ForTimeout(ErrorFacts facts) => facts.Operation switch
    {
        ErrorOperation.Lock => ForLockTimeout(facts),
        ErrorOperation.ReadFrame =>
            $"{new CommandText("Get-CameraPublisher").On(facts)} shows its publisher; wait longer with -TimeoutSec.",
        ErrorOperation.Start => "Check the source, or wait longer with -TimeoutSec.",
        ErrorOperation.Stop =>
            $"Wait longer with -TimeoutSec, or end the process: {new CommandText("Stop-CameraPublisher").On(facts).Switch("Force")}",
        ErrorOperation.Kill => "Unplug its camera, or restart the machine.",
        _ => NearName.Hint(facts.Name, facts.Scope) + "Wait longer with -TimeoutSec; Get-SharedMemoryInfo shows what there is.",
    };

    /// <summary>
    /// Programs that leave no row: freeing a living reader of the crate winmmf ends its program, so who has the memory open comes first.
    /// </summary>
    private static string ForForeign(ErrorFacts facts) =>
        $"{new CommandText("Get-SharedMemoryHolder").On(facts)} names the programs that have the memory open: wait for them, or end them. "
            + $"When none of them is left that can have the lock: {Free(facts).Switch("IncludeForeign")}";

    private static string ForLockTimeout(ErrorFacts facts) => facts.State switch
    {
        nameof(LockVerdict.Held) or nameof(LockVerdict.Waiting) =>
            "Wait longer with -TimeoutSec, or see whether it goes on: "
                + $"{new CommandText("Debug-SharedMemoryLock").On(facts).With("Sample", 5)}",
        nameof(LockVerdict.Abandoned) => $"Free it: {Free(facts)}",
        nameof(LockVerdict.Foreign) => ForForeign(facts),
        nameof(LockVerdict.Corrupt) or nameof(LockVerdict.Uncertain) => $"See why: {new CommandText("Debug-SharedMemoryLock").On(facts)}",
        _ => "Wait longer with -TimeoutSec.",
    };

    private static string ForHeld(ErrorFacts facts)
    {
        if (facts.ProcessId is not int holder)
            return "Wait until it is given back.";
        using Process own = Process.GetCurrentProcess();
        return holder == own.Id
            ? "Another session of this very process has it: let its script end, or dispose of the lock there."
            : $"Wait until it is given back, or end that process; then its lock counts as abandoned. Get-Process -Id {holder} shows it.";
    }

    private static string ForUnreachable(ErrorFacts facts) => facts.Operation switch
    {
        ErrorOperation.Stop when facts.Name is not null =>
            $"End the process: {new CommandText("Stop-CameraPublisher").On(facts).Switch("Force")}",
        ErrorOperation.Kill => $"End process {facts.ProcessId} where it runs.",
        _ => "Get-CameraPublisher shows whether its process is alive.",
    };

    private static string ForUnsupported(ErrorFacts facts) => facts switch
    {
        { Right: nameof(SystemPrivilege.SeLockMemoryPrivilege) } => SystemRemedy.RaiseLockLimit,
        { Right: nameof(SystemPrivilege.SeCreateGlobalPrivilege) } =>
            "Nothing needs to be assigned; -ReadAccess says who may open a Global name.",
        { Right: "SDDL" } => "Give read access to a group or to Everyone, with -ReadAccess.",
        { Right: "Terminal" } => "Start it in a terminal, or use -Once, which gives lines of text.",
        { Account: not null } => "Run Get-SharedMemoryPrivilege as that account.",
        _ => "about_WinMmf says what each system offers.",
    };

    private static CommandText Free(ErrorFacts facts) => new CommandText("Unlock-SharedMemory").On(facts).Switch("Force");
}
