using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>The kernel's ways to list a directory, each played by <see cref="FakeDirectory"/>; runs everywhere.</summary>
public sealed class WindowsDirectoryReaderTests
{
    [Fact]
    public void All_entries_come_from_one_call_when_they_fit()
    {
        FakeDirectory directory = new(["cam1", "cam1.owner"]);

        Dictionary<string, string> read = WindowsDirectoryReader.Read(directory.Query);

        Assert.Equal(["cam1", "cam1.owner"], read.Keys.Order(StringComparer.Ordinal));
        Assert.All(read.Values, type => Assert.Equal("Section", type));
        Assert.Equal(1, directory.Calls);
    }

    [Fact]
    public void The_buffer_grows_until_one_call_returns_everything()
    {
        FakeDirectory directory = new(Enumerable.Range(0, 5000).Select(i => $"object-{i}"));

        Dictionary<string, string> read = WindowsDirectoryReader.Read(directory.Query);

        Assert.Equal(5000, read.Count);
        Assert.True(directory.Calls > 1);
        Assert.Equal(directory.Calls, directory.Restarts);
    }

    [Fact]
    public void What_comes_and_goes_meanwhile_takes_no_other_name_away()
    {
        // Each call meets another directory: a scan that went on by number would miss some of the names that stay.
        FakeDirectory directory = new(Enumerable.Range(0, 3000)
            .Select(i => $"stays-{i}"))
        { Disturb = names => names.RemoveAll(name => name.StartsWith("goes", StringComparison.Ordinal)) };
        directory.Names.InsertRange(0, Enumerable.Range(0, 500).Select(i => $"goes-{i}"));

        Dictionary<string, string> read = WindowsDirectoryReader.Read(directory.Query);

        Assert.Equal(3000, read.Keys.Count(name => name.StartsWith("stays", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_system_that_gives_one_entry_a_call_is_read_so_and_doubles_count_once()
    {
        FakeDirectory directory = new(["cam1", "cam2", "cam1"]) { OneEntryOnly = true };

        Assert.Equal(["cam1", "cam2"], WindowsDirectoryReader.Read(directory.Query).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_directory_is_empty()
    {
        Assert.Empty(WindowsDirectoryReader.Read(new FakeDirectory([]).Query));
        Assert.Empty(WindowsDirectoryReader.Read(new FakeDirectory([]) { OneEntryOnly = true }.Query));
    }

    /// <summary>NtQueryDirectoryObject over a list of names.</summary>
    private sealed class FakeDirectory(IEnumerable<string> names)
    {
        private const int MoreEntries = 0x105;
        private const int NoMoreEntries = unchecked((int)0x8000_001A);
        private const int NotImplemented = unchecked((int)0xC000_0002);
        private const string Type = "Section";

        public List<string> Names { get; } = [.. names];

        public bool OneEntryOnly { get; init; }

        public Action<List<string>>? Disturb { get; init; }

        public int Calls { get; private set; }

        public int Restarts { get; private set; }

        public int Query(IntPtr buffer, uint length, bool returnSingleEntry, bool restartScan, ref uint context)
        {
            if (OneEntryOnly && !returnSingleEntry)
                return NotImplemented;
            Calls++;
            Restarts += restartScan ? 1 : 0;
            int first = restartScan ? 0 : (int)context;
            int count = returnSingleEntry ? Math.Min(1, Names.Count - first) : Fitting(first, (int)length);
            if (count == 0)
                return NoMoreEntries;
            Fill(buffer, Names.GetRange(first, count));
            context = (uint)(first + count);
            bool all = first + count == Names.Count;
            Disturb?.Invoke(Names);
            return all || returnSingleEntry ? 0 : MoreEntries;
        }

        private static int SizeOf(string name) => Marshal.SizeOf<ObjectDirectoryInformation>() + (2 * (name.Length + Type.Length + 2));

        private int Fitting(int first, int length)
        {
            int left = length - Marshal.SizeOf<ObjectDirectoryInformation>();
            int count = 0;
            while (first + count < Names.Count && (left -= SizeOf(Names[first + count])) >= 0)
                count++;
            return count;
        }

        private static void Fill(IntPtr buffer, List<string> entries)
        {
            int size = Marshal.SizeOf<ObjectDirectoryInformation>();
            IntPtr text = IntPtr.Add(buffer, (entries.Count + 1) * size);
            for (int i = 0; i < entries.Count; i++)
            {
                ObjectDirectoryInformation entry = new() { Name = Put(entries[i], ref text), TypeName = Put(Type, ref text) };
                Marshal.StructureToPtr(entry, IntPtr.Add(buffer, i * size), fDeleteOld: false);
            }

            Marshal.StructureToPtr(default(ObjectDirectoryInformation), IntPtr.Add(buffer, entries.Count * size), fDeleteOld: false);
        }

        private static UnicodeString Put(string value, ref IntPtr at)
        {
            char[] characters = [.. value, '\0'];
            Marshal.Copy(characters, 0, at, characters.Length);
            UnicodeString text =
                new() { Length = (ushort)(2 * value.Length), MaximumLength = (ushort)(2 * characters.Length), Buffer = at };
            at = IntPtr.Add(at, 2 * characters.Length);
            return text;
        }
    }
}
