using System;
using System.Linq;
using System.Management.Automation;
using WinMmf.Errors;
using WinMmf.PowerShell.Advice;
using Xunit;

namespace WinMmf.PowerShell.Tests.Contract;

public sealed class ErrorRecordTests
{
    [Fact]
    public void Every_failure_with_an_id_has_a_category_that_says_more_than_nothing() => Assert.All(
        Enum.GetValues<WinMmfErrorId>().Where(id => id != WinMmfErrorId.SystemError),
        id => Assert.NotEqual(ErrorCategory.NotSpecified, ErrorRecords.CategoryOf(id)));

    [Theory]
    [InlineData(WinMmfErrorId.NotFound, ErrorCategory.ObjectNotFound)]
    [InlineData(WinMmfErrorId.AccessDenied, ErrorCategory.PermissionDenied)]
    [InlineData(WinMmfErrorId.Timeout, ErrorCategory.OperationTimeout)]
    [InlineData(WinMmfErrorId.ChannelInUse, ErrorCategory.ResourceBusy)]
    [InlineData(WinMmfErrorId.InvalidName, ErrorCategory.InvalidArgument)]
    public void Categories_are_what_scripts_expect(WinMmfErrorId id, ErrorCategory category) =>
        Assert.Equal(category, ErrorRecords.CategoryOf(id));
}
