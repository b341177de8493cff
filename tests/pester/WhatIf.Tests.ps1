# Each cmdlet that may change something, run with -WhatIf, changes nothing: memories, locks, processes, files, rights.
BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"

    # What each is called with. {0}: a memory that is there and locked, {1}: a channel that is there, {2}: a name that is not, {3}: a folder, {4}: a memory that a process of its own keeps, {5}: what a killed publisher left (Linux).
    $arguments = @{
        'Close-SharedMemory'           = "Close-SharedMemory '{0}'", "Close-SharedMemory '{4}' -StopKeeper"
        'Export-WinMmfDiagnostic'      = , "Export-WinMmfDiagnostic '{3}/new.zip' -IncludeFrame"
        'Grant-SharedMemoryAccess'     = , "Grant-SharedMemoryAccess '{0}' Users"
        'Grant-SharedMemoryPrivilege'  = "Grant-SharedMemoryPrivilege SeLockMemoryPrivilege Users", "Grant-SharedMemoryPrivilege SeCreateGlobalPrivilege Users"
        'Lock-SharedMemory'            = , "Lock-SharedMemory '{0}' -TimeoutSec 0"
        'New-CameraConfigurationFile'  = "New-CameraConfigurationFile '{3}/new.json'", "New-CameraConfigurationFile '{3}/there.txt' -Force"
        'New-SharedMemory'             = "New-SharedMemory '{2}' 1KB", "New-SharedMemory '{2}' 1KB -KeepAlive", "New-SharedMemory '{2}' 1KB -Resident Locked"
        'Register-CameraPublisher'     = , "Register-CameraPublisher '{2}' -Synthetic -ConfigurationPath '{3}/cameras.json'"
        'Remove-SharedMemory'          = "Remove-SharedMemory '{5}'", "Remove-SharedMemory '{5}*'"
        'Restart-CameraPublisher'      = "Restart-CameraPublisher '{1}'", "Restart-CameraPublisher '{1}' -PassThru"
        'Revoke-SharedMemoryAccess'    = , "Revoke-SharedMemoryAccess '{0}' Users"
        'Revoke-SharedMemoryPrivilege' = , "Revoke-SharedMemoryPrivilege SeLockMemoryPrivilege Users"
        'Save-SharedFrame'             = "Save-SharedFrame -Name '{1}' '{3}/new.png'", "Get-SharedFrame '{1}' | Save-SharedFrame -Path '{3}/there.txt' -Force"
        'Set-SharedMemoryAccess'       = , "Set-SharedMemoryAccess '{0}' -ReadAccess Users"
        'Start-CameraPublisher'        = "Start-CameraPublisher '{2}' -Synthetic -LogPath '{3}/new.log'", "Start-CameraPublisher '{1}' -Synthetic -Force", "Start-CameraPublisher -ConfigurationPath '{3}/there.json'"
        'Stop-CameraPublisher'         = "Stop-CameraPublisher '{1}'", "Stop-CameraPublisher '{1}' -Force -PassThru"
        'Unlock-SharedMemory'          = "Unlock-SharedMemory '{0}'", "Unlock-SharedMemory '{0}' -Force"
        'Unregister-CameraPublisher'   = , "Unregister-CameraPublisher '*'"
        'Write-SharedMemory'           = , "Write-SharedMemory '{0}' other"
    }
    $cmdlets = Get-Command -Module WinMmf -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('WhatIf') }
    $cases = foreach ($cmdlet in $cmdlets) {
        foreach ($line in $arguments[$cmdlet.Name]) {
            @{ Line = $line }
        }
    }
    $unknown = $cmdlets | Where-Object { -not $arguments.ContainsKey($_.Name) } | ForEach-Object { $_.Name }
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName 'whatif'
    $folder = Join-Path ([IO.Path]::GetTempPath()) $prefix
    $null = New-Item -ItemType Directory -Path $folder
    Set-Content -Path (Join-Path $folder 'there.txt') -Value 'there'
    Set-Content -Path (Join-Path $folder 'there.json') -Value "{ ""publishers"": [ { ""name"": ""$prefix.file"", ""synthetic"": true } ] }"
    $camera = Start-CameraPublisher "$prefix.camera" -Synthetic -Width 64 -Height 48 -FrameRate 5
    $memory = New-SharedMemory "$prefix.memory" -Size 1KB
    Write-SharedMemory "$prefix.memory" 'as it was'
    $kept = New-SharedMemory "$prefix.kept" -Size 1KB -KeepAlive
    $lock = Lock-SharedMemory "$prefix.memory"
    $killed = Start-CameraPublisher "$prefix.left" -Synthetic -Width 64 -Height 48
    Stop-Process -Id $killed.ProcessId -Force
    Wait-SharedMemory "$prefix.left" -Until Gone -TimeoutSec 30

    # All that could change: objects with owner, access and lock; content; processes; files; rights; what the session holds.
    # Left out is what goes on by itself: frames, ages, and what tests of others beside this one do.
    function Get-State {
        $state = @(
            Get-SharedMemoryInfo "$prefix*" -IncludeForeign | ForEach-Object { '{0} {1} {2} {3} {4} {5} {6}' -f $_.Name, $_.Scope, $_.Kind, $_.State, $_.Size, $_.ProcessId, $_.KeptBy }
            Get-SharedMemory | ForEach-Object { 'held {0} {1} {2}' -f $_.Name, $_.IsClosed, $_.Lock }
            Get-SharedMemoryAccess "$prefix*" | ForEach-Object { 'access {0} {1} {2} {3}' -f $_.Name, $_.Owner, $_.Descriptor, $_.IsInStep }
            Get-SharedMemoryLock "$prefix*" | ForEach-Object { 'lock {0} {1}' -f $_.Name, $_.Verdict }
            Get-CameraPublisher "$prefix*" | ForEach-Object { 'restarts {0} {1}' -f $_.Name, $_.SourceRestarts }
            Get-Process | Where-Object { $_.Id -in $camera.ProcessId, $kept.KeptBy } | ForEach-Object { 'process {0}' -f $_.Id }
            Read-SharedMemory "$prefix.memory" -As Text
            Get-ChildItem -LiteralPath $folder -Recurse | ForEach-Object { 'file {0} {1} {2:o}' -f $_.Name, $_.Length, $_.LastWriteTimeUtc }
            Get-SharedMemoryPrivilege | ForEach-Object { '{0} {1} {2}' -f $_.Privilege, $_.IsHeld, ($_.AssignedTo -join ',') }
            if (-not (Test-OnWindows)) {
                Get-ChildItem -Path '/dev/shm' -Filter "*$prefix*" | ForEach-Object { 'shm {0} {1} {2} {3}' -f $_.Name, $_.Length, $_.UnixMode, $_.User }
            }
        )
        $state -join "`n"
    }
}

