using System;
using System.Collections.Generic;
using System.Globalization;
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
            string name = file.Substring(prefix.Length);

            // A companion without its memory is a leftover of that name.
            if (name.EndsWith(SharedName.HoldersSuffix, StringComparison.Ordinal))
                name = name.Substring(0, name.Length - SharedName.HoldersSuffix.Length);

            // What is not valid UTF-8 was not made by us.
            if (SharedName.FindFault(name) is null && name.IndexOf('\uFFFD') < 0 && seen.Add(name))
                names.Add(new SharedName(name, scope));
        }

        return names;
    }

    public bool Exists(SharedName name) =>
        Libc.GetStatus(_files.PathOf(name), follow: false, out _) == 0
        || Libc.GetStatus(_files.PathOf(name) + SharedName.HoldersSuffix, follow: false, out _) == 0;

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
            ? new ForeignSection(
                status.Size, Libc.FindUserName(status.UserId) ?? status.UserId.ToString(CultureInfo.InvariantCulture), null)
            : null;
}
