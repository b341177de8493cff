using System.Globalization;
using System.Management.Automation;

namespace WinMmf.PowerShell.Targets;

/// <summary>As ValidateRange, but a number that is not given passes.</summary>
internal sealed class NoneOrRangeAttribute : ValidateArgumentsAttribute
{
    private readonly double _least;
    private readonly double _most;

    public NoneOrRangeAttribute(double least, double most)
    {
        _least = least;
        _most = most;
    }

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is null)
            return;
        double number = LanguagePrimitives.ConvertTo<double>(arguments);
        if (!(number >= _least && number <= _most))
        {
            string range = _most == double.MaxValue ? $"{Text(_least)} or more" : $"{Text(_least)} to {Text(_most)}";
            throw new ValidationMetadataException($"A value of {Text(number)} is impossible. Give {range}.");
        }
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
