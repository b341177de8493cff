BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
}

AfterAll {
    Close-SharedMemory "$prefix.*" -StopKeeper
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Close-SharedMemory' {
    BeforeEach {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 1KB
    }

    It 'lets go by name' {
        Close-SharedMemory $name
        $memory.IsClosed | Should -BeTrue
        Get-SharedMemoryInfo "$name*" | Should -BeNullOrEmpty
    }

    It 'lets go by pattern' {
        Close-SharedMemory "$name*"
        $memory.IsClosed | Should -BeTrue
    }

    It 'lets go of exactly the piped object, not of others of the same name' {
        $second = Open-SharedMemory $name
        $second | Close-SharedMemory
        $second.IsClosed | Should -BeTrue
        $memory.IsClosed | Should -BeFalse
    }

    It 'is content with what is closed already' {
        $memory.Dispose()
        { $memory | Close-SharedMemory -ErrorAction Stop } | Should -Not -Throw
    }

    It 'changes nothing with -WhatIf' {
        Close-SharedMemory $name -WhatIf
        $memory.IsClosed | Should -BeFalse
    }

    It 'goes on with the next name after a missing one' {
        'nobody.has.this', $name | Close-SharedMemory -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotHeld,*'
        $memory.IsClosed | Should -BeTrue
    }

    It 'ends keepers by pattern with -StopKeeper, and nothing with -WhatIf' {
        $kept = New-SharedMemory "$prefix.keep1", "$prefix.keep2" 1KB -KeepAlive
        Close-SharedMemory "$prefix.keep*" -StopKeeper -WhatIf
        @(Get-SharedMemoryInfo "$prefix.keep*").Count | Should -Be 2
        Close-SharedMemory "$prefix.keep*" -StopKeeper
        Get-SharedMemoryInfo "$prefix.keep*" | Should -BeNullOrEmpty
        $kept.IsClosed | Should -Be $true, $true
    }

    It 'says so when nobody keeps a memory' {
        $memory = New-SharedMemory "$prefix.nokeeper" 1KB
        Close-SharedMemory "$prefix.nokeeper" -StopKeeper -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotKept,*'
        $memory.IsClosed | Should -BeFalse
        $memory.Dispose()
    }
}
