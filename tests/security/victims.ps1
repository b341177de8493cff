# What people and scripts do beside a hostile account: each cmdlet and completer again and again. Writes a line for each, then "done".
param([string] $Module, [string] $Channel, [int] $Seconds)

$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
Import-Module $Module
$own = "own$PID"
$memory = New-SharedMemory $own -Size 4KB
$pattern = [byte[]] (1..255)

function Complete([string] $Line) {
    $found = [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
    if (-not ($found.CompletionText -match 'busy|root|0')) {
        throw "nothing was completed for: $Line"
    }
}

$work = [ordered] @{
    'Get-SharedMemoryInfo' = { if (@(Get-SharedMemoryInfo).Name -notcontains $Channel) { throw 'the channel was not listed' } }
    'Get-CameraPublisher' = { if ((Get-CameraPublisher $Channel).State -ne 'Live') { throw 'not live' } }
    'Get-SharedFrame' = { $null = Get-SharedFrame $Channel -TimeoutSec 10 -Owner 0 }
    'Use-SharedFrame' = { $null = Use-SharedFrame $Channel { $_.FrameNumber } -TimeoutSec 10 -Owner root }
    'Get-SharedMemoryAccess' = { $null = Get-SharedMemoryAccess $Channel }
    'Get-SharedMemoryHolder' = { $null = Get-SharedMemoryHolder $Channel }
    'Get-SharedMemoryLock' = { $null = Get-SharedMemoryLock $own }
    'Write-SharedMemory' = { Write-SharedMemory $own -Value $pattern }
    'Read-SharedMemory' = { if ((Read-SharedMemory $own -Count 255 -Raw)[7] -ne 8) { throw 'other data' } }
    'Lock-SharedMemory' = { $null = Lock-SharedMemory $own; Unlock-SharedMemory $own }
    'Complete-Name' = { Complete 'Get-SharedFrame -Name b' }
    'Complete-Owner' = { Complete "Get-SharedFrame -Name $Channel -Owner " }
}
$times = @{}
$errors = @{}
foreach ($name in $work.Keys) {
    $times[$name] = [Collections.Generic.List[double]]::new()
    $errors[$name] = 0
}
$end = [Diagnostics.Stopwatch]::StartNew()
do {
    foreach ($name in $work.Keys) {
        $took = [Diagnostics.Stopwatch]::StartNew()
        try {
            $null = & $work[$name]
        } catch {
            $errors[$name]++
            if ($errors[$name] -le 3) {
                "  ${name}: $_"
            }
        }
        $times[$name].Add($took.Elapsed.TotalMilliseconds)
    }
} while ($end.Elapsed.TotalSeconds -lt $Seconds)
foreach ($name in $work.Keys) {
    $sorted = [double[]] ($times[$name] | Sort-Object)
    '{0} times={1} median={2:0} longest={3:0} errors={4}' -f $name, $sorted.Count, $sorted[[int] [Math]::Floor($sorted.Count / 2)], $sorted[-1], $errors[$name]
}
$memory.Dispose()
'done'
