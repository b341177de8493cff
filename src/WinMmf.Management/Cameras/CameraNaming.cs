using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace WinMmf.Management.Cameras;

/// <summary>The rule by which a camera's channel gets its name where none is given.</summary>
internal static class CameraNaming
{
    private const int MostLetters = 48;

    /// <summary>
    /// Letters and digits of the camera's name, with one hyphen for all that is between them; where cameras of this machine would share
    /// that, with the camera's identity behind it, written the same way.
    /// </summary>
    /// <param name="camera">The camera.</param>
    /// <param name="cameras">All cameras of this machine; the camera is one of them.</param>
    public static string ChannelName(FoundCamera camera, IReadOnlyList<FoundCamera> cameras)
    {
        string name = Plain(camera.Name, MostLetters);
        if (name.Length == 0)
            name = "Camera";
        bool isShared = cameras.Count(other => string.Equals(Plain(other.Name, MostLetters), name, StringComparison.OrdinalIgnoreCase)) > 1;
        return isShared ? $"{name}-{Plain(CameraIdentity.Of(camera, cameras), int.MaxValue)}" : name;
    }

    private static string Plain(string text, int most)
    {
        StringBuilder plain = new();
        foreach (char c in text)
        {
            if (plain.Length >= most)
                break;
            if (char.IsLetterOrDigit(c) && c < 128)
                plain.Append(c);
            else if (plain.Length > 0 && plain[plain.Length - 1] != '-')
                plain.Append('-');
        }

        return plain.ToString().TrimEnd('-');
    }
}
