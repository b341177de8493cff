using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using WinMmf.Errors;
using WinMmf.Management.Json;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Management.Configuration;

/// <summary>Reads a configuration file.</summary>
internal static class ConfigurationFile
{
    /// <summary>Room for thousands of publishers; what is longer is another file.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>Reads a file, whatever is wrong with its content.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="WinMmfException">FileNotFound, AccessDenied, InvalidArgument: it cannot be read.</exception>
    public static PublisherConfiguration Read(string path) => Parse(ReadBytes(path), Path.GetFullPath(path));

    /// <summary>Reads a file, and looks which cameras of this machine it means.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="WinMmfException">FileNotFound, AccessDenied, InvalidArgument: it cannot be read.</exception>
    public static PublisherConfiguration ReadWithCameras(string path)
    {
        PublisherConfiguration configuration = Read(path);
        if (configuration.Entries.All(static entry => entry.Device is null))
            return configuration;
        try
        {
            return configuration.With(
                ConfigurationConflicts.Find(configuration.Entries, ManagementServices.Current.Cameras.Find()));
        }
        catch (WinMmfException)
        {
            // A machine that cannot list its cameras may have other sources.
            return configuration;
        }
    }

    /// <summary>The content of a file.</summary>
    /// <exception cref="WinMmfException">FileNotFound, AccessDenied, InvalidArgument.</exception>
    public static byte[] ReadBytes(string path)
    {
        ErrorFacts facts = new() { Path = path };
        try
        {
            // An editor may have the file open.
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MostBytes)
                throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                    $"'{path}' has {file.Length} bytes, and a configuration file has {MostBytes} at most. Name the right file.", facts);
            using MemoryStream content = new();
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WinMmfException(WinMmfErrorId.FileNotFound, $"The configuration file '{path}' does not exist.", facts, 0, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new WinMmfException(
                WinMmfErrorId.AccessDenied,
                Directory.Exists(path)
                    ? $"'{path}' is a folder. Name a file."
                    : $"This account may not read the configuration file '{path}'.",
                facts with { Right = "Read" },
                0,
                e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new WinMmfException(
                WinMmfErrorId.InvalidArgument,
                $"The configuration file '{path}' cannot be read: {e.Message} Name another path.",
                facts,
                0,
                e);
        }
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">UTF-8, or UTF-16 with a byte order mark, as Windows PowerShell writes it.</param>
    /// <param name="path">The file's full path; what it names is relative to its folder.</param>
    public static PublisherConfiguration Parse(byte[] content, string path)
    {
        List<ConfigurationFault> faults = [];
        List<ConfigurationEntry> entries = [];
        try
        {
            JsonValue root = JsonReader.Read(Decode(content));
            new ConfigurationReader(Path.GetDirectoryName(path) ?? path, entries, faults).Read(root);
        }
        catch (JsonException e)
        {
            faults.Add(new ConfigurationFault(e.Place, e.Message));
        }

        return new PublisherConfiguration(path, entries, faults);
    }

    private static string Decode(byte[] content)
    {
        try
        {
            using StreamReader reader = new(
                new MemoryStream(content), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new JsonException(new JsonPlace(FirstBadLine(content), 1), "This line is not UTF-8. Save the file as UTF-8.");
        }
    }

    private static int FirstBadLine(byte[] content)
    {
        int line = 1;
        int start = 0;
        UTF8Encoding utf8 = new(false, throwOnInvalidBytes: true);
        for (int i = 0; i <= content.Length; i++)
        {
            if (i < content.Length && content[i] != '\n')
                continue;
            try
            {
                _ = utf8.GetCharCount(content, start, i - start);
            }
            catch (DecoderFallbackException)
            {
                return line;
            }

            line++;
            start = i + 1;
        }

        return 1;
    }
}
