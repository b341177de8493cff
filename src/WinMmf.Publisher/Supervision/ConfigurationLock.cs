using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using WinMmf.Errors;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Supervision;

/// <summary>
/// Keeps an account from running one configuration file twice: a locked file in the account's own folder, where no other account can lock
/// it. An account without a folder does without.
/// </summary>
internal sealed class ConfigurationLock : IDisposable
{
    private readonly FileStream? _file;

    /// <summary>Takes it.</summary>
    /// <param name="path">The configuration file's full path.</param>
    /// <exception cref="WinMmfException">ConfigurationInUse.</exception>
    public ConfigurationLock(string path)
    {
        if (PublisherPlatform.Current.OwnFolder is not string home)
            return;
        string name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 16));
        string file = Path.Combine(home, "WinMmf", $"run-{name}.lock");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        try
        {
            _file = new FileStream(
                file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(file))
        {
            throw new WinMmfException(
                WinMmfErrorId.ConfigurationInUse,
                $"Another process of this account runs '{path}' already.",
                new ErrorFacts { Path = path },
                0,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, say: no reason to leave the cameras alone.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
