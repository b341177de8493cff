BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

AfterAll {
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
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $memory.IsClosed | Should -BeTrue
    }
}
