using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.PowerShell.Diagnostics;
using Xunit;

namespace WinMmf.PowerShell.Tests.Diagnostics;

public sealed class DiagnosticPackageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-diagnostic-").FullName;

    private string Zip => Path.Combine(_folder, "ticket.zip");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_hangs_or_fails_leaves_its_error_and_the_others_are_packed()
    {
        using ManualResetEventSlim never = new();
        DiagnosticPackage package = new(TimeSpan.FromSeconds(4));
        List<string> begun = [];
        package.Write(
            Zip,
            overwrite: false,
            [
                DiagnosticPart.FromText("hanging part", "hanging.txt", _ =>
                {
                    never.Wait();
                    return "late";
                }),
                DiagnosticPart.FromText("failing", "failing.txt", _ => throw new InvalidOperationException("It broke.")),
                new DiagnosticPart("half", HalfAndThenFails),
                DiagnosticPart.FromText("good", "good.txt", _ => "well"),
            ],
            (part, _) => begun.Add(part.Name),
            CancellationToken.None);
        never.Set();

        Assert.Equal(["hanging part", "failing", "half", "good"], begun);
        Assert.Equal(3, package.Missing);
        Dictionary<string, string> files = Read();
        Assert.Equal(["contents.txt", "errors/failing.txt", "errors/half.txt", "errors/hanging-part.txt", "good.txt"],
            files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("well", files["good.txt"]);
        Assert.Contains("It broke.", files["errors/failing.txt"], StringComparison.Ordinal);
        Assert.Contains("4 s", files["errors/hanging-part.txt"], StringComparison.Ordinal);
        Assert.Contains("good: 1 file", files["contents.txt"], StringComparison.Ordinal);
        Assert.Contains("failing: MISSING. It broke.", files["contents.txt"], StringComparison.Ordinal);
        Assert.Equal(["ticket.zip"], Directory.GetFiles(_folder).Select(Path.GetFileName));

        static IEnumerable<DiagnosticFile> HalfAndThenFails(CancellationToken token)
        {
            yield return DiagnosticFile.Text("first.txt", "");
            throw new IOException("second");
        }
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_it_may_be_replaced()
    {
        File.WriteAllText(Zip, "mine");
        WinMmfException e = Assert.Throws<WinMmfException>(() => Write(overwrite: false));
        Assert.Equal(WinMmfErrorId.FileExists, e.ErrorId);
        Assert.Equal("mine", File.ReadAllText(Zip));

        Write(overwrite: true);
        Assert.Contains("part.txt", Read().Keys);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_one_clear_error()
    {
        WinMmfException e = Assert.Throws<WinMmfException>(() => new DiagnosticPackage(Patience)
            .Write(Path.Combine(_folder, "no", "such", "x.zip"), false, [], (_, _) => { }, CancellationToken.None));
        Assert.Equal(WinMmfErrorId.SaveFailed, e.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Who_stops_it_finds_nothing_left()
    {
        File.WriteAllText(Zip, "mine");
        using CancellationTokenSource stop = new();
        using ManualResetEventSlim never = new();
        DiagnosticPart hangs = DiagnosticPart.FromText("hangs", "hangs.txt", _ =>
        {
            stop.Cancel();
            never.Wait();
            return "";
        });
        Assert.ThrowsAny<OperationCanceledException>(
            () => new DiagnosticPackage(Patience).Write(Zip, true, [hangs], (_, _) => { }, stop.Token));
        never.Set();
        Assert.Equal("mine", File.ReadAllText(Zip));
        Assert.Equal(["ticket.zip"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_password_in_an_address_stays_at_home()
    {
        Write(overwrite: false, text: "see rtsp://user:pass@door/1?token=x");
        Assert.Equal("see rtsp://***@door/1?***", Read()["part.txt"]);
        Assert.Contains(": 1 file, 2 secrets left out\n", Read()["contents.txt"], StringComparison.Ordinal);
        Assert.Contains("Left out of the texts: 2 ", Read()["contents.txt"], StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_are_written_as_lists_of_their_properties()
    {
        string text = ObjectText.Of([new { Name = "a", Size = 1.5, Parts = new[] { "x", "y" }, None = (string?)null }], "none");
        Assert.Equal("Name  : a\nSize  : 1.5\nParts : x; y\nNone  : \n\n", text);
        Assert.Equal("none\n", ObjectText.Of([], "none"));
    }

    private void Write(bool overwrite, string text = "text") =>
        new DiagnosticPackage(Patience)
            .Write(Zip, overwrite, [DiagnosticPart.FromText("part", "part.txt", _ => text)], (_, _) => { }, CancellationToken.None);

    private Dictionary<string, string> Read()
    {
        using ZipArchive zip = ZipFile.OpenRead(Zip);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using StreamReader reader = new(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
