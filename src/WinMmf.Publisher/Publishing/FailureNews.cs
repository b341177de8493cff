using WinMmf.Errors;

namespace WinMmf.Publisher.Publishing;

/// <summary>Which failures of a source are news: an unplugged camera is tried for days, and the log shall not say so each time.</summary>
internal sealed class FailureNews
{
    private WinMmfErrorId _id;
    private string _message = "";

    /// <summary>True if a failure is another one than the last, or the first since the source delivered.</summary>
    public bool IsNews(WinMmfException error)
    {
        bool isNews = error.ErrorId != _id || error.Message != _message;
        (_id, _message) = (error.ErrorId, error.Message);
        return isNews;
    }

    /// <summary>The source delivers again.</summary>
    public void Forget() => (_id, _message) = (default, "");
}
