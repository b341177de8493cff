namespace WinMmf.Locking;

/// <summary>
/// A memory that is open, for code that looks for what belongs to it: its name may lead to another one by now. The system that opened it
/// knows which one it is.
/// </summary>
internal interface IOpenMemory
{
}
