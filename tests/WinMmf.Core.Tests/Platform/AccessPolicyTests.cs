using System;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

public sealed class AccessPolicyTests
{
    [Theory]
    [InlineData("Everyone")]
    [InlineData("users")]
    [InlineData("INTERACTIVE")]
    [InlineData("Administrators")]
    [InlineData("System")]
    public void The_words_are_known_everywhere_in_any_case(string word)
    {
        AccessPolicy policy = new([word]);
        foreach (ObjectKind kind in new[] { ObjectKind.PublisherSection, ObjectKind.LockedMemory })
        {
            SharedName name = Given.NewName(NameScope.Global);
            using SharedSection section = Given.Create(name, kind: kind, policy: policy);
            Assert.True(Given.Exists(name));
        }
    }

    [Theory]
    [InlineData(NameScope.Local)]
    [InlineData(NameScope.Global)]
    public void An_account_that_does_not_exist_is_an_error_and_leaves_nothing(NameScope scope)
    {
        SharedName name = Given.NewName(scope);
        string account = "nobody-" + Guid.NewGuid().ToString("N");
        WinMmfException e = Assert.Throws<WinMmfException>(() => Given.Create(name, policy: new AccessPolicy([account])));
        Assert.Equal(WinMmfErrorId.UnknownAccount, e.ErrorId);
        Assert.Contains(account, e.Message, StringComparison.Ordinal);
        Assert.False(Given.Exists(name));
    }

    [SkippableTheory]
    [InlineData("Everyone")]
    [InlineData("group:root")]
    public void Readers_of_a_Local_name_on_Linux_are_refused_and_nothing_is_left(string reader)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Local);
        WinMmfException e = Assert.Throws<WinMmfException>(() => Given.Create(name, policy: new AccessPolicy([reader])));
        Assert.Equal(WinMmfErrorId.LocalIsPrivate, e.ErrorId);
        Assert.False(Given.Exists(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_account_is_refused(string account) =>
        Assert.Equal(WinMmfErrorId.InvalidArgument, Given.ErrorOf(() => _ = new AccessPolicy([account])));

    [Fact]
    public void Accounts_are_trimmed_and_kept_in_order() => Assert.Equal(["a", "b"], new AccessPolicy([" a ", "b"]).Readers);

    [Fact]
    public void Nobody_is_let_in_unless_named() => Assert.Empty(AccessPolicy.Private.Readers);
}
