using System;
using System.ComponentModel;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Programs;

namespace WinMmf.Management.Imaging;

/// <summary>Encodes an uncompressed frame as JPEG with ffmpeg, where there is one: WinMmf has no JPEG encoder of its own.</summary>
internal static class FfmpegJpegEncoder
{
    /// <summary>Writes a whole JPEG.</summary>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="format">The frame's format; not Mjpg, which is JPEG already.</param>
    /// <param name="payload">Start of the payload, <see cref="FrameFormat.PayloadLength"/> bytes.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    /// <exception cref="WinMmfException">
    /// ProgramNotFound: there is no ffmpeg. ProgramNotTrusted: another account can change it. EncoderFailed: it failed; the message has its
    /// last words.
    /// </exception>
    /// <exception cref="IOException">The stream refused.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Write(Stream output, in FrameFormat format, IntPtr payload, CancellationToken cancellationToken = default)
    {
        if (output is null)
            throw new ArgumentNullException(nameof(output));
        string program = Find();
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-f", "rawvideo", "-pixel_format", "rgb24",
            "-video_size", $"{format.Width}x{format.Height}", "-i", "pipe:0", "-frames:v", "1", "-q:v", "2", "-f", "mjpeg", "pipe:1",
        ];
        using StartedProgram process = Start(program, arguments);
        using CancellationTokenRegistration killed = cancellationToken.Register(process.Kill);
        OutputTail errors = new(new StreamReader(process.Errors, Encoding.UTF8));
        using MemoryStream picture = new();

        // Both directions at once, so that neither side waits for the other with full pipes.
        Task reading = process.Output.CopyToAsync(picture);
        bool took = TryFeed(process.Input, format, payload);
        reading.GetAwaiter().GetResult();
        process.WaitForExit(Timeout.InfiniteTimeSpan);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0 || !took || picture.Length == 0)
            throw new WinMmfException(WinMmfErrorId.EncoderFailed,
                $"'{program}' could not make a JPEG (exit code {process.ExitCode}).{errors.Describe()}",
                new ErrorFacts { Program = program }, process.ExitCode);
        picture.Position = 0;
        picture.CopyTo(output);
    }

    private static StartedProgram Start(string program, string[] arguments)
    {
        try
        {
            return ManagementServices.Current.Programs.Start(program, arguments, outlivesUs: false);
        }
        catch (Win32Exception e)
        {
            throw new WinMmfException(
                WinMmfErrorId.EncoderFailed, $"'{program}' did not start: {e.Message}.", new ErrorFacts { Program = program },
                e.NativeErrorCode, e);
        }
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

    private static string Find() => FfmpegProgram.Find(out string? fault) ?? throw new WinMmfException(
        WinMmfErrorId.ProgramNotFound,
        $"An uncompressed frame is saved as JPEG by ffmpeg, and {fault}.",
        new ErrorFacts { Program = "ffmpeg" });
}
