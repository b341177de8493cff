using System;
using System.Collections.Generic;
using System.Linq;
using WinMmf.ArchitectureTests.Samples.Lower;

// What the reader must find, one use in each member.
#pragma warning disable CA1822, CA1812, CS0169, CA1823, IDE0044, IDE0051, IDE0059, CA1032, CA1711, CA1064

namespace WinMmf.ArchitectureTests.Samples
{
    internal sealed class Base : LowerClass;

    internal sealed class Implementation : ILower;

    internal sealed class Constraint<T>
        where T : ILower;

    [Lower]
    internal sealed class Attributed;

    internal sealed class Upper
    {
        private List<LowerClass[]>? _field;

        [AttributeUsage(AttributeTargets.All)]
        private sealed class KindAttribute(Type type) : Attribute
        {
            public Type Type { get; } = type;
        }

        public ref LowerStruct Property => throw new NotSupportedException();

        public void Parameter(in LowerStruct value) => _ = value.ToString();

        public int Body() => LowerClass.Answer();

        public object Created() => new LowerClass();

        public string Lambda() => string.Concat(Enumerable.Range(0, 3).Select(i => LowerClass.Answer() + i));

        public IEnumerable<int> Iterator()
        {
            yield return LowerClass.Answer();
        }

        public bool Generic() => Array.Empty<LowerStruct>().Length == 0;

        public bool Catches()
        {
            try
            {
                return true;
            }
            catch (LowerException)
            {
                return false;
            }
        }

        public Type TypeOf() => typeof(LowerClass);

        [Kind(typeof(LowerClass))]
        public void Argument()
        {
        }

        public unsafe void Pointer(delegate*<LowerStruct, void> _)
        {
        }
    }
}

namespace WinMmf.ArchitectureTests.Samples.Lower
{
    internal interface ILower;

    internal class LowerClass
    {
        public static int Answer() => Environment.TickCount;
    }

    internal struct LowerStruct;

    internal sealed class LowerException : Exception;

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class LowerAttribute : Attribute;
}
