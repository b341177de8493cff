BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = New-SharedMemory "$prefix.plain" -Size 1KB
    $publisher = Start-CameraPublisher "$prefix.camera" -Synthetic -Width 64 -Height 48 -FrameRate 20 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Get-SharedMemoryHolder' {
    It 'finds this session as the creator of a plain memory' {
        $found = @(Get-SharedMemoryHolder "$prefix.plain")
        $found.Count | Should -Be 1
        $found[0] | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryHolder
        $found[0].ProcessId | Should -Be $PID
        $found[0].ProcessName | Should -BeLike 'p*w*sh*'
        $found[0].Role | Should -Be 'Creator'
        $found[0].Access | Should -Be 'ReadWrite'
        $found[0].Account | Should -Not -BeNullOrEmpty
        $found[0].Handles | Should -BeGreaterThan 0
    }

    It 'finds a channel''s publisher' {
        $found = @(Get-SharedMemoryHolder "$prefix.camera")
        $found.Count | Should -Be 1
        $found[0].ProcessId | Should -Be $publisher.ProcessId
        $found[0].Role | Should -Be 'Publisher'
    }

    It 'takes names from the pipeline and patterns' {
        (Get-SharedMemoryInfo "$prefix*" | Get-SharedMemoryHolder).Role | Should -Be 'Publisher', 'Creator'
        (Get-SharedMemoryHolder "$prefix*").Name | Should -Be "$prefix.camera", "$prefix.plain"
        Get-SharedMemoryHolder "$prefix*" -Scope Global | Should -BeNullOrEmpty
    }

    It 'gives an error for a missing name and nothing for a pattern without match' {
        $null = Get-SharedMemoryHolder "$prefix.missing", "$prefix.plain" -ErrorAction SilentlyContinue -ErrorVariable failure -OutVariable found
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $found.Name | Should -Be "$prefix.plain"
        Get-SharedMemoryHolder "$prefix.missing*" -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'shows holders in a table, and from a job too' {
        $columns = 'Name +Scope +ProcessId +ProcessName +Role +Access +Account'
        Get-SharedMemoryHolder "$prefix.plain" | Format-Table | Out-String -Width 250 | Should -Match $columns
        Get-SharedMemoryHolder "$prefix.plain" | ConvertTo-Deserialized | Format-Table | Out-String -Width 250 | Should -Match $columns
    }

    It 'completes -Name' {
        (Get-Completion "Get-SharedMemoryHolder $prefix").CompletionText | Should -Be "$prefix.camera", "$prefix.plain"
    }

    It 'finds who holds a memory of another program' {
        $name = New-TestName 'foreign'
        $foreign = New-ForeignMemory $name -Size 8KB
        try {
            $found = @(Get-SharedMemoryHolder $name)
            $found.ProcessId | Should -Be $PID
            $found.Role | Should -Be 'User'
            (Get-SharedMemoryInfo $name -IncludeForeign | Get-SharedMemoryHolder).ProcessId | Should -Be $PID
            Get-SharedMemoryHolder "$name*" | Should -BeNullOrEmpty
            (Get-SharedMemoryHolder "$name*" -IncludeForeign).Name | Should -Be $name
        } finally {
            $foreign.Dispose()
        }
    }
}
