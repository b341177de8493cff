# Dot-sourced by Examples.Tests.ps1: makes what an example needs, runs it, and clears up.
$scene = @{ Page = ''; Session = $null; Folder = ''; Holders = @(); Foreign = $null; Memories = @(); Channels = @{} }
$shell = (Get-Process -Id $PID).Path

# Names that the pages use. What has one of them before the tests is another program's: the examples with that name are skipped.
$pageNames = 'Door', 'door', 'cam1', 'Gate', 'gate', 'Bench', 'Line', 'TestPicture', 'Measurements', 'Limits', 'Settings', 'settings', 'Station', 'Recipes', 'scanner.buffer'
$takenNames = @($pageNames | Where-Object { Get-SharedMemoryInfo $_ -IncludeForeign -ErrorAction SilentlyContinue })

# Null if an example can run here; the reason otherwise.
function Get-SkipReason {
    [OutputType([string])]
    param([string[]] $Commands)

    $text = $Commands -join "`n"
    $taken = $takenNames | Where-Object { $text -cmatch "\b$_\b" } | Select-Object -First 1
    if ($taken) { "another program of this machine has the name $taken" }
    elseif ($text -match 'dshow' -and -not (Test-OnWindows)) { 'dshow is for cameras on Windows' }
    elseif ($text -match 'v4l2' -and (Test-OnWindows)) { 'v4l2 is for cameras on Linux' }
    elseif ($text -match '\bnobody\b|\bdaemon\b|group:nogroup' -and (Test-OnWindows)) { 'these accounts are those of a Linux machine' }
    elseif ($text -match '(Grant|Revoke)-SharedMemoryPrivilege .*-Confirm:\$false' -and (Test-OnWindows)) { 'it would change the rights of this machine' }
    elseif ($text -match 'Show-SharedFrame' -and $text -notmatch '-Once' -and (Test-OnWine)) { 'the module that is built for Wine has no viewer that runs without dotnet' }
    elseif ($text -match 'Remove-SharedMemory' -and (Test-OnWindows)) { 'Windows keeps nothing of a killed process' }
    elseif ($text -match '\.mp4|\.avi|lavfi|dshow|v4l2' -and -not (Get-Command ffmpeg -ErrorAction SilentlyContinue)) { 'ffmpeg is not installed' }
}

function Initialize-Scene {
    param([string] $Page, [string] $Key, [string[]] $Commands, [string[]] $Output)

    if ($scene.Page -ne $Page -or -not (Test-OneSession $Page)) {
        Clear-Session
        $scene.Page = $Page
        $scene.Folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))).FullName
        $scene.Session = [runspacefactory]::CreateRunspace()
        $scene.Session.Open()
        $null = Invoke-InSession "$(Get-ImportLine); if (`$PSStyle) { `$PSStyle.OutputRendering = 'PlainText' }; Set-Location '$($scene.Folder)'"
    }

    $text = $Commands -join "`n"
    $needs = "$($sceneOf[$Key])"
    $scope = if ($Page -in $globalPages) { 'Global' } else { 'Local' }
    $hasNothing = $needs -eq 'nothing'
    $listsAll = $text -match '^(Get-CameraPublisher|Get-SharedMemoryInfo|Get-SharedMemoryAccess)$'
    foreach ($channel in 'Door', 'cam1', 'TestPicture') {
        $fails = $Output -match "^Start-CameraPublisher: .*$channel"
        $wanted = $needs -eq $channel -or $text -cmatch "\b$channel\b" -or ($channel -eq 'Door' -and $listsAll)
        $starts = $text -cmatch "Start-CameraPublisher $channel\b"
        if ($hasNothing -or ($starts -and -not $fails)) {
            Remove-Channel $channel
        } elseif ($wanted) {
            Add-Channel $channel $scope
        }
    }

    if ($needs -match 'owner') {
        Add-Holder -Dead:($needs -eq 'dead owner')
    } elseif ($text -cmatch '\bMeasurements\b' -or $needs -eq 'Limits' -or $listsAll -or $text -eq 'Get-SharedMemory') {
        $isMade = $scene.Holders -or (Invoke-InSession "Get-SharedMemory Measurements -ErrorAction Ignore").Text
        $makes = $text -match 'New-SharedMemory Measurements' -and -not ($Output -match '^New-SharedMemory: ')
        if (-not $isMade -and -not $makes) {
            $null = Invoke-InSession "`$null = New-SharedMemory Measurements -Size 4MB -Scope $scope"
        }
    }

    switch ($needs) {
        'Limits' { $null = Invoke-InSession '$null = New-SharedMemory Limits -Size 4KB' }
        'Station' { $null = Invoke-InSession '$null = New-SharedMemory Station -Size (640 * 360 * 3)' }
        'opened again' { $null = Invoke-InSession '$null = Open-SharedMemory Measurements -ReadOnly' }
        'group:nogroup' { $null = Invoke-InSession 'Grant-SharedMemoryAccess Door group:nogroup -Confirm:$false' }
        'leftover' { Stop-Process -Id (Get-CameraPublisher Door).ProcessId -Force; Wait-Leftover }
        'ticket' { Set-Content -Path (Join-Path $scene.Folder 'ticket.zip') -Value 'the file of the first example' }
        'foreign' { $scene.Foreign = New-ForeignMemory 'scanner.buffer' 64KB }
    }

    foreach ($clip in 'door.mp4', 'bench.avi', 'line.avi') {
        if ($text -match [regex]::Escape($clip) -and -not (Test-Path (Join-Path $scene.Folder $clip))) {
            $codec = if ($clip -like '*.avi') { 'mjpeg' } else { 'mpeg4' }
            & ffmpeg -v error -f lavfi -i 'testsrc=size=640x360:rate=25' -t 2 -c:v $codec (Join-Path $scene.Folder $clip)
        }
    }
}

