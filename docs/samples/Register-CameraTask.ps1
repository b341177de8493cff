<#
.SYNOPSIS
Registers a scheduled task that publishes a camera's or file's frames from the start of the computer on.

.DESCRIPTION
The task runs the module's publisher as SYSTEM, before any user signs in, in the global namespace, so that programs in every
session can read it. Windows starts it again one minute after it ended in an error. Run this in an elevated PowerShell.

The publisher runs in the foreground of its task: ending the task ends it, and Stop-CameraPublisher ends it cleanly.

.PARAMETER Name
The channel's name, which readers ask for; also the name of the task, in the folder \WinMmf\.

.PARAMETER Path
A video file, or an address that ffmpeg opens. Without it a moving test picture is published.

.PARAMETER ReadAccess
Who may read. Users by default.

.PARAMETER Publisher
The publisher program, in Program Files. By default the one of the newest module that is installed for all users.

.EXAMPLE
.\Register-CameraTask.ps1 -Name door -Path rtsp://door/stream

Publishes the camera at the door from the next start on. Start-ScheduledTask -TaskPath \WinMmf\ -TaskName door begins now.

.EXAMPLE
Unregister-ScheduledTask -TaskPath \WinMmf\ -TaskName door

Undoes it.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [ValidatePattern('^[^\\/:*?"<>|]{1,200}$')]
    [string] $Name,

    [Parameter(Position = 1)]
    [string] $Path,

    [string[]] $ReadAccess = 'Users',

    [string] $Publisher
)

$ErrorActionPreference = 'Stop'

# What lies in a user's folder, that user decides; a name without a folder, the current folder.
function Test-MachineWide([string] $File) {
    $root = [Environment]::GetFolderPath('ProgramFiles')
    $root -and [IO.Path]::IsPathRooted($File) -and
        [IO.Path]::GetFullPath($File).StartsWith($root.TrimEnd('\') + '\', [StringComparison]::OrdinalIgnoreCase)
}

if (-not $Publisher) {
    $module = Get-Module -Name WinMmf -ListAvailable | Where-Object { Test-MachineWide $_.ModuleBase } |
        Sort-Object -Property Version -Descending | Select-Object -First 1
    if (-not $module) {
        throw 'The module WinMmf is not installed for all users. Install it as docs/install.md says, or name the program with -Publisher.'
    }
    $Publisher = Join-Path -Path $module.ModuleBase -ChildPath 'publisher/WinMmf.Publisher.exe'
}
if (-not (Test-MachineWide $Publisher)) {
    throw "'$Publisher' does not lie in Program Files. SYSTEM runs it, so it has to lie where only administrators can write: install the module for all users."
}
if (-not (Test-Path -LiteralPath $Publisher -PathType Leaf)) {
    throw "There is no publisher at '$Publisher'. A build from a clone has none for a PC without .NET; use the package."
}

# The publisher reads its command line as every Windows program does: what contains a blank stands in quotation marks.
$words = @('publish', '--name', $Name, '--scope', 'global')
foreach ($account in $ReadAccess) {
    $words += '--read-access', $account
}
if ($Path) {
    $words += '--input', $Path
    if (Test-Path -LiteralPath $Path -PathType Leaf) {
        $words += '--loop'
    }
} else {
    $words += '--synthetic'
}
$argument = ($words | ForEach-Object { if ($_ -match '[\s"]') { '"{0}"' -f $_.Replace('"', '\"') } else { $_ } }) -join ' '

if ($PSCmdlet.ShouldProcess("\WinMmf\$Name", "Register a task that runs: $Publisher $argument")) {
    $action = New-ScheduledTaskAction -Execute $Publisher -Argument $argument
    $trigger = New-ScheduledTaskTrigger -AtStartup
    # SYSTEM by its SID: its name differs from language to language.
    $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest
    # No limit to how long it runs: Windows ends a task after three days otherwise.
    $settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero) -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
        -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -MultipleInstances IgnoreNew
    Register-ScheduledTask -TaskPath '\WinMmf\' -TaskName $Name -Action $action -Trigger $trigger -Principal $principal -Settings $settings -Force
}
