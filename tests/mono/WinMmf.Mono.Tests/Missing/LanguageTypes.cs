namespace System
{
    /// <summary>What <c>^1</c> makes; the compiler asks for it by name.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;

        public static implicit operator Index(int value) => new(value);
    }

    /// <summary>What <c>1..^1</c> makes.</summary>
    internal readonly struct Range(Index start, Index end)
    {
        public Index Start { get; } = start;

        public Index End { get; } = end;

        public static Range All => new(0, new Index(0, fromEnd: true));

        public static Range StartAt(Index start) => new(start, new Index(0, fromEnd: true));

        public static Range EndAt(Index end) => new(0, end);
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>What init accessors and records ask for.</summary>
    internal static class IsExternalInit;

    /// <summary>What a range of an array is made with. In this assembly the type hides the framework's of the same name.</summary>
    internal static class RuntimeHelpers
    {
        public static T[] GetSubArray<T>(T[] array, Range range)
        {
            int start = range.Start.GetOffset(array.Length);
            T[] part = new T[range.End.GetOffset(array.Length) - start];
            Array.Copy(array, start, part, 0, part.Length);
            return part;
        }
    }
}
