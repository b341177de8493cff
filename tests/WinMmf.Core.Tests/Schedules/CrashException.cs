using System;

namespace WinMmf.Tests.Schedules;

/// <summary>Ends a participant in the middle of its steps, as a kill does: nothing that it does afterwards has an effect.</summary>
internal sealed class CrashException : Exception;
