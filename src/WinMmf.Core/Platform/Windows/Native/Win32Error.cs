namespace WinMmf.Platform.Windows.Native;

/// <summary>Win32 error codes, as the Windows headers name them.</summary>
internal static class Win32Error
{
    public const int ERROR_FILE_NOT_FOUND = 2;
    public const int ERROR_PATH_NOT_FOUND = 3;
    public const int ERROR_ACCESS_DENIED = 5;
    public const int ERROR_INVALID_HANDLE = 6;
    public const int ERROR_NOT_ENOUGH_MEMORY = 8;
    public const int ERROR_OUTOFMEMORY = 14;
    public const int ERROR_INVALID_PARAMETER = 87;
    public const int ERROR_DISK_FULL = 112;
    public const int ERROR_INSUFFICIENT_BUFFER = 122;
    public const int ERROR_ALREADY_EXISTS = 183;
    public const int ERROR_PIPE_BUSY = 231;
    public const int ERROR_INVALID_LABEL = 1299;
    public const int ERROR_NOT_ALL_ASSIGNED = 1300;
    public const int ERROR_INVALID_OWNER = 1307;
    public const int ERROR_PRIVILEGE_NOT_HELD = 1314;
    public const int ERROR_NONE_MAPPED = 1332;
    public const int ERROR_NO_SYSTEM_RESOURCES = 1450;
    public const int ERROR_COMMITMENT_LIMIT = 1455;
}
