using System.Collections.Generic;
using WinMmf.Management.Cameras;
using WinMmf.Management.Platform.Selection;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes a camera: its name where it is the only one of that name, otherwise its id.</summary>
public sealed class CameraCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        IReadOnlyList<FoundCamera> cameras = ManagementServices.Current.Cameras.Find();
        IReadOnlyList<string> ids = CameraIdentity.Of(cameras);
        for (int i = 0; i < cameras.Count; i++)
        {
            bool isAlone = true;
            for (int j = 0; j < cameras.Count; j++)
                isAlone &= j == i || cameras[j].Name != cameras[i].Name;
            if (isAlone && IsMatch(cameras[i].Name, word))
                yield return new(cameras[i].Name, $"{ids[i]}, {cameras[i].Path}");
            else if (IsMatch(ids[i], word) || (!isAlone && IsMatch(cameras[i].Name, word)))
                yield return new(ids[i], $"{cameras[i].Name}, {cameras[i].Path}");
        }
    }
}
