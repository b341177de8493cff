using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace WinMmf.Benchmarks.Reporting;

/// <summary>A chart with logarithmic axes as SVG, readable on light and dark pages.</summary>
internal sealed class LineChart
{
    private const double Width = 720, Height = 380, Left = 64, Right = 190, Top = 40, Bottom = 48;
    private static readonly string[] Colours = ["#1f77b4", "#2ca02c", "#d62728", "#9467bd", "#ff7f0e"];
    private readonly string _title;
    private readonly string _across;
    private readonly string _up;
    private readonly List<(string Name, (double X, double Y)[] Points)> _lines = new();

    public LineChart(string title, string across, string up)
    {
        _title = title;
        _across = across;
        _up = up;
    }

    public string Title => _title;

    public void Add(string name, IEnumerable<(double X, double Y)> points) => _lines.Add((name, points.ToArray()));

    public string ToSvg()
    {
        double[] xs = _lines.SelectMany(static line => line.Points).Select(static point => point.X).Distinct().Order().ToArray();
        double[] ys = _lines.SelectMany(static line => line.Points).Select(static point => point.Y).ToArray();
        double minX = Math.Log10(xs[0]), maxX = Math.Log10(xs[^1]);
        double minY = Math.Floor(Math.Log10(ys.Min())), maxY = Math.Ceiling(Math.Log10(ys.Max()));
        if (maxY <= minY)
            maxY = minY + 1;
        double X(double x) => Left + ((maxX > minX ? (Math.Log10(x) - minX) / (maxX - minX) : 0.5) * (Width - Left - Right));
        double Y(double y) => Height - Bottom - ((Math.Log10(y) - minY) / (maxY - minY) * (Height - Top - Bottom));

        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{Left}\" y=\"22\" font-size=\"14\" font-weight=\"bold\" fill=\"#222\">{Escape(_title)}</text>\n");
        for (double power = minY; power <= maxY; power++)
        {
            double value = Math.Pow(10, power);
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" y1=\"{Y(value):F1}\" x2=\"{Width - Right}\" y2=\"{Y(value):F1}\" stroke=\"#ddd\"/>\n");
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 8}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\" fill=\"#444\">{value:G4}</text>\n");
        }

        foreach (double x in xs)
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{X(x):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\" fill=\"#444\">{Short(x)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\" fill=\"#444\">"
                + $"{Escape(_across)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{Left - 8}\" y=\"{Top - 6}\" text-anchor=\"end\" fill=\"#444\">{Escape(_up)}</text>\n");
        for (int i = 0; i < _lines.Count; i++)
        {
            string colour = Colours[i % Colours.Length];
            string points = string.Join(
                ' ', _lines[i].Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")));
            svg.Append(
                CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
            foreach ((double x, double y) in _lines[i].Points)
                svg.Append(CultureInfo.InvariantCulture,
                    $"<circle cx=\"{X(x):F1}\" cy=\"{Y(y):F1}\" r=\"3\" fill=\"{colour}\"><title>{Escape(_lines[i].Name)}: "
                        + $"{Format.Number(y)} {Escape(_up)}</title></circle>\n");
            svg.Append(CultureInfo.InvariantCulture,
                $"<rect x=\"{Width - Right + 16}\" y=\"{Top + (i * 20)}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>");
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{Width - Right + 34}\" y=\"{Top + 10 + (i * 20)}\" fill=\"#222\">{Escape(_lines[i].Name)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Short(double value) => value switch
    {
        >= 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{value / (1 << 20):0.#} M"),
        >= 1024 => string.Create(CultureInfo.InvariantCulture, $"{value / 1024:0.#} K"),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
