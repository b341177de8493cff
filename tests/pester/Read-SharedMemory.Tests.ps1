BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $name = "$prefix.memory"
    $memory = New-SharedMemory $name -Size 64
    Write-SharedMemory $name -Value ([byte[]] (0..63))

    # Another session that holds the lock in the way that any program may: by the word alone.
    function Set-Word {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A step of a test.')]
        param([uint32] $Word)

        $opened = [WinMmf.Memory.NamedMemory]::Open($name, $null, $true)
        try {
            [Runtime.InteropServices.Marshal]::WriteInt32([IntPtr]::Add($opened.Data, -4), [BitConverter]::ToInt32([BitConverter]::GetBytes($Word), 0))
        } finally {
            $opened.Dispose()
        }
    }
}

AfterAll {
    Get-SharedMemory "$prefix*" | Close-SharedMemory
}

Describe 'Read-SharedMemory' {
    It 'reads all bytes as one array' {
        $bytes = Read-SharedMemory $name
        $bytes.GetType() | Should -Be ([byte[]])
        $bytes.Length | Should -Be 64
        $bytes[63] | Should -Be 63
    }

    It 'reads ranges' {
        (Read-SharedMemory $name -Offset 10 -Count 3) | Should -Be 10, 11, 12
        (Read-SharedMemory $name -Offset 60).Length | Should -Be 4
    }

    It 'reads typed values' {
        (Read-SharedMemory $name -Type Int32 -Count 2) | Should -Be 0x03020100, 0x07060504
        Read-SharedMemory $name -Type UInt16 -Offset 62 | Should -Be 0x3F3E
        (Read-SharedMemory $name -Type Double).GetType() | Should -Be ([double])
    }

    It 'reads one number unless more are asked for' {
        Read-SharedMemory $name -Type Int32 -Offset 4 | Should -Be 0x07060504
        @(Read-SharedMemory $name -Type UInt64 -All).Count | Should -Be 8
        @(Read-SharedMemory $name -Type UInt64 -Offset 60 -All).Count | Should -Be 0
        $null = Read-SharedMemory $name -Type UInt64 -Offset 60 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'OutOfBounds,*'
        $null = Read-SharedMemory $name -Type Int32 -Count 2 -All -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Read-SharedMemory $name -All).Length | Should -Be 64
    }

    It 'reads text up to the first NUL' {
        Write-SharedMemory $name "Gr$([char] 0xFC)$([char] 0xDF)e" -Encoding Unicode
        Read-SharedMemory $name -Encoding Unicode | Should -Be "Gr$([char] 0xFC)$([char] 0xDF)e"
        Read-SharedMemory $name -Type Text -Encoding Unicode -Count 4 | Should -Be 'Gr'
        Write-SharedMemory $name ([byte[]] (0..63))
    }

    It 'shows a hexadecimal view at the prompt, and gives bytes to a pipeline' {
        $script = (Get-ImportLine) + "Read-SharedMemory '$name' -Offset 16 -Count 18 | Out-Null; Read-SharedMemory '$name' -Offset 16 -Count 18"
        $shell = [PowerShell]::Create()
        try {
            [void] $shell.AddScript($script).AddCommand('Out-String')
            $shown = $shell.Invoke() -join ''
        } finally {
            $shell.Dispose()
        }
        $shown | Should -Match '(?m)^00000010  10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E 1F  \.{16}\r?$'
        $shown | Should -Match '(?m)^00000020  20 21 +  !\r?$'

        $count = 0
        Read-SharedMemory $name -Count 3 | ForEach-Object { $_ | Should -BeOfType byte; $count++ }
        $count | Should -Be 3
        @(Read-SharedMemory $name -Raw | ForEach-Object { , $_ }).Count | Should -Be 1
        $bytes = Read-SharedMemory $name
        $bytes -is [byte[]] | Should -BeTrue
        ConvertTo-Json $bytes -Compress | Should -BeLike '`[0,1,2,3,*,63`]'
    }

    It 'shows the beginning of a large memory, and says how to see the rest' {
        $large = New-SharedMemory "$prefix.large" -Size 1000
        $shown = Read-SharedMemory $large.Name -Raw | Out-String
        @($shown -split '\r?\n' -match '^[0-9A-F]{8}  ').Count | Should -Be 32
        $shown | Should -BeLike '*488 more bytes; -Offset*-AsHex*'
    }

    It 'shows hexadecimal digits' {
        $lines = @(Read-SharedMemory $name -AsHex)
        $lines.Count | Should -Be 4
        $lines[0] | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryHexLine
        $lines[2].Offset | Should -Be 32
        $text = $lines | Out-String -Width 120
        $text | Should -Match '00000020 20 21 22'
        $text | Should -BeLike '*!"#$%&*'
        $lines[0] | ConvertTo-Deserialized | Format-List | Out-String | Should -Match 'Offset : 00000000'
    }

    It 'reads objects of New-, Open- and Get-SharedMemory' {
        ($memory | Read-SharedMemory -Offset 5 -Count 1) | Should -Be 5
        $opened = Open-SharedMemory $name
        (Read-SharedMemory -InputObject $opened -Offset 6 -Count 1) | Should -Be 6
        $opened.Dispose()
        $null = $opened | Read-SharedMemory -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotHeld,*'
        (Get-SharedMemoryInfo $name | Read-SharedMemory -Offset 7 -Count 1) | Should -Be 7
    }

    It 'says the size when a range does not fit' {
        foreach ($range in @{ Offset = 65 }, @{ Count = 65 }, @{ Offset = 61; Count = 1; As = 'Int32' }, @{ Offset = [long]::MaxValue }) {
            $null = Read-SharedMemory $name @range -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'OutOfBounds,*'
            $failure[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
            "$failure" | Should -BeLike '*64 bytes*'
        }
    }

    It 'waits for the lock, unless it is told not to' {
        Set-Word 2147483648
        try {
            $null = Read-SharedMemory $name -TimeoutSec 0.3 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
            Read-SharedMemory $name -NoLock -Offset 9 -Count 1 | Should -Be 9
            (Measure-FastestStop "Read-SharedMemory '$name' -TimeoutSec 600").TotalMilliseconds | Should -BeLessThan 200
        } finally {
            Set-Word 0
        }
        Read-SharedMemory $name -TimeoutSec 5 -Offset 9 -Count 1 | Should -Be 9
        $memory.Lock.ToString() | Should -Be 'Free'
    }

    It 'needs -NoLock for a memory that may only be read' {
        $reader = Open-SharedMemory $name -ReadOnly
        try {
            $null = $reader | Read-SharedMemory -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'MemoryReadOnly,*'
            "$failure" | Should -BeLike '*-NoLock*'
            $reader | Read-SharedMemory -NoLock -Offset 3 -Count 1 | Should -Be 3
        } finally {
            $reader.Dispose()
        }
    }

    It 'fails for a missing memory, and goes on with the next' {
        $byte = "$prefix.missing", $name | Read-SharedMemory -Offset 4 -Count 1 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $byte | Should -Be 4
    }

    It 'completes -Name' {
        (Get-Completion "Read-SharedMemory $name").CompletionText | Should -Be $name
    }
}
