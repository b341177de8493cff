BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = New-SharedMemory "$prefix.a", "$prefix.b", "$prefix[1]" -Size 1KB
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Get-SharedMemory' {
    It 'lists what this session holds, oldest first' {
        (Get-SharedMemory "$prefix*").Name | Should -Be "$prefix.a", "$prefix.b", "$prefix[1]"
        (Get-SharedMemory).Count | Should -BeGreaterOrEqual 3
    }

    It 'finds names exactly and by patterns' {
        (Get-SharedMemory "$prefix.a").Name | Should -Be "$prefix.a"
        (Get-SharedMemory "$prefix.[b-z]").Name | Should -Be "$prefix.b"
        (Get-SharedMemory "$prefix[1]").Name | Should -Be "$prefix[1]" -Because 'a name that is there exactly as given matches'
    }

    It 'filters by scope' {
        Get-SharedMemory "$prefix*" -Scope Global | Should -BeNullOrEmpty
        (Get-SharedMemory "$prefix*" -Scope Local).Count | Should -Be 3
    }

    It 'gives an error for a missing name and nothing for a pattern without match' {
        $null = Get-SharedMemory "$prefix.missing" -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotHeld,*'
        Get-SharedMemory "$prefix.missing*" -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'shows closed ones as closed, wherever a variable still has them' {
        $memory = New-SharedMemory "$prefix.closed" -Size 1
        $memory.Dispose()
        $memory.IsClosed | Should -BeTrue
        ($memory | Format-Table | Out-String) | Should -BeLike '*Closed*'
        ($memory | Format-List | Out-String) | Should -BeLike '*IsClosed*True*'
    }

    It 'completes -Name with what is held' {
        (Get-Completion "Get-SharedMemory $prefix.").CompletionText | Should -Be "$prefix.a", "$prefix.b"
    }

    It 'has a view for itself and for what comes from a job' {
        $columns = 'Name +Scope +Size +Access +Lock +ProcessId +Account'
        Get-SharedMemory "$prefix.a" | Format-Table | Out-String -Width 200 | Should -Match $columns
        Get-SharedMemory "$prefix.a" | ConvertTo-Deserialized | Format-Table | Out-String -Width 200 | Should -Match "$columns[^\w]+-[- \r\n]+pester\.\S+ +Local +1.0 KB +ReadWrite +Free +$PID"
    }
}
