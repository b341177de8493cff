<#
.SYNOPSIS
Says how a camera's publisher is, as a plugin of monitoring systems: one line, and the exit code 0, 1, 2 or 3.

.DESCRIPTION
For the monitor's agent, which runs a file with arguments and reads one line and the exit code:

  powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File check_camera_publisher.ps1 -Name Door -MaxAgeSec 5 -MinFrameRate 20

  0  OK        frames come, and every limit is kept
  1  WARNING   fewer frames a second than -MinFrameRate, or none yet after a start
  2  CRITICAL  no frame within -MaxAgeSec; the publisher has ended, hangs, or there is none
  3  UNKNOWN   it cannot be told: wrong arguments, no access, no module, a memory that is no channel

Arguments: -Name NAME [-Scope Local|Global] [-MaxAgeSec SECONDS] [-MinFrameRate NUMBER] [-SampleSec SECONDS]; Get-Help Get-CameraPublisherHealth
explains them. The script takes them apart itself: PowerShell would end with 1, a warning, where one is wrong.

Without PowerShell: WinMmf.Publisher health NAME, in the folder publisher beside this one.
#>
$ErrorActionPreference = 'Stop'

# Says why nothing can be told, in one line, and ends.
function Exit-Unknown([string] $Reason) {
    Write-Output ('WINMMF UNKNOWN - ' + ($Reason -replace '\s*[\r\n]+\s*', ' ' -replace '\|', '/'))
    exit 3
}

try {
    $known = 'Name', 'Scope', 'MaxAgeSec', 'MinFrameRate', 'SampleSec'
    $given = @{}
    for ($i = 0; $i -lt $args.Count; $i += 2) {
        $word = "$($args[$i])"
        $name = $word.TrimStart('-').TrimEnd(':')
        if ($word -notlike '-*' -or $known -notcontains $name) {
            Exit-Unknown "The argument '$word' is not known. Known are: -$($known -join ', -')."
        }
        if ($i + 1 -ge $args.Count) {
            Exit-Unknown "The argument '$word' has no value."
        }
        if ($given.ContainsKey($name)) {
            Exit-Unknown "The argument '$word' is given twice."
        }
        $given[$name] = $args[$i + 1]
    }
    if (-not $given.Name) {
        Exit-Unknown 'There is no -Name. Give the name of one channel.'
    }

    Import-Module -Name (Join-Path -Path $PSScriptRoot -ChildPath '../WinMmf.psd1')

    # One service of the monitor is one camera: no pattern.
    $given.Name = "$($given.Name)" -replace '[][*?`]', '`$0'
    $health = @(Get-CameraPublisherHealth @given)
    if ($health.Count -ne 1) {
        Exit-Unknown "There are $($health.Count) answers for '$($given.Name)'."
    }
    Write-Output "$($health[0])"
    exit $health[0].ExitCode
} catch {
    Exit-Unknown "$_"
}
