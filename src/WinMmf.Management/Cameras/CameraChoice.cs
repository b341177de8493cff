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
    /// <exception cref="WinMmfException">
    /// CameraNotFound (lists what there is); CameraAmbiguous (several match); InvalidArgument.
    /// </exception>
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

        throw new WinMmfException(WinMmfErrorId.CameraNotFound, $"There is no camera '{text}'. {List(cameras)}");
    }

    /// <summary>
    /// Finds a chosen camera again, maybe in another port. It is found by its identity alone, whatever was typed: another camera of its
    /// name or its number is not it.
    /// </summary>
    /// <param name="name">Its name, for what is said.</param>
    /// <param name="id">The identity that it had.</param>
    /// <param name="cameras">The cameras of this machine now.</param>
    /// <exception cref="WinMmfException">CameraNotFound; CameraAmbiguous.</exception>
    public static FoundCamera Again(string name, string id, IReadOnlyList<FoundCamera> cameras)
    {
        CameraMatch match = CameraIdentity.Find(id, cameras, static camera => camera.Users.Count == 0);
        if (match.Kind == CameraMatchKind.Ambiguous)
            throw Several(id, match.Candidates, cameras);
        return match.Camera ?? throw new WinMmfException(
            WinMmfErrorId.CameraNotFound, $"The camera {name} ('{id}') is not there any more.");
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
        IEnumerable<string> words = matches.Select(match => $"{match.Name} is '{CameraIdentity.Of(match, all)}'");
        return new WinMmfException(
            WinMmfErrorId.CameraAmbiguous, $"Several cameras match '{text}': {string.Join("; ", words)}.");
    }

    private static string List(IReadOnlyList<FoundCamera> cameras)
    {
        if (cameras.Count == 0)
            return "This account can see none on this machine.";
        IReadOnlyList<string> ids = CameraIdentity.Of(cameras);
        return $"There are: {string.Join("; ", cameras.Select((camera, i) => $"{camera.Name} ('{ids[i]}')"))}.";
    }
}
