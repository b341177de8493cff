namespace WinMmf.Platform.Windows.Native;

/// <summary>Access rights, as the Windows headers name them.</summary>
internal static class AccessRights
{
    public const uint READ_CONTROL = 0x0002_0000;
    public const uint WRITE_DAC = 0x0004_0000;
    public const uint WRITE_OWNER = 0x0008_0000;
    public const uint SYNCHRONIZE = 0x0010_0000;
    public const uint ACCESS_SYSTEM_SECURITY = 0x0100_0000;

    public const uint SECTION_QUERY = 0x0001;
    public const uint FILE_MAP_WRITE = 0x0002;
    public const uint FILE_MAP_READ = 0x0004;
    public const uint SECTION_MAP_EXECUTE = 0x0008;
    public const uint FILE_MAP_LARGE_PAGES = 0x2000_0000;
    public const uint SECTION_ALL_ACCESS = 0x000F_001F;

    public const uint EVENT_QUERY_STATE = 0x0001;
    public const uint EVENT_MODIFY_STATE = 0x0002;
    public const uint EVENT_ALL_ACCESS = 0x001F_0003;

    public const uint FILE_ALL_ACCESS = 0x001F_01FF;

    public const uint PROCESS_TERMINATE = 0x0001;
    public const uint PROCESS_DUP_HANDLE = 0x0040;
    public const uint PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;

    public const uint TOKEN_QUERY = 0x0008;
    public const uint TOKEN_ADJUST_PRIVILEGES = 0x0020;

    public const uint DIRECTORY_QUERY = 0x0001;
}
