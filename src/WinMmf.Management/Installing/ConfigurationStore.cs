using System;
using System.IO;
using System.Text;
using WinMmf.Errors;
using WinMmf.Management.Configuration;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform;

namespace WinMmf.Management.Installing;

/// <summary>A configuration file on disk, entry by entry.</summary>
internal static class ConfigurationStore
{
    /// <summary>What a file says; an empty configuration where there is none.</summary>
    /// <exception cref="WinMmfException">AccessDenied, InvalidArgument, InvalidConfiguration.</exception>
    public static PublisherConfiguration Read(string path)
    {
        if (!File.Exists(path))
            return new PublisherConfiguration(path, [], []);
        PublisherConfiguration configuration = ConfigurationFile.Read(path);
        configuration.ThrowIfInvalid();
        return configuration;
    }

    /// <summary>The file's text with an entry for a request. Null if it says so already.</summary>
    /// <exception cref="WinMmfException">InvalidConfiguration, and why the file cannot be read.</exception>
    public static string? With(PublisherConfiguration configuration, PublishRequest request)
    {
        foreach (ConfigurationEntry entry in configuration.Entries)
        {
            if (entry.Says(request))
                return null;
        }

        string text = File.Exists(configuration.Path)
            ? ConfigurationEditor.Set(File.ReadAllText(configuration.Path), configuration, request)
            : ConfigurationWriter.Write([(request, "")], null);

        // Two entries of one camera, or of one log.
        ConfigurationFile.Parse(Encoding.UTF8.GetBytes(text), configuration.Path).ThrowIfInvalid();
        return text;
    }

    /// <summary>The file's text without an entry.</summary>
    /// <exception cref="WinMmfException">InvalidConfiguration, and why the file cannot be read.</exception>
    public static string Without(PublisherConfiguration configuration, ConfigurationEntry entry) =>
        ConfigurationEditor.Remove(File.ReadAllText(configuration.Path), configuration, entry);

    /// <summary>Writes the file as one step, so that no program reads half of it.</summary>
    /// <param name="registrar">Makes files that nobody else can read.</param>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="WinMmfException">SaveFailed.</exception>
    public static void Write(IRegistrar registrar, string path, string text)
    {
        string made = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (Stream file = registrar.CreateConfiguration(made))
            {
                byte[] bytes = new UTF8Encoding(false).GetBytes(text);
                file.Write(bytes, 0, bytes.Length);
            }

            if (File.Exists(path))
                File.Replace(made, path, null);
            else
                File.Move(made, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WinMmfException(
                WinMmfErrorId.SaveFailed,
                $"The configuration file '{path}' cannot be written: {e.Message}",
                new ErrorFacts { Path = path },
                0,
                e);
        }
        finally
        {
            File.Delete(made);
        }
    }
}
