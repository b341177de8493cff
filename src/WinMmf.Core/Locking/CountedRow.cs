namespace WinMmf.Locking;

/// <summary>A row that is not free, whether its owner is dead, and its texts for display.</summary>
internal readonly struct CountedRow
{
    public CountedRow(LockRow row, bool isDead, LockRowText text)
    {
        Row = row;
        IsDead = isDead;
        Text = text;
    }

    public LockRow Row { get; }

    public bool IsDead { get; }

    public LockRowText Text { get; }
}
