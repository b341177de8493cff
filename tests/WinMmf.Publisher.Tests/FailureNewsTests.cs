using WinMmf.Errors;
using WinMmf.Publisher.Publishing;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class FailureNewsTests
{
    [Fact]
    public void A_failure_is_told_when_it_changes_and_after_each_recovery()
    {
        FailureNews news = new();
        Assert.True(news.IsNews(Gone));
        Assert.False(news.IsNews(Gone));
        Assert.True(news.IsNews(new WinMmfException(WinMmfErrorId.SourceBusy, Gone.Message)));
        Assert.True(news.IsNews(new WinMmfException(WinMmfErrorId.SourceBusy, "It is in use.")));
        Assert.True(news.IsNews(Gone));
        news.Forget();
        Assert.True(news.IsNews(Gone));
        Assert.False(news.IsNews(Gone));
    }

    private static WinMmfException Gone => new(WinMmfErrorId.CameraNotFound, "The camera is not there any more.");
}
