using System;
using System.Globalization;
using WinMmf.Errors;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public void Every_failure_has_a_code_that_help_explains()
    {
        foreach (WinMmfErrorId id in Enum.GetValues<WinMmfErrorId>())
        {
            int code = ExitCode.Of(id);
            Assert.NotEqual(0, code);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"  {code}  "), ExitCode.Table, StringComparison.Ordinal);
        }
    }
}
