using System.Collections.Generic;
using System.Linq;

namespace WinMmf.Benchmarks.Reporting;

/// <summary>A table with a title.</summary>
internal sealed class Table
{
    public Table(string title, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        Title = title;
        Columns = columns;
        Rows = rows.ToArray();
    }

    public string Title { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string[]> Rows { get; }
}
