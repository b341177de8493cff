# Dot-sourced by Examples.Tests.ps1: finds the commands of README.md and of the help pages, and what each of them needs to be there.

# The fenced blocks of a page, in order: commands (what stands behind "PS>" and the lines that continue it), and the output printed for them.
function Get-PageExample {
    param([string] $Path)

    $page = [IO.Path]::GetFileNameWithoutExtension($Path)
    $fence = ''
    $number = 0
    $example = $null
    foreach ($line in [IO.File]::ReadAllLines($Path)) {
        if ($line -match '^```(\w*)$') {
            if ($fence) {
                $fence = ''
            } else {
                $fence = if ($Matches[1]) { $Matches[1] } else { 'plain' }
                if ($fence -eq 'powershell') {
                    if ($example) { $example }
                    $number++
                    $example = @{ Page = $page; Number = $number; Key = "$page $number"; Commands = @(); Output = @() }
                }
            }
        } elseif ($fence -eq 'powershell') {
            $printsPrompt = $line -like 'PS> *'
            if ($printsPrompt -or -not ($example.Commands -or $line -eq '')) {
                $example.Commands += $line -replace '^PS> '
            } elseif ($example.Commands -and -not $example.Output -and $line -match '^    ' -and $printed -ne '') {
                $example.Commands[-1] += "`n$line"
            } elseif ($page -like 'about_*' -and $line -ne '') {
                $example.Commands += $line
            } else {
                $example.Output += $line
            }
        } elseif ($fence -eq 'output') {
            $example.Output += $line
        } elseif ($line -like '#*') {
            # Output belongs to the commands under the same heading.
            if ($example) { $example }
            $example = $null
        }
        $printed = $line
    }
    if ($example) { $example }
}

# What an example needs besides what its names tell (see Initialize-Scene). Each entry is a page and the number of its block.
$sceneOf = @{
    'Debug-SharedMemoryLock 1' = 'dead owner'
    'Debug-SharedMemoryLock 2' = 'living owner'
    'Get-SharedMemoryLock 1' = 'living owner'
    'Get-SharedMemoryLock 2' = 'living owner'
    'Lock-SharedMemory 2' = 'living owner'
    'Unlock-SharedMemory 2' = 'dead owner'
    'Unlock-SharedMemory 3' = 'dead owner'
    'Unlock-SharedMemory 4' = 'living owner'
    'about_WinMmf_Locks 2' = 'living owner'
    'Start-CameraPublisher 9' = 'nothing'
    'README 8' = 'living owner'
    'Get-SharedMemory 1' = 'opened again'
    'Get-SharedMemory 2' = 'opened again'
    'Close-SharedMemory 2' = 'Limits'
    'Stop-CameraPublisher 1' = 'TestPicture'
    'Stop-CameraPublisher 2' = 'TestPicture'
    'Get-CameraPublisher 1' = 'TestPicture'
    'Get-CameraPublisherHealth 1' = 'Door'
    'Revoke-SharedMemoryAccess 1' = 'group:nogroup'
    'Get-SharedMemoryHolder 3' = 'foreign'
    'Get-SharedMemoryInfo 3' = 'foreign'
    'Get-SharedMemoryInfo 4' = 'Limits'
    'Get-SharedFrame 4' = 'Station'
    'Export-WinMmfDiagnostic 2' = 'ticket'
    'Remove-SharedMemory 1' = 'leftover'
    'Remove-SharedMemory 2' = 'leftover'
    'about_WinMmf 3' = 'nothing'
    'about_WinMmf_Errors 1' = 'nothing'
}

# Names in these pages are Global, because the pages are about what other accounts may do.
$globalPages = 'Get-SharedMemoryAccess', 'Set-SharedMemoryAccess', 'Grant-SharedMemoryAccess', 'Revoke-SharedMemoryAccess', 'Test-SharedMemoryAccess',
    'Get-SharedMemoryHolder', 'about_WinMmf_Access'

# Pages whose blocks are one session, from the first to the last.
function Test-OneSession {
    param([string] $Page)

    $Page -eq 'README' -or $Page -like 'about_*'
}

# Accounts, cameras and rights that a machine need not have: the command then ends in the error that says so.
$mayFail = @(
    @{ Pattern = '-Camera '; Ids = 'CameraNotFound' }
    @{ Pattern = '/dev/video0|dshow'; Ids = 'NotFound', 'SourceUnreachable', 'SourceBusy', 'ProgramNotFound' }
    @{ Pattern = 'FACTORY\\|Operators|-Account camera'; Ids = 'UnknownAccount', 'NotSupported' }
    @{ Pattern = 'SharedMemoryPrivilege .*-Account'; Ids = 'NotSupported' }
    @{ Pattern = '-Port '; Ids = 'InvalidArgument' }
    @{ Pattern = '^Register-CameraPublisher'; Ids = 'ProgramNotTrusted', 'CameraNotFound' }
    @{ Pattern = '-Resident'; Ids = 'LockedMemoryLimit', 'PrivilegeNotHeld' }
)

# Examples whose warning tells of losses, which a machine at rest does not have.
$warnsUnderLoad = @('Watch-SharedFrame 2')
