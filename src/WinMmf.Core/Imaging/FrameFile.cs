using System;
using System.IO;
using WinMmf.Diagnostics;
using WinMmf.Frames;

namespace WinMmf.Imaging;

/// <summary>Saves frames as picture files. The file appears whole or not at all: a full disk loses no earlier picture.</summary>
public static unsafe class FrameFile
{
    private const string PngExtension = ".png";
    private const string JpegExtension = ".jpg";

    /// <summary>Saves a frame: PNG for uncompressed formats, the JPEG picture as it is for Mjpg.</summary>
    /// <param name="path">The file; its folder is made if needed. A wrong or missing extension is an error or is added.</param>
    /// <param name="format">The frame's format.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <returns>The full path of the file written.</returns>
    /// <exception cref="WinMmfException">SaveFailed (nothing was changed), InvalidArgument (the extension does not fit the format).</exception>
    public static string Save(string path, in FrameFormat format, IntPtr payload)
    {
        string target = FullPath(path, format.PixelFormat);
        string? temporary = null;
        try
        {
            string folder = Path.GetDirectoryName(target) ?? throw new IOException("a folder is no file.");
            Directory.CreateDirectory(folder);

            // Beside the target, so that the rename stays within one file system.
            temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 65_536))
            {
                if (format.PixelFormat == PixelFormat.Mjpg)
                    CopyTo(file, payload, format.PayloadLength);
                else
                    PngEncoder.Write(file, format, payload);
                file.Flush(flushToDisk: true);
            }

            Replace(temporary, target);
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            TryDelete(temporary);
            throw new WinMmfException(
                WinMmfErrorId.SaveFailed,
                $"'{target}' could not be saved: {e.Message} Nothing was overwritten. Free some space or choose a folder that you may write to.",
                e.HResult & 0xFFFF,
                e);
        }
    }

    private static string FullPath(string path, PixelFormat format)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, "The file name is empty. Give a path such as frame.png.");
        string wanted = format == PixelFormat.Mjpg ? JpegExtension : PngExtension;
        string full;
        try
        {
            full = Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"'{path}' is no file name: {e.Message}", 0, e);
        }

        string extension = Path.GetExtension(full);
        if (extension.Length == 0)
            return full + wanted;
        bool fits = format == PixelFormat.Mjpg
            ? extension.Equals(JpegExtension, StringComparison.OrdinalIgnoreCase) || extension.Equals(".jpeg", StringComparison.OrdinalIgnoreCase)
            : extension.Equals(PngExtension, StringComparison.OrdinalIgnoreCase);
        return fits
            ? full
            : throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"A {format} frame is saved as {wanted}, not as {extension}. Change the extension.");
    }

    private static void CopyTo(Stream file, IntPtr payload, int length)
    {
        using UnmanagedMemoryStream content = new((byte*)payload, length);
        content.CopyTo(file);
    }

    private static void Replace(string temporary, string target)
    {
#if NET8_0_OR_GREATER
        File.Move(temporary, target, overwrite: true);
#else
        if (File.Exists(target))
            File.Replace(temporary, target, null);
        else
            File.Move(temporary, target);
#endif
    }

    private static void TryDelete(string? path)
    {
        try
        {
            if (path is not null)
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
