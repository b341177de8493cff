using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Viewer.Tests;

/// <summary>Takes the pictures out of <c>multipart/x-mixed-replace</c>, as a player does.</summary>
internal sealed class PartReader(Stream stream)
{
    private readonly BufferedStream _stream = new(stream, 65_536);

    /// <summary>The frame's number as the last part says.</summary>
    public long Number { get; private set; }

    /// <summary>The next picture.</summary>
    public async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        int length = -1;
        while (true)
        {
            string line = await ReadLineAsync(cancellationToken);
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                length = int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("X-Frame-Number: ", StringComparison.Ordinal))
                Number = long.Parse(line["X-Frame-Number: ".Length..], CultureInfo.InvariantCulture);
            else if (line.Length == 0 && length >= 0)
                break;
        }

        byte[] content = new byte[length];
        await _stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (true)
        {
            await _stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }
}
