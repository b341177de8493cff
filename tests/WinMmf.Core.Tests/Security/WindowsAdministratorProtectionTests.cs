using System;
using WinMmf.Platform.Windows;
using Xunit;

namespace WinMmf.Tests.Security;

/// <summary>Asks the system nothing, so it is tested everywhere.</summary>
public sealed class WindowsAdministratorProtectionTests
{
    [Theory]
    [InlineData(null, true, "")]
    [InlineData(1u, true, "")]
    [InlineData(1u, false, "")]
    [InlineData(2u, true, "not elevated")]
    [InlineData(2u, false, "belongs to that one")]
    public void An_account_of_its_own_is_named_where_elevating_means_one(uint? mode, bool isElevated, string part)
    {
        string said = WindowsAdministratorProtection.Explain(mode, isElevated);
        Assert.Equal(part.Length == 0, said.Length == 0);
        Assert.Contains(part, said, StringComparison.Ordinal);
    }
}
