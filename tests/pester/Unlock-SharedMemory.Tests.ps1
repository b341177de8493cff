BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $shell = (Get-Process -Id $PID).Path

    # A process that takes the lock, and is killed with it if so wanted.
    function Start-Holder {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Test helper.')]
        param([string] $Name, [string] $Mode = 'Write')

        $script = (Get-ImportLine) + "`$null = Lock-SharedMemory '$Name' -Mode $Mode -Label holder; Start-Sleep 120"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
        $process = Start-Process $shell -PassThru -NoNewWindow -ArgumentList '-NoProfile', '-NonInteractive', '-EncodedCommand', $encoded
        $until = [DateTime]::UtcNow.AddSeconds(60)
        while (-not ((Get-SharedMemoryLock $Name).Owners | Where-Object ProcessId -EQ $process.Id)) {
            if ([DateTime]::UtcNow -gt $until) { throw 'The holder does not get the lock.' }
            Start-Sleep -Milliseconds 50
        }
        $process
    }

    function Stop-Holder {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Test helper.')]
        param($Process)

        $Process.Kill()
        $Process.WaitForExit()
    }
}

AfterAll {
    Unlock-SharedMemory *
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Unlock-SharedMemory' {
    BeforeEach {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 64
    }

    AfterEach {
        $memory.Dispose()
    }

    It 'gives the own lock back, by name, pattern and object' {
        $null = Lock-SharedMemory $name
        Unlock-SharedMemory $name
        $null = Lock-SharedMemory $name
        Unlock-SharedMemory "$name*"
        Lock-SharedMemory $name | Unlock-SharedMemory
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'gives the own lock back with -Force, too' {
        $lock = Lock-SharedMemory $name
        Unlock-SharedMemory $name -Force -WhatIf
        $lock.IsHeld | Should -BeTrue
        Unlock-SharedMemory $name -Force -Confirm:$false -ErrorAction Stop | Should -BeNullOrEmpty
        $lock.IsHeld | Should -BeFalse
        (Get-SharedMemoryLock $name).Verdict | Should -Be 'Free'
        $lock = Lock-SharedMemory $name
        Unlock-SharedMemory "$name*" -Force -Confirm:$false -ErrorAction Stop
        $lock.IsHeld | Should -BeFalse
    }

    It 'says that there is none' {
        Unlock-SharedMemory $name -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotLocked,*'
    }

    It 'refuses a living owner, by name' {
        $holder = Start-Holder -Name $name
        try {
            Unlock-SharedMemory $name -Force -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'LockHeld,*'
            $failure[0].CategoryInfo.Category | Should -Be 'ResourceBusy'
            "$($failure[0])" | Should -BeLike "*process $($holder.Id)*"
            "$($memory.Lock)" | Should -Be 'Writing'
        } finally {
            Stop-Holder $holder
        }
    }

    It 'frees what a dead owner left, and reports it' {
        $holder = Start-Holder -Name $name
        Stop-Holder $holder
        Unlock-SharedMemory $name -Force -WhatIf
        "$($memory.Lock)" | Should -Be 'Writing'
        $report = Unlock-SharedMemory $name -Force -Confirm:$false
        $report.Before | Should -Be 'Abandoned'
        $report.After | Should -Be 'Free'
        $report.HasChanged | Should -BeTrue
        $report.IsSuspect | Should -BeTrue
        $report.Freed.ProcessId | Should -Be $holder.Id
        ($report | ConvertTo-Deserialized | Out-String) | Should -BeLike '*Abandoned*'
        "$($memory.Lock)" | Should -Be 'Free'
        (Lock-SharedMemory $name -WarningAction SilentlyContinue).IsSuspect | Should -BeTrue
        Unlock-SharedMemory $name
        (Get-SharedMemoryLock $name).IsSuspect | Should -BeTrue
        Write-SharedMemory $name 1
        (Get-SharedMemoryLock $name).IsSuspect | Should -BeFalse
    }

    It 'ends the mark of a dead writer on a person''s word' {
        $holder = Start-Holder -Name $name
        Stop-Holder $holder
        $info = Get-SharedMemoryInfo $name
        $info.State | Should -Be 'Abandoned'
        $info.IsSuspect | Should -BeTrue
        $memory.Verdict | Should -Be 'Abandoned'
        Unlock-SharedMemory $name -Trust -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'LockUndecided,*'
        $null = Unlock-SharedMemory $name -Force -Confirm:$false
        $info = Get-SharedMemoryInfo $name
        $info.State, $info.IsSuspect | Should -Be 'Free', $true
        $info | Out-String | Should -BeLike '*suspect*'
        $memory.IsSuspect | Should -BeTrue
        Get-SharedMemory $name | Out-String | Should -BeLike '*suspect*'
        $null = Read-SharedMemory $name -WarningAction SilentlyContinue -WarningVariable warning
        "$warning" | Should -BeLike "*process $($holder.Id) died*Unlock-SharedMemory -Trust*"
        Unlock-SharedMemory $name -Trust -WhatIf
        $memory.IsSuspect | Should -BeTrue
        Unlock-SharedMemory $name -Trust -Confirm:$false
        $memory.IsSuspect | Should -BeFalse

        $holder = Start-Holder -Name $name
        Stop-Holder $holder
        (Unlock-SharedMemory $name -Force -Trust -Confirm:$false).IsSuspect | Should -BeFalse
        $memory.IsSuspect | Should -BeFalse
    }

    It 'frees one of several dead owners by its id' {
        $holders = (Start-Holder -Name $name -Mode Read), (Start-Holder -Name $name -Mode Read)
        $holders | ForEach-Object { Stop-Holder $_ }
        $owner = (Get-SharedMemoryLock $name).Owners[0].OwnerId
        (Unlock-SharedMemory $name -Force -OwnerId $owner -Confirm:$false).Freed.OwnerId | Should -Be $owner
        "$($memory.Lock)" | Should -Be 'Reading(1)'
        $null = Unlock-SharedMemory $name -Force -Confirm:$false
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'has nothing to do with a free lock' {
        Unlock-SharedMemory $name -Force -Confirm:$false | Should -BeNullOrEmpty
    }
}
