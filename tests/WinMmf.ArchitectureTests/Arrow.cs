namespace WinMmf.ArchitectureTests;

/// <summary>One use of a folder by another.</summary>
/// <param name="From">The folder that uses, such as Core/Frames.</param>
/// <param name="To">The folder that is used.</param>
/// <param name="Member">The member that uses.</param>
/// <param name="Target">What it uses.</param>
internal sealed record Arrow(string From, string To, string Member, string Target);
