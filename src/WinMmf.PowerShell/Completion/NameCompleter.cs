using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes a name from candidates, quoted where it must be, with a tooltip that says what it is.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    private IReadOnlyList<Target> _givenNames = [];
    private IDictionary? _bound;
    private bool _takesPattern;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        List<CompletionResult> results = [];
        try
        {
            _bound = fakeBoundParameters;
            _takesPattern = parameterName == "Name" && CommandText.TakesPattern(commandName);
            _givenNames = NamesFrom(fakeBoundParameters);
            HashSet<string> seen = [];
            foreach (KeyValuePair<string, string> candidate in Candidates(word, ScopeFrom(fakeBoundParameters)))
            {
                // A name may exist in both scopes, or be held twice.
                if (seen.Add(candidate.Key))
                    results.Add(
                        new CompletionResult(
                            ToArgument(candidate.Key), candidate.Key, CompletionResultType.ParameterValue, candidate.Value));
            }
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            // Completion never shows an error; the command itself reports what is wrong.
            results.Clear();
        }

        return results;
    }

    /// <summary>Names that begin with the word (or match it as a pattern), and what to say of each.</summary>
    private protected abstract IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope);

    /// <summary>A candidate as it stands in the line.</summary>
    private protected virtual string ToArgument(string candidate) =>
        PowerShellText.QuoteIfNeeded(_takesPattern ? PowerShellText.EscapePattern(candidate) : candidate);

    /// <summary>True if the line's -Name means this name, or names nothing, as where names come through the pipeline.</summary>
    private protected bool IsNamed(string name)
    {
        foreach (Target given in _givenNames)
        {
            if (given.IsMatch(name))
                return true;
        }

        return _givenNames.Count == 0;
    }

    /// <summary>True if the line gives a parameter this value.</summary>
    private protected bool IsGiven<T>(string parameter, T expected)
        where T : struct =>
        _bound?[parameter] is object value && LanguagePrimitives.TryConvertTo(value, out T given) && given.Equals(expected);

    /// <summary>True if the line has a switch.</summary>
    private protected bool IsSwitchedOn(string parameter) => _bound?[parameter] is object value && LanguagePrimitives.IsTrue(value);

    private protected static bool IsMatch(string name, string word) =>
        name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || (WildcardPattern.ContainsWildcardCharacters(word) && WildcardPattern.Get(word + "*", WildcardOptions.IgnoreCase).IsMatch(name));

    private static NameScope? ScopeFrom(IDictionary? bound) =>
        bound?["Scope"] is object value && LanguagePrimitives.TryConvertTo(value, out NameScope scope) ? scope : null;

    private static Target[] NamesFrom(IDictionary? bound) =>
        bound?["Name"] is object value && LanguagePrimitives.TryConvertTo(value, out string[] names)
            ? Array.ConvertAll(names, static name => new Target(name, null))
            : [];
}
