using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>The program as a person starts it.</summary>
public sealed class ProgramTests
{
    [SkippableFact]
    public async Task It_prints_its_address_serves_and_ends_at_a_signal()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals.");
        using ProgramProcess viewer = new("WinMmf.Viewer", ["--channel", "a b"]);
        Uri address = new(viewer.ReadLine());
        Assert.Equal("127.0.0.1", address.Host);
        Assert.EndsWith("&channel=a%20b", address.Query, StringComparison.Ordinal);
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains("WinMmf viewer", await client.GetStringAsync(address), StringComparison.Ordinal);
        using (System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{viewer.Id}"]))
            await kill.WaitForExitAsync();
        Assert.Equal(0, viewer.WaitForExit().Code);
    }

    [Fact]
    public async Task Started_by_another_program_it_answers_with_one_message_and_lets_go_of_its_pipes()
    {
        using ProgramProcess viewer = new("WinMmf.Viewer", ["--detached", "--open", "--channel=-x", "--scope", "global"], ("SSH_TTY", "x"));
        Assert.Equal("WINMMF/1 READY", viewer.ReadLine());
        System.Collections.Generic.Dictionary<string, string> fields = [];
        while (viewer.ReadLine() is { Length: > 0 } line)
            fields[line.Split(": ", 2)[0]] = line.Split(": ", 2)[1];
        Assert.Equal(("false", $"{viewer.Id}"), (fields["opened"], fields["pid"]));
        Uri address = new(fields["address"]);
        Assert.EndsWith("&channel=-x&scope=global", address.Query, StringComparison.Ordinal);
        Assert.StartsWith($"ssh -L {address.Port}:127.0.0.1:{address.Port} ", fields["tunnel"], StringComparison.Ordinal);
        viewer.ExpectEndOfOutput();
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains("WinMmf viewer", await client.GetStringAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_environment_variable_opens_another_address()
    {
        using ProgramProcess viewer = new(
            "WinMmf.Viewer", [], ("ASPNETCORE_URLS", "http://0.0.0.0:18231"), ("URLS", "http://0.0.0.0:18231"),
            ("ASPNETCORE_Kestrel__Endpoints__x__Url", "http://0.0.0.0:18231"), ("Kestrel__Endpoints__x__Url", "http://0.0.0.0:18231"));
        Uri address = new(viewer.ReadLine());
        Assert.NotEqual(18231, address.Port);
        Assert.DoesNotContain(
            System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), end => end.Port == 18231);
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using HttpResponseMessage answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "x")]
    [InlineData("--idle-minutes", "0")]
    [InlineData("--nothing", "1")]
    public void Wrong_arguments_are_named(string option, string value)
    {
        using ProgramProcess viewer = new("WinMmf.Viewer", [option, value]);
        (int code, string errors) = viewer.WaitForExit();
        Assert.Equal(2, code);
        Assert.Contains(option, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_is_said()
    {
        using ProgramProcess first = new("WinMmf.Viewer", []);
        int port = new Uri(first.ReadLine()).Port;
        using ProgramProcess second = new("WinMmf.Viewer", ["--port", $"{port}"]);
        (int code, string errors) = second.WaitForExit();
        Assert.Equal(1, code);
        Assert.Contains($"Port {port}", errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_port_that_the_account_may_not_use_is_said()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Every port is allowed.");
        Skip.If(File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start").Trim() != "1024", "This system allows other ports.");
        using ProgramProcess viewer = new("WinMmf.Viewer", ["--port", "80"]);
        (int code, string errors) = viewer.WaitForExit();
        Assert.Equal(1, code);
        Assert.StartsWith("Port 80 cannot be used: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
