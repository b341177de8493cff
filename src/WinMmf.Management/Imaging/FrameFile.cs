using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Imaging;

/// <summary>Saves frames as picture files. The file appears whole or not at all: a full disk loses no earlier picture.</summary>
internal static unsafe class FrameFile
{
    /// <summary>Saves a frame.</summary>
    /// <param name="path">The file. Without an extension the fitting one is added.</param>
    /// <param name="format">The frame's format.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <param name="options">Kind of file, and what happens to one that is there; null: by extension, replacing it.</param>
    /// <param name="cancellationToken">Ends the encoding of a JPEG.</param>
    /// <returns>The full path of the file written.</returns>
    /// <exception cref="WinMmfException">
    /// FileExists, FileReadOnly, DiskFull, SaveFailed, InvalidArgument (the extension does not fit), InvalidFormat (a compressed frame as
    /// PNG or BMP). Nothing was changed.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string Save(
        string path, in FrameFormat format, IntPtr payload, FrameFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FrameFileOptions();
        string target = FullPath(path);
        FrameFileType type = TypeOf(ref target, options.Type, format.PixelFormat);
        string? temporary = null;
        try
        {
            string folder = Path.GetDirectoryName(target) ?? throw new IOException("a folder is no file.");
            CheckExisting(target, options);
            if (options.CreateFolder)
                Directory.CreateDirectory(folder);
            else if (!Directory.Exists(folder))
            {
                throw new WinMmfException(
                    WinMmfErrorId.SaveFailed, $"'{target}' could not be saved: the folder '{folder}' does not exist. Make it first.");
            }

            // Beside the target, so that the rename stays within one file system.
            temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 65_536))
            {
                Write(file, type, format, payload, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            Replace(temporary, target, options);
            temporary = null;
            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            if (options.NoClobber && File.Exists(target))
                throw Exists(target);
            throw new WinMmfException(
                IsDiskFull(e) ? WinMmfErrorId.DiskFull : WinMmfErrorId.SaveFailed,
                $"'{target}' could not be saved: {e.Message} Nothing was overwritten.",
                new ErrorFacts { Path = target, Needed = IsDiskFull(e) ? format.PayloadLength : null },
                e.HResult & 0xFFFF,
                e);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    private static void Write(Stream file, FrameFileType type, in FrameFormat format, IntPtr payload, CancellationToken cancellationToken)
    {
        switch (type)
        {
            case FrameFileType.Png:
                PngEncoder.Write(file, format, payload);
                break;
            case FrameFileType.Bmp:
                BmpEncoder.Write(file, format, payload);
                break;
            case FrameFileType.Jpeg when format.PixelFormat != PixelFormat.Mjpg:
                JpegEncoder.Write(file, format, payload, cancellationToken);
                break;
            case FrameFileType.Jpeg:
                byte[] picture = new byte[format.PayloadLength];
                Marshal.Copy(payload, picture, 0, picture.Length);
                picture = MotionJpeg.Complete(picture);
                file.Write(picture, 0, picture.Length);
                break;
            default:
                CopyTo(file, payload, format.PayloadLength);
                break;
        }
    }

    private static string FullPath(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, "The file name is empty.");
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"'{path}' is no file name: {e.Message}", 0, e);
        }
    }

    /// <summary>Decides the kind of file, and gives a name without an extension the one that fits.</summary>
    private static FrameFileType TypeOf(ref string path, FrameFileType wanted, PixelFormat format)
    {
        string extension = Path.GetExtension(path);
        FrameFileType named = extension.ToUpperInvariant() switch
        {
            ".PNG" => FrameFileType.Png,
            ".BMP" => FrameFileType.Bmp,
            ".JPG" or ".JPEG" => FrameFileType.Jpeg,
            ".RAW" => FrameFileType.Raw,
            _ => FrameFileType.Auto,
        };
        FrameFileType type = wanted != FrameFileType.Auto ? wanted
            : named != FrameFileType.Auto ? named
            : extension.Length == 0 ? (format == PixelFormat.Mjpg ? FrameFileType.Jpeg : FrameFileType.Png)
            : throw new WinMmfException(WinMmfErrorId.InvalidArgument,
                $"'{extension}' is no kind of file that frames are saved as: these are .png, .bmp, .jpg and .raw.");

        // Raw bytes may have any extension; a picture under a wrong one only misleads.
        if (type != FrameFileType.Raw && extension.Length > 0 && named != type)
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"A {type} file with the extension '{extension}' would mislead.");
        if (format == PixelFormat.Mjpg && type is FrameFileType.Png or FrameFileType.Bmp)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat,
                "The frame is a JPEG picture already and is saved as it is, with the extension .jpg and not as "
                    + $"{(extension.Length > 0 ? extension : type.ToString())}.");
        if (extension.Length == 0)
            path += type == FrameFileType.Jpeg ? ".jpg" : "." + type.ToString().ToLowerInvariant();
        return type;
    }

    private static void CheckExisting(string target, FrameFileOptions options)
    {
        FileInfo existing = new(target);
        if (!existing.Exists)
            return;
        if (options.NoClobber)
            throw Exists(target);
        if (!existing.IsReadOnly)
            return;

        // Said here because on Linux a rename asks the folder only and would replace it without a word.
        if (!options.Force)
            throw new WinMmfException(
                WinMmfErrorId.FileReadOnly, $"'{target}' is read-only and was kept.", new ErrorFacts { Path = target });
    }

    private static WinMmfException Exists(string target) =>
        new(WinMmfErrorId.FileExists, $"'{target}' exists and was kept.", new ErrorFacts { Path = target });

    /// <summary>ENOSPC and EDQUOT on Linux, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows.</summary>
    private static bool IsDiskFull(Exception e) =>
        e is IOException && (e.HResult is 28 or 122 || e.HResult is unchecked((int)0x8007_0027) or unchecked((int)0x8007_0070));

    private static void CopyTo(Stream file, IntPtr payload, int length)
    {
        using UnmanagedMemoryStream content = new((byte*)payload, length);
        content.CopyTo(file);
    }

    private static void Replace(string temporary, string target, FrameFileOptions options)
    {
        if (options.NoClobber)
        {
            File.Move(temporary, target);
            return;
        }

        if (options.Force && File.Exists(target) && new FileInfo(target).IsReadOnly)
            File.SetAttributes(target, FileAttributes.Normal);
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
