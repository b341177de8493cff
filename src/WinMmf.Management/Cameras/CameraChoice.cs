using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using WinMmf.Errors;

namespace WinMmf.Management.Cameras;

/// <summary>The one camera that a person means: by its identity, its path, its number, its name, or a pattern that matches one.</summary>
internal static class CameraChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="cameras">The cameras of this machine.</param>
    /// <exception cref="WinMmfException">NotFound (lists what there is); InvalidArgument (several match).</exception>
    public static FoundCamera Choose(string text, IReadOnlyList<FoundCamera> cameras)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new WinMmfException(WinMmfErrorId.InvalidArgument, $"No camera is named. {List(cameras)}");
        CameraMatch known = CameraIdentity.Find(text, cameras, static camera => camera.Users.Count == 0);
        if (known.Kind == CameraMatchKind.Ambiguous)
            throw Several(text, known.Candidates, cameras);
        if (known.Camera is FoundCamera camera)
            return camera;

        foreach (Func<FoundCamera, bool> rule in Rules(text))
        {
            FoundCamera[] matches = [.. cameras.Where(rule)];
            if (matches.Length == 1)
                return matches[0];
            if (matches.Length > 1)
                throw Several(text, matches, cameras);
        }

        throw new WinMmfException(WinMmfErrorId.NotFound, $"There is no camera '{text}'. {List(cameras)}");
    }

    private static IEnumerable<Func<FoundCamera, bool>> Rules(string text)
    {
        yield return camera => camera.Path == text;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            yield return camera => camera.Number == number;
        yield return camera => string.Equals(camera.Name, text, StringComparison.OrdinalIgnoreCase);
        if (text.IndexOf('*') < 0 && text.IndexOf('?') < 0)
            yield break;
        Regex pattern = new(
            "^" + Regex.Escape(text).Replace("\\*", ".*").Replace("\\?", ".") + "$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        yield return camera => pattern.IsMatch(camera.Name);
    }

    private static WinMmfException Several(string text, IEnumerable<FoundCamera> matches, IReadOnlyList<FoundCamera> all)
    {
        IReadOnlyList<string> ids = CameraIdentity.Of(all);
        IEnumerable<string> words = matches.Select(
            match => $"{match.Name} is '{ids[Enumerable.Range(0, all.Count).First(i => ReferenceEquals(all[i], match))]}'");
        return new WinMmfException(
            WinMmfErrorId.InvalidArgument, $"Several cameras match '{text}': {string.Join("; ", words)}. Name one by its id.");
    }

    private static string List(IReadOnlyList<FoundCamera> cameras)
    {
        if (cameras.Count == 0)
            return "There is none on this machine that this account can see. Plug it in, or pass it into the container or virtual machine.";
        IReadOnlyList<string> ids = CameraIdentity.Of(cameras);
        return $"There are: {string.Join("; ", cameras.Select((camera, i) => $"{camera.Name} ('{ids[i]}')"))}.";
    }
}