# Runs the commands one after the other, as at the prompt, and gives what they said.
function Invoke-Example {
    param([string[]] $Commands)

    $all = @{ Text = @(); Errors = @(); Warnings = @() }
    foreach ($command in $Commands) {
        # The process of the page is another one here; the module of this checkout may be loaded from another folder.
        if ($scene.Holders) { $command = $command -replace '\b(21174|20782)\b', $scene.Holders[0].Id }
        if ($command -eq 'Import-Module ./artifacts/module/WinMmf') { $command = Get-ImportLine }
        $said = Invoke-InSession $command
        foreach ($part in 'Text', 'Errors', 'Warnings') { $all[$part] += $said[$part] }

        # A viewer would wait some minutes for clients.
        if ($command -match 'Show-SharedFrame' -and "$($said.Text)" -match 'ProcessId : (\d+)') { Stop-Process -Id $Matches[1] -ErrorAction Ignore }
    }
    $all
}

function Invoke-InSession {
    param([string] $Command)

    $pipeline = [PowerShell]::Create()
    try {
        $pipeline.Runspace = $scene.Session
        $null = $pipeline.AddScript($Command).AddCommand('Out-String').AddParameter('Width', 80)
        $text = ''
        $errors = @()
        try {
            $text = -join $pipeline.Invoke()
        } catch {
            $errors += if ($_.Exception.InnerException.ErrorRecord) { $_.Exception.InnerException.ErrorRecord } else { $_ }
        }
        @{ Text = @($text -split '\r?\n' | Where-Object { $_ }); Errors = @($errors) + @($pipeline.Streams.Error); Warnings = @($pipeline.Streams.Warning) }
    } finally {
        $pipeline.Dispose()
    }
}

function Add-Channel {
    param([string] $Name, [string] $Scope)

    $found = Get-CameraPublisher $Name -ErrorAction Ignore | Select-Object -First 1
    if ($found -and "$($found.Scope)" -eq $Scope) { return }
    Remove-Channel $Name
    $null = Start-CameraPublisher $Name -Synthetic -Width 640 -Height 360 -FrameRate 30 -Scope $Scope
}

# Waits until the killed publisher of Door counts as gone.
function Wait-Leftover {
    $until = [DateTime]::UtcNow.AddSeconds(60)
    while (-not (Get-SharedMemoryInfo Door | Where-Object Kind -EQ Leftover)) {
        if ([DateTime]::UtcNow -gt $until) { throw 'The killed publisher left nothing.' }
        Start-Sleep -Milliseconds 50
    }
}

