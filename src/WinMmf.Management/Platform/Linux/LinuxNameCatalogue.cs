using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// Names by the files' names, foreign ones by their status too; nothing of other accounts is opened. What this account's killed processes
/// left goes.
/// </summary>
internal sealed class LinuxNameCatalogue : INameCatalogue
{
    private readonly LinuxDirectory _files;
    private readonly LinuxRemover _remover;

    public LinuxNameCatalogue(LinuxDirectory files, LinuxRemover remover)
    {
        _files = files;
        _remover = remover;
    }

    public IReadOnlyList<SharedName> List(NameScope scope)
    {
        _remover.ClearFolders();
        string prefix = LinuxDirectory.Prefix(scope);
        HashSet<string> seen = new();
        List<SharedName> names = new();
        foreach (string file in _files.FindFiles(prefix))
        {
            // A companion without its memory is a leftover of that name.
            string name = WithoutCompanion(file.Substring(prefix.Length));

            // What is not valid UTF-8 was not made by us.
            if (SharedName.FindFault(name) is null && name.IndexOf('\uFFFD') < 0 && seen.Add(name))
                names.Add(new SharedName(name, scope));
        }

        return names;
    }

    public bool Exists(SharedName name) =>
        Libc.GetStatus(_files.PathOf(name), follow: false, out _) == 0
        || Libc.GetStatus(_files.PathOf(name) + SharedName.HoldersSuffix, follow: false, out _) == 0;

    public IReadOnlyList<SharedName> ListElsewhere()
    {
        uint caller = Libc.GetEffectiveUserId();
        HashSet<SharedName> names = new();
        foreach (string file in _files.FindFiles(LinuxDirectory.LocalPrefix))
        {
            int dot = file.IndexOf('.');
            string number = dot < 0 ? "" : file.Substring(LinuxDirectory.LocalPrefix.Length, dot - LinuxDirectory.LocalPrefix.Length);
            if (!uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out uint user) || user == caller)
                continue;
            string name = WithoutCompanion(file.Substring(dot + 1));
            if (SharedName.FindFault(name) is null && name.IndexOf('\uFFFD') < 0)
                names.Add(SharedName.Elsewhere(name, user));
        }

        return [.. names];
    }

    public string DescribeElsewhere(uint whose) => NameOf(whose);

    public LeftoverSection? LookAtLeftover(SharedName name)
    {
        if (LinuxFile.TryOpen(_files.PathOf(name), writable: false, out LinuxFile? file) != 0 || file is null)
            return null;
        using (file)
        {
            FileStatus status = file.GetStatus();
            bool isChannel = file.TryReadAnchor(out SectionAnchor anchor) && anchor.Kind == SectionKind.Control;
            using LinuxFile? companion = isChannel ? null : LinuxCompanion.TryOpen(_files, name, in status, writable: false, out anchor);
            using LinuxFolder? folder = isChannel || companion is not null ? LinuxFolder.TryOpen(_files, anchor.Tie, status.UserId) : null;
            long size = status.Size + (companion?.GetStatus().Size ?? 0) + SizeOf(folder);
            return new LeftoverSection(size, NameOf(status.UserId), isChannel ? SharedMemoryKind.FrameChannel : SharedMemoryKind.Memory);
        }
    }

    public IReadOnlyList<SharedName> ListForeign(NameScope scope)
    {
        List<SharedName> names = new();
        if (scope != NameScope.Global)
            return names;
        string local = LinuxDirectory.Prefix(NameScope.Local);
        string global = LinuxDirectory.Prefix(NameScope.Global);
        foreach (string file in _files.FindFiles(string.Empty))
        {
            bool isOurs = file.StartsWith(local, StringComparison.Ordinal) || file.StartsWith(global, StringComparison.Ordinal);
            SharedName name = SharedName.Foreign(file, NameScope.Global);
            if (!isOurs && LookAtForeign(name) is not null)
                names.Add(name);
        }

        names.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return names;
    }

    public ForeignSection? LookAtForeign(SharedName name) =>
        Libc.GetStatus(_files.PathOf(name), follow: false, out FileStatus status) == 0 && status.IsRegularFile
            ? new ForeignSection(status.Size, NameOf(status.UserId), null)
            : null;

    private static string WithoutCompanion(string name) => name.EndsWith(SharedName.HoldersSuffix, StringComparison.Ordinal)
        ? name.Substring(0, name.Length - SharedName.HoldersSuffix.Length)
        : name;

    private static string NameOf(uint user) => Libc.FindUserName(user) ?? user.ToString(CultureInfo.InvariantCulture);

    private static long SizeOf(LinuxFolder? folder)
    {
        long size = 0;
        foreach (string part in folder?.List() ?? [])
        {
            if (folder!.GetStatus(part, out FileStatus status) == 0 && status.IsRegularFile)
                size += status.Size;
        }

        return size;
    }
}
