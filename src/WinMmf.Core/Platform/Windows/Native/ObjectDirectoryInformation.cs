using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>OBJECT_DIRECTORY_INFORMATION: one entry of a directory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ObjectDirectoryInformation
{
    public UnicodeString Name;
    public UnicodeString TypeName;
}