function Remove-Channel {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Of the tests themselves.')]
    param([string] $Name)

    Get-CameraPublisher $Name -ErrorAction Ignore | Stop-CameraPublisher
}

# Measurements, locked by a process of its own, which is killed with the lock if so wanted.
function Add-Holder {
    param([switch] $Dead)

    if (-not (Get-SharedMemoryInfo Measurements -ErrorAction Ignore)) {
        $scene.Memories += New-SharedMemory Measurements -Size 4MB
    }
    $script = (Get-ImportLine) + "`$null = Lock-SharedMemory Measurements -Label 'nightly.ps1'; Start-Sleep 600"
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
    $holder = Start-Process $shell -PassThru -NoNewWindow -ArgumentList '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', $encoded
    $scene.Holders += $holder
    $until = [DateTime]::UtcNow.AddSeconds(120)
    while (-not ((Get-SharedMemoryLock Measurements).Owners | Where-Object { $_.ProcessId -eq $holder.Id -and $_.State -eq 'Held' })) {
        if ([DateTime]::UtcNow -gt $until) { throw 'The holder does not get the lock.' }
        Start-Sleep -Milliseconds 50
    }
    if ($Dead) {
        $holder.Kill()
        $holder.WaitForExit()
    }
}

function Clear-Session {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Of the tests themselves.')]
    param()

    foreach ($holder in $scene.Holders) {
        if (-not $holder.HasExited) { $holder.Kill() }
        $holder.WaitForExit()
    }
    $scene.Memories | Where-Object { $_ } | ForEach-Object { $_.Dispose() }
    if ($scene.Foreign) { $scene.Foreign.Dispose() }
    if ($scene.Session) {
        $null = Invoke-InSession 'Unlock-SharedMemory *; Get-SharedMemory | Close-SharedMemory'
        $scene.Session.Dispose()
    }
    foreach ($name in 'Gate', 'gate', 'Bench', 'Line', 'door', 'cam1', 'TestPicture') {
        if ($name -cnotin $takenNames) { Remove-Channel $name }
    }
    $scene.Holders = @()
    $scene.Memories = @()
    $scene.Foreign = $null
    $scene.Session = $null
}

function Clear-Scene {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Of the tests themselves.')]
    param()

    Clear-Session
    if ('Door' -cnotin $takenNames) { Remove-Channel 'Door' }
}

# The header lines of the tables in a text: what stands above a line of dashes.
function Get-PrintedHeader {
    [OutputType([string])]
    param([string[]] $Line)

    for ($i = 1; $i -lt $Line.Count; $i++) {
        if ($Line[$i] -match '^\s*-[- ]*$' -and $Line[$i] -match '--') {
            $Line[$i - 1].TrimEnd()
        }
    }
}

# The lines of tables in a text whose cells do not stand below their header, as where a name is longer than its column.
function Get-ShiftedLine {
    [OutputType([string])]
    param([string[]] $Line)

    $starts = $null
    for ($i = 0; $i -lt $Line.Count; $i++) {
        if ($Line[$i].Trim() -eq '') {
            $starts = $null
        } elseif ($i -gt 0 -and $Line[$i] -match '^\s*-[- ]*$' -and $Line[$i] -match '--') {
            $starts = [regex]::Matches($Line[$i - 1], '(?<= )(Scope|Kind|State|Verdict|Access|Lock|Account|Format|Source|Owner|Role)\b').Index
        } elseif ($starts | Where-Object { $_ -lt $Line[$i].Length -and $Line[$i][$_ - 1] -ne ' ' }) {
            $Line[$i]
        }
    }
}

# The names of properties in the lists of a text.
function Get-PrintedProperty {
    [OutputType([string])]
    param([string[]] $Line)

    $Line | ForEach-Object { if ($_ -cmatch '^([A-Z]\w+) *: |^([A-Z]\w+) +:$') { "$($Matches[1])$($Matches[2])" } } | Where-Object { $_ -notin 'Remedy', 'WARNING' }
}
