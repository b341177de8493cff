# Measures cmdlets in a warm prompt on a 1080p channel of its own; prints JSON, all times in microseconds.
param([Parameter(Mandatory)][string] $Module, [int] $Rounds = 150)
$ErrorActionPreference = 'Stop'
Import-Module (Resolve-Path -LiteralPath $Module).ProviderPath
$name = "bench-prompt-$PID"
Start-CameraPublisher $name -Synthetic -Width 1920 -Height 1080 -FrameRate 10 | Out-Null
try {
    $length = 1920 * 1080 * 3
    $native = [Runtime.InteropServices.Marshal]::AllocHGlobal($length)
    $reused = [byte[]]::new($length)
    [Runtime.InteropServices.Marshal]::Copy($reused, 0, $native, $length)
    $line = "Get-SharedFrame $($name.Substring(0, 8))"
    $steps = [ordered]@{
        GetSharedFrame = { $null = Get-SharedFrame $name }
        RawCopy        = { $copy = [byte[]]::new($length); [Runtime.InteropServices.Marshal]::Copy($native, $copy, 0, $length) }
        RawCopyReused  = { [Runtime.InteropServices.Marshal]::Copy($native, $reused, 0, $length) }
        UseSharedFrame = { $null = Use-SharedFrame $name { } }
        Completion     = { $null = TabExpansion2 $line $line.Length }
    }
    $times = @{}
    foreach ($step in $steps.Keys) { $times[$step] = [Collections.Generic.List[double]]::new() }
    for ($round = -30; $round -lt $Rounds; $round++) {
        foreach ($step in $steps.Keys) {
            if ($step -eq 'Completion' -and $round % 5 -ne 0) { continue }
            $action = $steps[$step]
            $start = [Diagnostics.Stopwatch]::GetTimestamp()
            . $action
            $end = [Diagnostics.Stopwatch]::GetTimestamp()
            if ($round -ge 0) { $times[$step].Add(($end - $start) * 1e6 / [Diagnostics.Stopwatch]::Frequency) }
        }
    }

    # A stream waits for the camera, so what counts is the processor time that a frame costs.
    $times['WatchSharedFrame'] = [Collections.Generic.List[double]]::new()
    $self = Get-Process -Id $PID
    Watch-SharedFrame $name -Count 10 | Out-Null
    $batches = [Math]::Min(5, $Rounds)
    for ($batch = 0; $batch -lt $batches; $batch++) {
        $self.Refresh()
        $before = $self.TotalProcessorTime
        Watch-SharedFrame $name -Count 20 | Out-Null
        $self.Refresh()
        $times['WatchSharedFrame'].Add(($self.TotalProcessorTime - $before).TotalMilliseconds * 1000 / 20)
    }
    $times | ConvertTo-Json -Compress
} finally {
    Stop-CameraPublisher $name -Confirm:$false
}
