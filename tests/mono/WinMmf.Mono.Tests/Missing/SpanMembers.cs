using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace WinMmf.Mono.Missing;

internal static class SpanMembers
{
    extension(ReadOnlySpan<byte> bytes)
    {
        public int IndexOfAnyExcept(byte value)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] != value)
                    return i;
            }

            return -1;
        }
    }

    extension(BitConverter)
    {
        public static uint ToUInt32(ReadOnlySpan<byte> bytes) => BitConverter.ToUInt32(bytes.Slice(0, sizeof(uint)).ToArray(), 0);

        public static ulong ToUInt64(ReadOnlySpan<byte> bytes) => BitConverter.ToUInt64(bytes.Slice(0, sizeof(ulong)).ToArray(), 0);
    }

    extension(Encoding encoding)
    {
        public string GetString(ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
    }

    extension(Random random)
    {
        public void NextBytes(Span<byte> bytes)
        {
            byte[] drawn = new byte[bytes.Length];
            random.NextBytes(drawn);
            drawn.CopyTo(bytes);
        }
    }

    extension(Stream stream)
    {
        public void ReadExactly(Span<byte> bytes)
        {
            byte[] buffer = new byte[bytes.Length];
            for (int done = 0; done < buffer.Length;)
            {
                int read = stream.Read(buffer, done, buffer.Length - done);
                done += read > 0 ? read : throw new EndOfStreamException();
            }

            buffer.CopyTo(bytes);
        }

        public void Write(ReadOnlySpan<byte> bytes) => stream.Write(bytes.ToArray(), 0, bytes.Length);

        public Task WriteAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes.ToArray(), 0, bytes.Length);
    }
}
