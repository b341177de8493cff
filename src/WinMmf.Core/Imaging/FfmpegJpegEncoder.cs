using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Diagnostics;
using WinMmf.Frames;

namespace WinMmf.Imaging;

/// <summary>Encodes an uncompressed frame as JPEG with ffmpeg, where there is one: WinMmf has no JPEG encoder of its own.</summary>
public static class FfmpegJpegEncoder
{
    /// <summary>Names ffmpeg where it is not on the PATH.</summary>
    public const string FfmpegVariable = "WINMMF_FFMPEG";

    private const int StderrKept = 2000;

    /// <summary>Writes a whole JPEG.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="format">The frame's format; not Mjpg, which is JPEG already.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    /// <exception cref="WinMmfException">NotFound: there is no ffmpeg. SaveFailed: it failed; the message has its last words.</exception>
    /// <exception cref="IOException">The stream refused.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Write(Stream output, in FrameFormat format, IntPtr payload, CancellationToken cancellationToken = default)
    {
        if (output is null)
            throw new ArgumentNullException(nameof(output));
        string program = Find();
        ProcessStartInfo start = new(program, $"-hide_banner -loglevel error -f rawvideo -pixel_format rgb24 -video_size {format.Width}x{format.Height} -i pipe:0 -frames:v 1 -q:v 2 -f mjpeg pipe:1")
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new IOException($"'{program}' did not start.");
        using CancellationTokenRegistration killed = cancellationToken.Register(() => TryKill(process));
        StringBuilder stderr = new();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null && stderr.Length < StderrKept)
                stderr.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        using MemoryStream picture = new();

        // Both directions at once, so that neither side waits for the other with full pipes.
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(picture);
        bool took = TryFeed(process.StandardInput.BaseStream, format, payload);
        reading.GetAwaiter().GetResult();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0 || !took || picture.Length == 0)
            throw new WinMmfException(WinMmfErrorId.SaveFailed, $"'{program}' could not make a JPEG (exit code {process.ExitCode}): {stderr.ToString().Trim()} Save the frame as .png, which needs no other program.", process.ExitCode);
        picture.Position = 0;
        picture.CopyTo(output);
    }

    /// <summary>Rows as RGB, the same colours as in a PNG. False if ffmpeg closed its input before the end.</summary>
    private static bool TryFeed(Stream input, in FrameFormat format, IntPtr payload)
    {
        byte[] row = new byte[format.Width * 3];
        try
        {
            using (input)
            {
                for (int y = 0; y < format.Height; y++)
                {
                    PixelConverter.RowToRgb(format, payload, y, row);
                    input.Write(row, 0, row.Length);
                }
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Find()
    {
        string? named = Environment.GetEnvironmentVariable(FfmpegVariable);
        if (!string.IsNullOrWhiteSpace(named))
            return File.Exists(named) ? named! : throw Missing($"'{named}', which {FfmpegVariable} names, does not exist");
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative entry would run whatever lies in the current folder.
            if (!Path.IsPathRooted(folder))
                continue;
            foreach (string file in new[] { "ffmpeg", "ffmpeg.exe" })
            {
                string path = Path.Combine(folder, file);
                if (File.Exists(path))
                    return path;
            }
        }

        throw Missing("it is not on the PATH");
    }

    private static WinMmfException Missing(string why) => new(
        WinMmfErrorId.NotFound,
        $"An uncompressed frame is saved as JPEG by ffmpeg, and {why}. Save it as .png or .bmp, which need nothing; or install ffmpeg (Windows: winget install Gyan.FFmpeg; Debian, Ubuntu: apt install ffmpeg) or name it in {FfmpegVariable}.");

    private static void TryKill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
