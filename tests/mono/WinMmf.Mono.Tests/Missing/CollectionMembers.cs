using System;
using System.Collections.Generic;
using System.Linq;

namespace WinMmf.Mono.Missing;

internal static class CollectionMembers
{
    extension(Array)
    {
        public static void Fill<T>(T[] array, T value)
        {
            for (int i = 0; i < array.Length; i++)
                array[i] = value;
        }
    }

    extension<T>(IEnumerable<T> items)
    {
        public IEnumerable<T> Order() => items.OrderBy(static item => item);

        public IEnumerable<T> Order(IComparer<T> comparer) => items.OrderBy(static item => item, comparer);
    }

    extension<T>(Queue<T> queue)
    {
        public bool TryDequeue(out T item)
        {
            bool any = queue.Count > 0;
            item = any ? queue.Dequeue() : default!;
            return any;
        }
    }

    extension<TKey, TValue>(Dictionary<TKey, TValue> items)
        where TKey : notnull
    {
        public bool Remove(TKey key, out TValue value) => items.TryGetValue(key, out value!) && items.Remove(key);
    }
}
