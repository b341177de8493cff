using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using WinMmf.Frames;
using WinMmf.Viewer.Page;
using WinMmf.Viewer.Serving;
using Xunit;

namespace WinMmf.Viewer.Tests;

/// <summary>Who gets an answer, and who does not.</summary>
public sealed partial class AccessTests
{
    public static TheoryData<string> Everything =>
        ["/", "/viewer.js", "/viewer.css", "/api/channels", "/cam.jpg", "/cam.png", "/cam.mjpeg", "/nothing", "/?token=", "/?token=0",
         "/cam.jpg?ticket=", "/cam.jpg?ticket=9999999999.00", "/cam.jpg?ticket=x.y", "/cam.jpg?ticket=.", "/../cam.jpg"];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Without_the_token_everything_is_401(string path)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using HttpResponseMessage answer = await viewer.Stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.2")]
    [InlineData("10.0.0.1")]
    [InlineData("[::2]")]
    public async Task A_hostile_host_gets_400_even_with_the_token(string host)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using HttpResponseMessage answer = await SendAsync(viewer.Owner, "/api/channels", "Host", host);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("localhost:8080")]
    [InlineData("[::1]:8080")]
    public async Task The_machines_own_names_are_accepted_with_any_port(string host)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using HttpResponseMessage answer = await SendAsync(viewer.Owner, "/api/channels", "Host", host);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_origin_gets_nothing(string header, string value)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        foreach (string path in new[] { "/", "/api/channels", "/cam.jpg", $"/?token={viewer.Server.Token.Value}" })
        {
            using HttpResponseMessage answer = await SendAsync(viewer.Owner, path, header, value);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task It_only_reads(string method)
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), "/api/channels");
        using HttpResponseMessage answer = await viewer.Owner.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task The_token_in_the_address_becomes_a_cookie_that_opens_the_page()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using HttpResponseMessage first = await viewer.Stranger.GetAsync($"/?token={viewer.Server.Token.Value}&channel=a%26b");
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Equal("/?channel=a%26b", first.Headers.Location!.OriginalString);
        string cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);

        using HttpResponseMessage page = await SendAsync(viewer.Stranger, "/", "Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("<title>WinMmf viewer</title>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_players_ticket_opens_its_channel_only()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        using TestChannel one = new();
        using TestChannel other = new();
        FrameFormat format = FrameFormat.Packed(320, 240, PixelFormat.Bgr24);
        one.Publish(format, TestChannel.Picture(format, 1));
        other.Publish(format, TestChannel.Picture(format, 1));

        string address = await AddressOf(viewer, one.Name, "jpg");
        using HttpResponseMessage allowed = await viewer.Stranger.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        foreach (string wrong in new[]
        {
            address.Replace(one.Name, other.Name, StringComparison.Ordinal),
            address.Replace("scope=local", "scope=global", StringComparison.Ordinal),
            address.Replace("scope=local&", "", StringComparison.Ordinal),
            "/api/channels?" + address.Split('?')[1],
            "/?" + address.Split('?')[1],
        })
        {
            using HttpResponseMessage refused = await viewer.Stranger.GetAsync(wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Fact]
    public void A_ticket_expires()
    {
        ManualTime time = new();
        AccessToken token = new(time);
        string ticket = token.IssueTicket("Local/cam");
        time.Advance(AccessToken.TicketLifetime);
        Assert.True(token.Accepts(ticket, "Local/cam"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(token.Accepts(ticket, "Local/cam"));

        // A client cannot write a later time into it.
        string later = "9" + ticket;
        Assert.False(token.Accepts(later, "Local/cam"));
        Assert.False(new AccessToken(time).Accepts(token.IssueTicket("Local/cam"), "Local/cam"));
    }

    [Fact]
    public async Task Each_answer_forbids_what_comes_from_elsewhere()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        foreach (HttpClient client in new[] { viewer.Owner, viewer.Stranger })
        {
            using HttpResponseMessage answer = await client.GetAsync("/");
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/viewer.css")]
    [InlineData("/viewer.js")]
    public void The_page_takes_nothing_from_elsewhere(string path)
    {
        string text = System.Text.Encoding.UTF8.GetString(PageAssets.TryRead(path, out _)!);
        Assert.DoesNotMatch(Elsewhere(), text);

        // The content policy would refuse them.
        Assert.DoesNotMatch(Inline(), text);
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_only()
    {
        await using TestViewer viewer = await TestViewer.StartAsync();
        IEnumerable<IPEndPoint> listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(end => end.Port == viewer.Server.Address.Port);
        Assert.Equal(IPAddress.Loopback, Assert.Single(listeners).Address);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string header, string value)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add(header, value);
        return await client.SendAsync(request);
    }

    /// <summary>An address with a ticket, as the list gives it.</summary>
    internal static async Task<string> AddressOf(TestViewer viewer, string name, string ending)
    {
        using JsonDocument list = JsonDocument.Parse(await viewer.Owner.GetStringAsync("/api/channels"));
        JsonElement channel = list.RootElement.GetProperty("channels").EnumerateArray()
            .Single(channel => channel.GetProperty("name").GetString() == name);
        return channel.GetProperty("addresses").GetProperty(ending).GetString()!;
    }

    [GeneratedRegex(@"(https?:)?//[a-z0-9]+\.|@import|url\(", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\sstyle=|\son[a-z]+=|<style|<script>|eval\(|innerHTML", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
