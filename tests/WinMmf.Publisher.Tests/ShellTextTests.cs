using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using WinMmf.Publisher.Output;
using Xunit;

namespace WinMmf.Publisher.Tests;

/// <summary>A command that the program suggests says the same to a shell as to the person who reads it.</summary>
public sealed class ShellTextTests
{
    [Theory]
    [InlineData("cam1", "cam1")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("-x", "'-x'")]
    [InlineData("a\nb", "\"$(printf 'a\\012b')\"")]
    public void A_value_is_one_argument(string value, string expected) => Assert.Equal(expected, ShellText.QuoteForPosix(value));

    [Theory]
    [InlineData("cam1", "cam1")]
    [InlineData("a b", "NAME")]
    [InlineData("%PATH%", "NAME")]
    [InlineData("", "NAME")]
    [InlineData("-x", "NAME")]
    public void Windows_has_shells_that_quote_differently(string value, string expected) =>
        Assert.Equal(expected, ShellText.QuoteForWindows(value, "NAME"));

    [SkippableFact]
    public void A_shell_reads_what_was_meant_and_runs_nothing_of_it()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no sh.");
        List<string> values =
        [
            "cam1", "a b", "it's", "\"", "'", "''", "\\", "\\\\n", "$HOME", "$(echo no)", "`echo no`", "~", "~root", "#x", "a;echo no",
                "a&b",
            "*", "?", "[a]", "{a,b}", "!", "-n", "-- -x", "%s", "%d%%", "", " ", "\t", "\n", "a\n", "\n\n", "a\nb\n\n", "-a\nb", "\r\n",
                "\u001b[31m",
            "\u007f", "\u2019", "\u201C", "ü", "日本", "😀", "a\n'b", "a\n%s\\n", "=", "a=b", "<x", ">x", "|x", "(x)", "1\n2",
        ];
        const string Alphabet = "ab '\"\\$`\n\t%-~*?[](){}<>|&;!#=\u2018\u2019\r\u0001é";
        Random random = new(4711);
        for (int i = 0; i < 500; i++)
            values.Add(new string([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]));

        StringBuilder script = new();
        foreach (string value in values)
            script.Append("printf '%s\\000' ").Append(ShellText.QuoteForPosix(value)).Append('\n');
        string[] read = Run(script.ToString()).Split('\0');
        Assert.Equal(values, read[..^1]);
    }

    private static string Run(string script)
    {
        ProcessStartInfo start = new("/bin/sh")
        {
            ArgumentList = { "-s" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(60_000), "the shell does not end");
        Assert.Equal(0, process.ExitCode);
        return output.Result;
    }
}
