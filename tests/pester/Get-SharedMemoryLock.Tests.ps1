BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

AfterAll {
    Unlock-SharedMemory *
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Get-SharedMemoryLock' {
    BeforeEach {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 64
    }

    AfterEach {
        Unlock-SharedMemory "$name*"
        $memory.Dispose()
    }

    It 'shows a free lock' {
        $info = Get-SharedMemoryLock $name
        $info.Verdict | Should -Be 'Free'
        $info.Owners | Should -BeNullOrEmpty
        $info.Waiters | Should -BeNullOrEmpty
    }

    It 'shows owner, label and word' {
        $lock = Lock-SharedMemory $name -Mode Read -Label 'a reason'
        $info = Get-SharedMemoryLock $name
        $info.Verdict | Should -Be 'Held'
        $info.State | Should -Be 'Reading(1)'
        $info.Owners[0].OwnerId | Should -Be $lock.OwnerId
        $info.Owners[0].Label | Should -Be 'a reason'
        $info.Owners[0].ProcessId | Should -Be $PID
        $info.Word | Should -Be 0x01000001
    }

    It 'shows who waits' {
        $null = Lock-SharedMemory $name
        $shell = [PowerShell]::Create()
        $null = $shell.AddScript((Get-ImportLine) + "Lock-SharedMemory '$name' -TimeoutSec 60 -Label next")
        $running = $shell.BeginInvoke()
        $until = [DateTime]::UtcNow.AddSeconds(30)
        do { $info = Get-SharedMemoryLock $name } until ($info.Waiters -or [DateTime]::UtcNow -gt $until)
        $info.Waiters[0].Label | Should -Be 'next'
        Unlock-SharedMemory $name
        $null = $shell.EndInvoke($running)
        (Get-SharedMemoryLock $name).Owners[0].Label | Should -Be 'next'
        $shell.Runspace.Dispose()
        $shell.Dispose()
    }

    It 'takes patterns and what Get-SharedMemoryInfo gives' {
        @(Get-SharedMemoryLock "$name*").Count | Should -Be 1
        (Get-SharedMemoryInfo $name | Get-SharedMemoryLock).Name | Should -Be $name
    }

    It 'is shown as a table, from afar too' {
        $null = Lock-SharedMemory $name -Label 'a reason'
        Get-SharedMemoryLock $name | Out-String | Should -BeLike '*Verdict*Held*'
        Get-SharedMemoryLock $name | ConvertTo-Deserialized | Out-String | Should -BeLike '*Verdict*Held*'
    }

    It 'says that a channel has no lock' {
        $channel = New-TestName channel
        $null = Start-CameraPublisher $channel -Synthetic -Width 64 -Height 48 -TimeoutSec 60
        try {
            Get-SharedMemoryLock $channel -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotAMemory,*'
        } finally {
            Stop-CameraPublisher $channel
        }
    }
}
