BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

AfterAll {
    Unlock-SharedMemory *
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Debug-SharedMemoryLock' {
    BeforeEach {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 64
    }

    AfterEach {
        Unlock-SharedMemory "$name*"
        $memory.Dispose()
    }

    It 'says that all is well, and what to do next' {
        $diagnosis = Debug-SharedMemoryLock $name
        $diagnosis.Verdict | Should -Be 'Free'
        $diagnosis.Activity | Should -Be 'NotSampled'
        $diagnosis.Evidence.Count | Should -BeGreaterThan 0
        $diagnosis.NextCommand | Should -BeLike "Lock-SharedMemory -Name '$name'*"
    }

    It 'tells a stuck lock from an idle one' {
        (Debug-SharedMemoryLock $name -Sample 0.2).Activity | Should -Be 'Idle'
        $null = Lock-SharedMemory $name
        $diagnosis = Debug-SharedMemoryLock $name -Sample 0.2
        $diagnosis.Activity | Should -Be 'Stuck'
        $diagnosis.NextCommand | Should -Be "Get-Process -Id $PID"
    }

    It 'knows a busy lock' {
        $shell = [PowerShell]::Create()
        $null = $shell.AddScript((Get-ImportLine) + "while (`$true) { Use-SharedMemory '$name' { Start-Sleep -Milliseconds 5 } }")
        $null = $shell.BeginInvoke()
        try {
            $until = [DateTime]::UtcNow.AddSeconds(30)
            do { $diagnosis = Debug-SharedMemoryLock $name -Sample 0.5 } until ($diagnosis.Activity -ne 'Idle' -or [DateTime]::UtcNow -gt $until)
            $diagnosis.Activity | Should -Be 'Busy'
            $diagnosis.Changes | Should -BeGreaterThan 0
        } finally {
            $shell.Stop()
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'has a next command that runs' {
        $null = Lock-SharedMemory $name
        $command = (Debug-SharedMemoryLock $name).NextCommand
        ([scriptblock]::Create($command).Invoke()).Activity | Should -Be 'Stuck'
    }

    It 'stops at Ctrl+C' {
        Measure-Stop "Debug-SharedMemoryLock '$name' -Sample 60" | Should -BeLessThan ([TimeSpan]::FromSeconds(2))
    }
}
