using System;
using System.Collections.Generic;

namespace WinMmf.Mono.Missing;

internal static class TextMembers
{
    extension(string text)
    {
        public static string Create(IFormatProvider culture, FormattableString content) => content.ToString(culture);

        public static string Join(char separator, params string[] parts) => string.Join(separator.ToString(), parts);

        public static string Join(char separator, IEnumerable<string> parts) => string.Join(separator.ToString(), parts);

        public static string Join(char separator, params object[] parts) => string.Join(separator.ToString(), parts);

        public bool Contains(string part, StringComparison comparison) => text.IndexOf(part, comparison) >= 0;

        public bool StartsWith(char first) => text.Length > 0 && text[0] == first;
    }

    extension(Convert)
    {
        public static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", "");

        public static string ToHexString(byte[] bytes, int offset, int length) =>
            BitConverter.ToString(bytes, offset, length).Replace("-", "");
    }

    extension(Enum)
    {
        public static T Parse<T>(string text)
            where T : struct => (T)Enum.Parse(typeof(T), text);

        public static T[] GetValues<T>()
            where T : struct => (T[])Enum.GetValues(typeof(T));
    }
}
