BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $name = "$prefix.memory"
    $memory = New-SharedMemory $name -Size 64
}

AfterAll {
    Get-SharedMemory "$prefix*" | Close-SharedMemory
}

Describe 'Write-SharedMemory' {
    BeforeEach {
        Write-SharedMemory $name ([byte[]]::new(64))
    }

    It 'writes bytes' {
        Write-SharedMemory $name ([byte[]] (1, 2, 3)) -Offset 61
        (Read-SharedMemory $name -Offset 60) | Should -Be 0, 1, 2, 3
    }

    It 'writes values as what they are' {
        Write-SharedMemory $name 1, 2
        Write-SharedMemory $name 1.5 -Offset 8
        Write-SharedMemory $name ([long] 7) -Offset 16
        (Read-SharedMemory $name -As Int32 -Count 2) | Should -Be 1, 2
        Read-SharedMemory $name -As Double -Offset 8 -Count 1 | Should -Be 1.5
        Read-SharedMemory $name -As Int64 -Offset 16 -Count 1 | Should -Be 7
    }

    It 'writes values as another type' {
        Write-SharedMemory $name 1, -2, 0x7F -As SByte
        (Read-SharedMemory $name -Count 3) | Should -Be 1, 254, 127
        Write-SharedMemory $name '3.25' -As Single
        Read-SharedMemory $name -As Single -Count 1 | Should -Be 3.25
    }

    It 'writes text' {
        Write-SharedMemory $name "a$([char] 0xE9)" -Encoding Latin1
        (Read-SharedMemory $name -Count 3) | Should -Be 0x61, 0xE9, 0
        Write-SharedMemory $name 'long text'
        Write-SharedMemory $name 'short' -NullTerminate
        Read-SharedMemory $name -As Text | Should -Be 'short'
    }

    It 'writes through objects of New- and Open-SharedMemory' {
        $memory | Write-SharedMemory -Value 5
        $opened = Open-SharedMemory $name
        try {
            $opened | Read-SharedMemory -As Int32 -Count 1 | Should -Be 5
        } finally {
            $opened.Dispose()
        }
    }

    It 'changes nothing when the data does not fit' {
        Write-SharedMemory $name 1, 2 -Offset 60 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'OutOfBounds,*'
        "$failure" | Should -BeLike '*64 bytes*'
        (Read-SharedMemory $name -Offset 60) | Should -Be 0, 0, 0, 0
    }

    It 'refuses what does not fit its type: <value>' -ForEach @(
        @{ Value = 300; As = 'Byte' }
        @{ Value = -1; As = 'UInt32' }
        @{ Value = 'x'; As = 'Int32' }
        @{ Value = [datetime]::Now; As = $null }
        @{ Value = 1, 'x'; As = $null }
    ) {
        $type = if ($As) { @{ As = $As } } else { @{} }
        Write-SharedMemory $name $Value @type -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'does not write through an object that may only be read' {
        $reader = Open-SharedMemory $name -ReadOnly
        try {
            $reader | Write-SharedMemory -Value 1 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
            Read-SharedMemory $name -Count 1 | Should -Be 0
        } finally {
            $reader.Dispose()
        }
    }

    It 'gives the lock back each time, whoever else writes' {
        $script = (Get-ImportLine) + "1..40 | ForEach-Object { Write-SharedMemory '$name' -Value 1 -Offset 32 }"
        $shells = 1..3 | ForEach-Object { $shell = [PowerShell]::Create(); [void] $shell.AddScript($script); @{ Shell = $shell; Running = $shell.BeginInvoke() } }
        foreach ($one in $shells) {
            $null = $one.Shell.EndInvoke($one.Running)
            $one.Shell.Streams.Error | Should -BeNullOrEmpty
            $one.Shell.Dispose()
        }
        Read-SharedMemory $name -As Int32 -Offset 32 -Count 1 | Should -Be 1
        $memory.Lock.ToString() | Should -Be 'Free'
    }

    It 'waits for the lock, unless it is told not to' {
        $held = [WinMmf.Memory.NamedMemory]::Open($name, $null, $true)
        try {
            $lock = $held.Lock([WinMmf.Locking.LockMode]::Read, [TimeSpan]::Zero, $null, 'a reader', [Threading.CancellationToken]::None)
            Write-SharedMemory $name 9 -TimeoutSec 0.3 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
            "$failure" | Should -BeLike '*a reader*'
            Write-SharedMemory $name 9 -NoLock
            Read-SharedMemory $name -As Int32 -Count 1 | Should -Be 9
            (Measure-FastestStop "Write-SharedMemory '$name' 1 -TimeoutSec 600").TotalMilliseconds | Should -BeLessThan 200
            $lock.Dispose()
            Write-SharedMemory $name 10 -TimeoutSec 10
            Read-SharedMemory $name -As Int32 -Count 1 | Should -Be 10
        } finally {
            $held.Dispose()
        }
    }

    It 'works under the lock that the session has, if that is one for writing' {
        $held = Lock-SharedMemory $name -Mode Write
        try {
            Write-SharedMemory $name 11 -TimeoutSec 0.3
            Read-SharedMemory $name -As Int32 -Count 1 -TimeoutSec 0.3 | Should -Be 11
            $memory.Lock.ToString() | Should -Not -Be 'Free'
        } finally {
            $held.Dispose()
        }
        $held = Lock-SharedMemory $name -Mode Read
        try {
            Read-SharedMemory $name -As Int32 -Count 1 -TimeoutSec 0.3 | Should -Be 11
            Write-SharedMemory $name 12 -TimeoutSec 0.3 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyLocked,*'
        } finally {
            $held.Dispose()
        }
        $memory.Lock.ToString() | Should -Be 'Free'
    }

    It 'changes nothing with -WhatIf' {
        Write-SharedMemory $name 1 -WhatIf
        Read-SharedMemory $name -Count 1 | Should -Be 0
    }

    It 'fails for a missing memory' {
        Write-SharedMemory "$prefix.missing" 1 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'completes -Name' {
        (Get-Completion "Write-SharedMemory $name").CompletionText | Should -Be $name
    }
}
