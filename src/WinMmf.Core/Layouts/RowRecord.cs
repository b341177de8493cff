using WinMmf.Processes;

namespace WinMmf.Layouts;

/// <summary>
/// What a reader writes into its row at the start: <c>docs/protocol.md</c> section 7. On Windows the claim decides and was exchanged
/// before.
/// </summary>
internal static unsafe class RowRecord
{
    public static void Write(byte* line, ProcessIdentity reader, long claimedAt, string label)
    {
        line[RowLayout.Lease] = 0;
        line[RowLayout.Sleeping] = 0;
        *(ulong*)(line + RowLayout.StartTime) = reader.StartTime;
        *(ulong*)(line + RowLayout.Host) = reader.Host;
        *(long*)(line + RowLayout.ClaimedAt) = claimedAt;
        SharedText.Write(line + RowLayout.Label, RowLayout.LabelBytes, label);
        *(ulong*)(line + RowLayout.Claim) = reader.Claim;
    }
}
