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
        (Read-SharedMemory $name -Type Int32 -Count 2) | Should -Be 1, 2
        Read-SharedMemory $name -Type Double -Offset 8 -Count 1 | Should -Be 1.5
        Read-SharedMemory $name -Type Int64 -Offset 16 -Count 1 | Should -Be 7
    }

    It 'writes values as another type' {
        Write-SharedMemory $name 1, -2, 0x7F -Type SByte
        (Read-SharedMemory $name -Count 3) | Should -Be 1, 254, 127
        Write-SharedMemory $name '3.25' -Type Single
        Read-SharedMemory $name -Type Single -Count 1 | Should -Be 3.25
    }

    It 'writes text' {
        Write-SharedMemory $name "a$([char] 0xE9)" -Encoding Latin1
        (Read-SharedMemory $name -Count 3) | Should -Be 0x61, 0xE9, 0
        Write-SharedMemory $name 'long text'
        Write-SharedMemory $name 'short'
        Read-SharedMemory $name -Type Text | Should -Be 'short'
    }

    It 'reads text back as it was written, over longer text, in each form and encoding' {
        foreach ($form in 'Terminated', 'Prefixed', 'Padded') {
            foreach ($encoding in 'UTF8', 'Unicode', 'UTF32') {
                Write-SharedMemory $name "hello w$([char] 0xF6)rld" -TextForm $form -Encoding $encoding
                Write-SharedMemory $name 'hillo' -TextForm $form -Encoding $encoding
                Read-SharedMemory $name -Type Text -TextForm $form -Encoding $encoding | Should -BeExactly 'hillo'
            }
        }
        Write-SharedMemory $name 'hello' -TextForm Bare
        Write-SharedMemory $name 'J' -TextForm Bare
        Read-SharedMemory $name -Type Text -Count 5 | Should -BeExactly 'Jello'
        Write-SharedMemory $name 'ab', 'c' -TextForm Padded -Length 4 -Offset 8
        (Read-SharedMemory $name -Offset 8 -Count 8) | Should -Be 97, 98, 0, 0, 99, 0, 0, 0
        $full = 'x' * 64
        Write-SharedMemory $name $full
        Read-SharedMemory $name -Type Text | Should -BeExactly $full
    }

    It 'asks what text is meant that looks like a number with a sign' {
        Write-SharedMemory $name -3 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$failure" | Should -BeLike '*-Type Int32*'
        Read-SharedMemory $name -Count 1 | Should -Be 0
        Write-SharedMemory $name -3 -Type Int16
        Read-SharedMemory $name -Type Int16 | Should -Be -3
        Write-SharedMemory $name (-4)
        Read-SharedMemory $name -Type Int32 | Should -Be -4
        Write-SharedMemory $name -3 -Type Text
        Read-SharedMemory $name -Type Text | Should -BeExactly '-3'
        $memory | Write-SharedMemory -3 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'takes values from the pipeline, one after the other, under one lock' {
        'a' | Write-SharedMemory $name
        Read-SharedMemory $name -Type Text | Should -BeExactly 'a'
        1..3 | Write-SharedMemory $name -Offset 4
        (Read-SharedMemory $name -Type Int32 -Offset 4 -Count 3) | Should -Be 1, 2, 3
        , [byte[]] (7, 8) | Write-SharedMemory $name
        (Read-SharedMemory $name -Count 2) | Should -Be 7, 8
        'x', 'yz' | Write-SharedMemory $name
        (Read-SharedMemory $name -Type Text -All)[0..1] | Should -BeExactly 'x', 'yz'
        1, (Get-Date), 2 | Write-SharedMemory $name -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'takes memories from the pipeline, and the value by position' {
        $memory | Write-SharedMemory 8
        Read-SharedMemory $name -Type Int32 | Should -Be 8
        $memory | Write-SharedMemory 'text'
        Read-SharedMemory $name -Type Text | Should -BeExactly 'text'
        $memory | Write-SharedMemory ([byte[]] (9, 7))
        (Read-SharedMemory $name -Count 2) | Should -Be 9, 7
        $memory | Write-SharedMemory 1.5
        Read-SharedMemory $name -Type Double | Should -Be 1.5
        Get-SharedMemoryInfo $name | Write-SharedMemory 'info'
        Read-SharedMemory $name -Type Text | Should -BeExactly 'info'
        [pscustomobject] @{ Name = $name; Scope = 'Local' } | Write-SharedMemory 77
        Read-SharedMemory $name -Type Int32 | Should -Be 77
        [pscustomobject] @{ Name = $name } | Write-SharedMemory 'row'
        Read-SharedMemory $name -Type Text | Should -BeExactly 'row'
        $memory | ConvertTo-Deserialized | Write-SharedMemory 'afar'
        Read-SharedMemory $name -Type Text | Should -BeExactly 'afar'
    }

    It 'copies what Read-SharedMemory gives' {
        $copy = New-SharedMemory "$prefix.copy" -Size 64
        Write-SharedMemory $name ([byte[]] (0..63))
        Read-SharedMemory $name | Write-SharedMemory $copy.Name
        [Linq.Enumerable]::SequenceEqual([byte[]] (0..63), [byte[]] (Read-SharedMemory $copy.Name)) | Should -BeTrue
    }

    It 'boxes no byte of an array' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $large = New-SharedMemory "$prefix.large" -Size 8MB
        $bytes = [byte[]]::new(8MB)
        $bytes[8MB - 1] = 5
        Write-SharedMemory $large.Name $bytes
        $null = Read-SharedMemory $large.Name
        $before = [GC]::GetTotalAllocatedBytes($true)
        Write-SharedMemory $large.Name $bytes
        $large | Write-SharedMemory $bytes
        , $bytes | Write-SharedMemory $large.Name
        ([GC]::GetTotalAllocatedBytes($true) - $before) | Should -BeLessThan 4MB
        $before = [GC]::GetTotalAllocatedBytes($true)
        $read = Read-SharedMemory $large.Name
        ([GC]::GetTotalAllocatedBytes($true) - $before) | Should -BeLessThan 12MB
        $read[8MB - 1] | Should -Be 5
    }

    It 'writes through objects of New- and Open-SharedMemory' {
        $memory | Write-SharedMemory -Value 5
        $opened = Open-SharedMemory $name
        try {
            $opened | Read-SharedMemory -Type Int32 -Count 1 | Should -Be 5
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
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'MemoryReadOnly,*'
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
        Read-SharedMemory $name -Type Int32 -Offset 32 -Count 1 | Should -Be 1
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
            Read-SharedMemory $name -Type Int32 -Count 1 | Should -Be 9
            (Measure-FastestStop "Write-SharedMemory '$name' 1 -TimeoutSec 600").TotalMilliseconds | Should -BeLessThan 200
            $lock.Dispose()
            Write-SharedMemory $name 10 -TimeoutSec 10
            Read-SharedMemory $name -Type Int32 -Count 1 | Should -Be 10
        } finally {
            $held.Dispose()
        }
    }

    It 'works under the lock that the session has, if that is one for writing' {
        $held = Lock-SharedMemory $name -Mode Write
        try {
            Write-SharedMemory $name 11 -TimeoutSec 0.3
            Read-SharedMemory $name -Type Int32 -Count 1 -TimeoutSec 0.3 | Should -Be 11
            $memory.Lock.ToString() | Should -Not -Be 'Free'
        } finally {
            $held.Dispose()
        }
        $held = Lock-SharedMemory $name -Mode Read
        try {
            Read-SharedMemory $name -Type Int32 -Count 1 -TimeoutSec 0.3 | Should -Be 11
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
