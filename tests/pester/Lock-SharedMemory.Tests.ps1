BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"

    # Runs a script in a runspace of its own, which is an owner of its own.
    function Invoke-InSession {
        param([string] $Script)

        $shell = [PowerShell]::Create()
        try {
            $null = $shell.AddScript((Get-ImportLine) + $Script).Invoke()
            $shell.Streams.Error
        } finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

AfterAll {
    Unlock-SharedMemory *
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Lock-SharedMemory' {
    BeforeEach {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 64
    }

    AfterEach {
        Unlock-SharedMemory "$name*"
        $memory.Dispose()
    }

    It 'takes the lock and shows it' {
        $lock = Lock-SharedMemory $name -Label 'a reason'
        $lock.IsHeld | Should -BeTrue
        $lock.Mode | Should -Be 'Write'
        $lock.OwnerId | Should -BeLike "$PID.*"
        "$($memory.Lock)" | Should -Be 'Writing'
        $lock.Dispose()
        $lock.IsHeld | Should -BeFalse
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'takes name and scope from the pipeline' {
        $lock = $memory | Lock-SharedMemory -Mode Read
        "$($memory.Lock)" | Should -Be 'Reading(1)'
        $lock | Unlock-SharedMemory
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'refuses a second lock of the same session' {
        $null = Lock-SharedMemory $name
        Lock-SharedMemory $name -TimeoutSec 5 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyLocked,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
    }

    It 'gives up in time and says who has it' {
        $null = Lock-SharedMemory $name -Label 'night shift'
        $failure = Invoke-InSession "Lock-SharedMemory '$name' -TimeoutSec 0.2"
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
        "$($failure[0])" | Should -BeLike "*process $PID*night shift*"
    }

    It 'lets another session read beside it' {
        $null = Lock-SharedMemory $name -Mode Read
        Invoke-InSession "Lock-SharedMemory '$name' -Mode Read -TimeoutSec 5" | Should -BeNullOrEmpty
    }

    It 'ends with its session' {
        Invoke-InSession "Lock-SharedMemory '$name'" | Should -BeNullOrEmpty
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'ends with the module' {
        Invoke-InSession "`$null = Lock-SharedMemory '$name'; Remove-Module WinMmf; Start-Sleep -Milliseconds 1" | Should -BeNullOrEmpty
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'stops at Ctrl+C' {
        $null = Lock-SharedMemory $name
        Measure-Stop "Lock-SharedMemory '$name' -TimeoutSec 60" | Should -BeLessThan ([TimeSpan]::FromSeconds(2))
        (Get-SharedMemoryLock $name).Waiters | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Lock-SharedMemory $name -WhatIf
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'says that a name is missing' {
        Lock-SharedMemory nobody.has.this -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }
}
