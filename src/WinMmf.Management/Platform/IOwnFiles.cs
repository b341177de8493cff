using System.IO;

namespace WinMmf.Management.Platform;

/// <summary>Files of this account's own, where a path comes from somewhere else or the folder is open to others.</summary>
internal interface IOwnFiles
{
    /// <summary>
    /// Opens a file of this machine and of this account for reading. What is judged is the file that was opened: no pipe, no other
    /// account's file, none that another account led to by a link.
    /// </summary>
    /// <param name="path">The path as it was told.</param>
    /// <exception cref="IOException">It is not there, or no such file; the message says why.</exception>
    FileStream Open(string path);

    /// <summary>Makes a new file that no other ordinary account can read.</summary>
    /// <param name="path">Its path; nothing may be there.</param>
    /// <exception cref="IOException">It exists, or cannot be made.</exception>
    FileStream Create(string path);
}
