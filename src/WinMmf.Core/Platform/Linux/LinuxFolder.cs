using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>
/// An open folder <c>winmmf-UID-RANDOM</c>, in which the parts of one channel or memory lie (protocol 1.3, 1.6). Everything in it is opened
/// through its descriptor, so no other folder can take its place meanwhile.
/// </summary>
internal sealed class LinuxFolder : IDisposable
{
    public const string OwnerFile = "owner";
    public const string LocksFile = "locks";
    public const string ControlSocket = "control";
    private const string PixelsPrefix = "pixels.";
    private const string DoorPrefix = "door.";

    /// <summary>All for the owner, nothing for others.</summary>
    private const int Closed = 0x1C0;

    /// <summary>Others may pass through it and not look around in it.</summary>
    private const int Passable = 0x1C9;
    private const int TieBytes = 8;
    private const int Tries = 100;
    private static readonly Regex NameForm = new(@"^winmmf-(0|[1-9][0-9]{0,9})-([0-9a-f]{16})\z", RegexOptions.CultureInvariant);

    private LinuxFolder(string path, FolderTie tie, DescriptorHandle descriptor)
    {
        Path = path;
        Tie = tie;
        Descriptor = descriptor;
    }

    public string Path { get; }

    /// <summary>By which other objects name it.</summary>
    public FolderTie Tie { get; }

    public DescriptorHandle Descriptor { get; }

    public static string Pixels(uint generation) => PixelsPrefix + generation.ToString(CultureInfo.InvariantCulture);

    public static string Door(uint epoch) => DoorPrefix + epoch.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes a name apart; false if it is no folder's of ours.</summary>
    public static bool TryParse(string name, out FolderTie tie)
    {
        Match match = NameForm.Match(name);
        bool isNumber = uint.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out uint userId);
        tie = new FolderTie(userId, match.Groups[2].Value);
        return match.Success && isNumber;
    }

    public static string PathOf(LinuxDirectory files, FolderTie tie) => files.Path + "/" + tie.FolderName;

    /// <summary>Makes a folder that only this account may enter; 0 or an errno.</summary>
    public static int TryCreate(LinuxDirectory files, out LinuxFolder? folder)
    {
        for (int i = 0; ; i++)
        {
            int error = TryCreate(files, NewTie(), out folder);
            if (error is not (Errno.EEXIST or Errno.ENOENT) || i == Tries)
                return error;
        }
    }

    /// <summary>Makes a folder of a given name; EEXIST if it is there already.</summary>
    public static int TryCreate(LinuxDirectory files, FolderTie tie, out LinuxFolder? folder)
    {
        folder = null;
        int error = Libc.MakeDirectory(PathOf(files, tie), Closed);
        if (error != 0)
            return error;

        // A process that clears leftovers may remove an empty one at once. One that is still there cannot be opened.
        folder = TryOpen(files, tie, Libc.GetEffectiveUserId());
        if (folder is not null)
            return 0;
        return Libc.RemoveFolder(PathOf(files, tie)) == 0 ? Errno.EMFILE : Errno.ENOENT;
    }

    /// <summary>
    /// Opens a folder of a given name, or makes it if it is missing; 0 or an errno. EPERM if the name is another account's to give, or
    /// taken by something that is no folder of that account.
    /// </summary>
    public static int TryOpenOrCreate(LinuxDirectory files, FolderTie tie, out LinuxFolder? folder)
    {
        folder = TryOpen(files, tie, tie.UserId);
        if (folder is not null)
            return 0;
        if (!LinuxUsers.IsCaller(tie.UserId) || !TryParse(tie.FolderName, out _))
            return Errno.EPERM;
        int error = TryCreate(files, tie, out folder);
        if (error != Errno.EEXIST)
            return error;

        // Made by another process meanwhile, or no folder of this account at all.
        bool isOurs = Libc.GetStatus(PathOf(files, tie), follow: false, out FileStatus status) != 0 || status.UserId == tie.UserId;
        return isOurs ? Errno.ENOENT : Errno.EPERM;
    }

    /// <summary>Opens a folder; null if it is not there, or is not what it should be (protocol 1.6).</summary>
    /// <param name="files">Where it lies.</param>
    /// <param name="tie">Its name.</param>
    /// <param name="owner">The owner of what names it.</param>
    public static LinuxFolder? TryOpen(LinuxDirectory files, FolderTie tie, uint owner)
    {
        if (!TryParse(tie.FolderName, out FolderTie same) || !same.IsSame(tie))
            return null;
        string path = PathOf(files, tie);

        // Others may pass through a folder but not list it.
        if (Libc.Open(path, Libc.ReadOnly | Libc.Folder, 0, out DescriptorHandle descriptor) != 0
            && Libc.Open(path, Libc.PathOnly | Libc.Folder, 0, out descriptor) != 0)
        {
            descriptor.Dispose();
            return null;
        }

        bool isOurs = Libc.GetStatus(descriptor, out FileStatus status) == 0
            && status.UserId == owner
            && (owner == tie.UserId || owner == LinuxUsers.OverflowUser)
            && (status.Mode & LinuxFileMode.OthersWrite) == 0;
        if (isOurs)
            return new LinuxFolder(path, tie, descriptor);
        descriptor.Dispose();
        return null;
    }

    /// <summary>Lets other accounts pass through it, to what they may open there.</summary>
    public int LetOthersPass() => Libc.Fchmod(Descriptor, Passable);

    /// <summary>True if the path still leads to this folder.</summary>
    public bool IsStillNamed() =>
        Libc.GetStatus(Path, follow: false, out FileStatus there) == 0
        && Libc.GetStatus(Descriptor, out FileStatus here) == 0
        && there.IsSameFile(in here);

    /// <summary>The status of a file in it; 0 or an errno.</summary>
    public int GetStatus(string name, out FileStatus status) => Libc.GetStatus(Descriptor, name, out status);

    public string PathOf(string name) => Path + "/" + name;

    /// <summary>Removes a file from it.</summary>
    public int Remove(string name) => Libc.UnlinkAt(Descriptor, name);

    /// <summary>
    /// Removes everything in it and the folder itself, the owner file last: until then it can be seen whether another process is using it.
    /// Only for a caller that has the lock of that file, or if there is no such file.
    /// </summary>
    public void Clear()
    {
        foreach (string name in List())
        {
            // Nothing else belongs to it; a file that another process put there keeps the folder.
            if (name is LocksFile or ControlSocket || name.StartsWith(PixelsPrefix, StringComparison.Ordinal)
                || name.StartsWith(DoorPrefix, StringComparison.Ordinal))
                Remove(name);
        }

        Remove(OwnerFile);
        if (IsStillNamed())
            Libc.RemoveFolder(Path);
    }

    /// <summary>The names in it; none where it may not be listed.</summary>
    public List<string> List()
    {
        List<string> names = [];
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(Path))
                names.Add(System.IO.Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another account's, or gone.
        }

        return names;
    }

    public void Dispose() => Descriptor.Dispose();

    private static FolderTie NewTie()
    {
        byte[] bytes = new byte[TieBytes];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return new FolderTie(
            Libc.GetEffectiveUserId(), string.Concat(Array.ConvertAll(bytes, static b => b.ToString("x2", CultureInfo.InvariantCulture))));
    }
}
