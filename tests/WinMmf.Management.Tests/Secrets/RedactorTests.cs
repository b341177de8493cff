using System;
using System.Linq;
using System.Text;
using WinMmf.Management.Secrets;
using Xunit;

namespace WinMmf.Management.Tests.Secrets;

public sealed class RedactorTests
{
    /// <summary>No text around a secret contains this.</summary>
    private const string Secret = "QzX";

    [Theory]
    [InlineData("rtsp://user:pa:ss@cam:554/live?token=1", "rtsp://***@cam:554/live?***")]
    [InlineData("rtsp://user:pa/ss#w?d@cam:554/live", "rtsp://***@cam:554/live")]
    [InlineData("rtsp://user:p@ss@cam/live", "rtsp://***@cam/live")]
    [InlineData("http://host/a@b/c", "http://host/a@b/c")]
    [InlineData("http://host:8080/live", "http://host:8080/live")]
    [InlineData("udp://@239.0.0.1:1234", "udp://@239.0.0.1:1234")]
    [InlineData("http://[fe80::1]:8080/x#access", "http://[fe80::1]:8080/x#***")]
    [InlineData("rtsp://admin:a b@cam/x", "rtsp://***@cam/x")]
    [InlineData("rtsp://admin:a\"b@cam/x", "rtsp://***@cam/x")]
    [InlineData("srt://host:9000?mode=caller&passphrase=abc", "srt://host:9000?***")]
    [InlineData("'rtsp://u:p'w@cam/x': Connection refused.", "'rtsp://***@cam/x': Connection refused.")]
    [InlineData("See http://a/b?c=d, or https://e:f@g.", "See http://a/b?***, or https://***@g.")]
    [InlineData("rtsp://10.0.0.5/user=admin&password=xyz&channel=1", "rtsp://10.0.0.5/user=***&password=***&channel=1")]
    [InlineData("Authorization: Basic YWRtaW46eA==\r\nAccept: */*", "Authorization: ***\r\nAccept: */*")]
    [InlineData("X-Api-Key: abc\nCookie: a=b; c=d", "X-Api-Key: ***\nCookie: ***")]
    [InlineData("ffmpeg -headers x -passphrase abc -i y", "ffmpeg -headers x -passphrase *** -i y")]
    [InlineData("{\"password\": \"a b\", \"n\": 1}", "{\"password\": ***, \"n\": 1}")]
    [InlineData("MY_SECRET_TOKEN=abc WINMMF_FFMPEG=/usr/bin/ffmpeg", "MY_SECRET_TOKEN=*** WINMMF_FFMPEG=/usr/bin/ffmpeg")]
    [InlineData("a Bearer abc.def", "a Bearer ***")]
    [InlineData("LeasedSlotsPassed : 3\nKeys : 4\nAuthor : me\nPath=C:\\x", "LeasedSlotsPassed : 3\nKeys : 4\nAuthor : me\nPath=C:\\x")]
    [InlineData("Write KEY=VALUE, such as rtsp_transport=tcp.", "Write KEY=VALUE, such as rtsp_transport=tcp.")]
    [InlineData("", "")]
    public void What_is_secret_by_its_form_is_hidden_and_nothing_else(string text, string expected)
    {
        string hidden = Redactor.Hide(text, out int count);
        Assert.Equal(expected, hidden);
        Assert.Equal(expected != text, count > 0);
        Assert.Equal(expected, Redactor.Hide(hidden));
    }

    [Theory]
    [InlineData("headers", true)]
    [InlineData("passphrase", true)]
    [InlineData("decryption_key", true)]
    [InlineData("http_proxy", true)]
    [InlineData("rtsp_transport", false)]
    [InlineData("user_agent", false)]
    [InlineData("probesize", false)]
    public void An_option_tells_by_its_name_whether_it_holds_a_secret(string name, bool isSecret) =>
        Assert.Equal(isSecret, Redactor.IsSecretName(name));

    [Fact]
    public void No_spelling_of_an_address_shows_its_secrets()
    {
        Random random = new(4711);
        for (int i = 0; i < 5_000; i++)
        {
            string text = Around(random) + Address(random) + Around(random);
            string hidden = Redactor.Hide(text);
            Assert.False(hidden.Contains(Secret), $"round {i}: {text}\n -> {hidden}");
        }
    }

    [Fact]
    public void No_form_of_a_setting_shows_its_secret()
    {
        Random random = new(815);
        string[] names = ["password", "passphrase", "PASSWD", "db_pwd", "client_secret", "accessToken", "api-key", "X.ApiKey", "cryptokey",
            "decryption_key", "Signature"];
        string[] forms = ["{0}={1}", "{0} = {1}", "{0}=\"{1} {1}\"", "'{0}': '{1}'", "\"{0}\":\"{1}\"", " -{0} {1}", " --{0} '{1} x'",
            "?a=b&{0}={1}&c=d", "set {0}={1};", "password: {1}", "{0}={1}\n"];
        for (int i = 0; i < 5_000; i++)
        {
            string name = names[random.Next(names.Length)];
            string value = Secret + Word(random, "abc019+/=.%_-");
            string text = Around(random)
                + string.Format(System.Globalization.CultureInfo.InvariantCulture, forms[random.Next(forms.Length)], name, value)
                + Around(random);
            string hidden = Redactor.Hide(text);
            Assert.False(hidden.Contains(Secret), $"round {i}: {text}\n -> {hidden}");
        }
    }

    [Fact]
    public void A_long_hostile_text_costs_little()
    {
        // Quadratic work over this would take minutes.
        string letters = new('a', 300_000);
        foreach (string text in new[] { letters, string.Concat(Enumerable.Repeat("a://", 75_000)),
            string.Concat(Enumerable.Repeat("x:y@", 75_000)), "h://" + letters + ":"
            + letters, string.Concat(Enumerable.Repeat("password", 40_000)) })
            Assert.NotNull(Redactor.Hide(text));
    }

    /// <summary>An address with secrets as people write them, escaped or not.</summary>
    private static string Address(Random random)
    {
        const string Anything = "abc019!$&*()+,;=:._~%-/?#@'";
        string[] schemes = ["rtsp", "http", "https", "rtmp", "srt", "ftp", "x-y.z+1"];
        string[] hosts = ["cam", "cam.example.org", "10.0.0.5", "[fe80::1]", "localhost"];
        StringBuilder address = new(schemes[random.Next(schemes.Length)] + "://");
        bool hasUser = random.Next(4) > 0;
        if (hasUser)
            address.Append(Word(random, "abc019._-")).Append(':').Append(Word(random, Anything)).Append(Secret)
                .Append(Word(random, Anything)).Append('@');
        address.Append(hosts[random.Next(hosts.Length)]);
        if (random.Next(2) > 0)
            address.Append(':').Append(random.Next(65_536));
        address.Append('/').Append(Word(random, "abc019._-"));
        if (!hasUser || random.Next(2) > 0)
            address.Append('?').Append(Word(random, "abc")).Append('=').Append(Secret).Append(Word(random, "abc019&=%+-"));
        return address.ToString();
    }

    private static string Around(Random random)
    {
        string[] texts = ["", " ", "'", "\"", "Cannot open ", ": Connection refused", ".\nNext line ", "url=", "\t(", ") ",
            "[http @ 0x55] ", "file '", "' ", "{\"source\":\"", "\"}"];
        return texts[random.Next(texts.Length)];
    }

    private static string Word(Random random, string letters) =>
        new(Enumerable.Range(0, random.Next(8)).Select(_ => letters[random.Next(letters.Length)]).ToArray());
}
