using System.Text;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>Reads the short files of <c>/proc</c>, and says why it could not.</summary>
internal static class LinuxProcFile
{
    private const int Most = 4096;

    /// <summary>0 and the text, or an errno.</summary>
    public static unsafe int TryRead(string path, out string text)
    {
        text = string.Empty;
        int error = Libc.Open(path, Libc.ReadOnly, 0, out DescriptorHandle descriptor);
        if (error != 0)
            return error;
        using (descriptor)
        {
            byte* buffer = stackalloc byte[Most];
            int length = Libc.Pread(descriptor, buffer, Most, 0);
            if (length < 0)
                return -length;
            text = Encoding.UTF8.GetString(buffer, length);
            return 0;
        }
    }
}
