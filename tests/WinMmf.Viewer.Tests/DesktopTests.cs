using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using WinMmf.Viewer.Platform;
using WinMmf.Viewer.Serving;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>How a browser comes to the page.</summary>
public sealed class DesktopTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winmmf-desktop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("10.0.0.5 50000 10.0.0.9 22", "ann", "ssh -L 4711:127.0.0.1:4711 ann@10.0.0.9")]
    [InlineData("10.0.0.5 50000 10.0.0.9 2222", "ann", "ssh -L 4711:127.0.0.1:4711 -p 2222 ann@10.0.0.9")]
    [InlineData("fe80::1 50000 fe80::2 22", "ann", "ssh -L 4711:127.0.0.1:4711 ann@fe80::2")]
    [InlineData("", "ann", "ssh -L 4711:127.0.0.1:4711 ann@HOST")]
    [InlineData("a b $(reboot) 22", "x;reboot", "ssh -L 4711:127.0.0.1:4711 USER@HOST")]
    public void The_other_end_is_told_what_to_run(string connection, string user, string expected) =>
        Assert.Equal(expected, SshSession.TunnelCommand(name => name == "SSH_CONNECTION" ? connection : null, 4711, user));

    [Fact]
    public void Over_ssh_no_browser_is_started()
    {
        using DesktopBrowser browser = new(name => name is "SSH_CONNECTION" or "DISPLAY" ? "10.0.0.5 50000 10.0.0.9 22" : null);
        Assert.Contains("SSH", browser.TryOpen("http://127.0.0.1/", "http://127.0.0.1/"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Without_a_desktop_that_is_said()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has one, or not, whatever the variables say.");
        using DesktopBrowser browser = new(static _ => null);
        Assert.Contains("no desktop", browser.TryOpen("http://127.0.0.1/", "http://127.0.0.1/"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task On_linux_the_browser_gets_a_file_that_only_this_account_reads_and_no_secret_in_its_arguments()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows shows nobody the arguments of others.");
        string said = Path.Combine(_folder, "said");
        AddOpener($"echo \"$#\" \"$1\" >{said}.part; cat \"$1\" >>{said}.part; stat -c %a \"$1\" >>{said}.part; mv {said}.part {said}");
        using DesktopBrowser browser = new(Environment());
        Assert.Null(browser.TryOpen("http://127.0.0.1:9/?token=secret", "http://127.0.0.1:9/enter?code=once&channel=a"));
        for (int i = 0; i < 600 && !File.Exists(said); i++)
            await Task.Delay(100);
        string[] lines = await File.ReadAllLinesAsync(said);
        Assert.StartsWith("1 " + _folder, lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("once", lines[0], StringComparison.Ordinal);
        Assert.Contains("url=http://127.0.0.1:9/enter?code=once&amp;channel=a", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("600", lines[^1], StringComparison.Ordinal);
        browser.Forget();
        Assert.Empty(Directory.GetFiles(_folder, "*.html"));
    }

    [SkippableFact]
    public void A_failing_opener_and_an_open_folder_are_said()
    {
        Skip.If(OperatingSystem.IsWindows(), "xdg-open is Linux's.");
        AddOpener("exit 4");
        using DesktopBrowser browser = new(Environment());
        Assert.Contains("ended with code 4", browser.TryOpen("http://127.0.0.1:9/", "http://127.0.0.1:9/"), StringComparison.Ordinal);
        string open = Directory.CreateDirectory(Path.Combine(_folder, "open")).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(open, (UnixFileMode)0b111_111_111);
        using DesktopBrowser other = new(name => name == "XDG_RUNTIME_DIR" ? open : Environment()(name));
        Assert.Contains("other accounts may write", other.TryOpen("http://127.0.0.1:9/", "http://127.0.0.1:9/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_in_that_file_works_from_elsewhere_once_and_leads_to_the_page()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        string code = viewer.Server.Token.IssueEntry();
        using HttpResponseMessage first = await EnterAsync(viewer, $"/enter?code={code}&channel=a%22b&scope=local");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Contains(
            "content=\"0;url=/?channel=a%22b&amp;scope=local\"", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpRequestMessage page = new(HttpMethod.Get, "/");
        page.Headers.Add("Cookie", first.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        page.Headers.Add("Sec-Fetch-Site", "same-origin");
        using HttpResponseMessage shown = await viewer.Stranger.SendAsync(page);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        using HttpResponseMessage second = await EnterAsync(viewer, $"/enter?code={code}");
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task It_works_for_some_minutes_only_and_not_before_it_was_made()
    {
        ManualTime time = new();
        await using TestViewer viewer = await TestViewer.StartAsync(time: time);
        foreach (string wrong in new[] { "", "?code=", "?code=00", $"?code={viewer.Server.Token.Value}" })
        {
            using HttpResponseMessage answer = await EnterAsync(viewer, "/enter" + wrong);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        string code = viewer.Server.Token.IssueEntry();
        time.Advance(AccessToken.EntryLifetime + TimeSpan.FromSeconds(1));
        using HttpResponseMessage late = await EnterAsync(viewer, $"/enter?code={code}");
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
    }

    private static Task<HttpResponseMessage> EnterAsync(TestViewer viewer, string path)
    {
        HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return viewer.Stranger.SendAsync(request);
    }

    private Func<string, string?> Environment()
    {
        Dictionary<string, string> variables = new()
        {
            ["DISPLAY"] = ":0",
            ["XDG_RUNTIME_DIR"] = _folder,
            ["PATH"] = "." + Path.PathSeparator + _folder,
        };
        return variables.GetValueOrDefault;
    }

    private void AddOpener(string script)
    {
        string opener = Path.Combine(_folder, "xdg-open");
        File.WriteAllText(opener, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(opener, (UnixFileMode)0b111_101_101);
    }
}
