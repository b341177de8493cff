namespace WinMmf.Wine.Runner;

/// <summary>How many tests ended in which way.</summary>
internal sealed class RunCounts
{
    public int Passed { get; set; }

    public int Failed { get; set; }

    public int Skipped { get; set; }

    public void Add(RunCounts other)
    {
        Passed += other.Passed;
        Failed += other.Failed;
        Skipped += other.Skipped;
    }

    /// <summary>The closing line that tests/wine/run looks for.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
