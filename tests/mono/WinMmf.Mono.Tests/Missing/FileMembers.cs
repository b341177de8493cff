using System;
using System.IO;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Mono.Missing;

internal static class FileMembers
{
    extension(File)
    {
        public static void CreateSymbolicLink(string path, string target) => Assert.NotNull(LinuxGiven.Run("ln", "-s", "--", target, path));
    }

    extension(FileInfo file)
    {
        public string? LinkTarget => LinuxGiven.Run("readlink", "-n", file.FullName);
    }

    extension(Directory)
    {
        public static DirectoryInfo CreateTempSubdirectory(string prefix) =>
            Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), prefix + Guid.NewGuid().ToString("N")));
    }
}