AfterAll {
    $lock.Dispose()
    Close-SharedMemory "$prefix*" -StopKeeper
    Close-SharedMemory "$prefix*"
    Stop-CameraPublisher "$prefix.camera" -Force
    Remove-SharedMemory "$prefix*"
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe '-WhatIf' {
    It 'is tried with every cmdlet that has it' -ForEach @(@{ Unknown = $unknown }) {
        $Unknown | Should -BeNullOrEmpty -Because 'a cmdlet that changes something needs a line at the top of this file'
    }

    It 'changes nothing: <Line>' -ForEach $cases {
        $command = $Line -f "$prefix.memory", "$prefix.camera", "$prefix.new", $folder, "$prefix.kept", "$prefix.left"
        $publishers = @(Get-Process -Name 'WinMmf.Publisher', 'dotnet' -ErrorAction SilentlyContinue).Id
        $before = Get-State
        $before | Should -Match 'as it was'
        $before | Should -Match 'access .*memory'

        # A refusal is as good: with -Force a living owner's lock is not taken.
        $null = & ([scriptblock]::Create("$command -WhatIf -ErrorAction SilentlyContinue")) 3>$null
        Get-State | Should -Be $before

        # A new one would be one that runs this name's command.
        $new = Get-Process -Name 'WinMmf.Publisher', 'dotnet' -ErrorAction SilentlyContinue | Where-Object { $_.Id -notin $publishers }
        @($new | Where-Object { $_.CommandLine -like "*$prefix.new*" }).Count | Should -Be 0
    }

    It 'would have changed something: <Name>' -ForEach @(@{ Name = 'New-SharedMemory' }) {
        # The comparison itself sees a change.
        $before = Get-State
        $new = New-SharedMemory "$prefix.new" 1KB
        Get-State | Should -Not -Be $before
        $new.Dispose()
        Get-State | Should -Be $before
    }
}
