BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $started = 'a', 'b' | ForEach-Object { Start-CameraPublisher "$prefix.$_" -Synthetic -Width 64 -Height 48 -FrameRate 15 -PixelFormat Gray8 }
    $plain = New-SharedMemory "$prefix.plain" -Size 1KB
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
    $plain.Dispose()
}

Describe 'Get-CameraPublisher' {
    It 'lists publishers, and nothing else' {
        $found = Get-CameraPublisher "$prefix*"
        $found.Name | Should -Be "$prefix.a", "$prefix.b"
        $found.ProcessId | Should -Be $started.ProcessId
        $found | ForEach-Object { $_ | Should -BeOfType WinMmf.PowerShell.Output.CameraPublisher }
    }

    It 'says how a publisher is' {
        $publisher = Get-CameraPublisher "$prefix.a"
        $publisher.State | Should -Be 'Live'
        $publisher.Width | Should -Be 64
        $publisher.FrameRate | Should -Be 15
        $publisher.Published | Should -BeGreaterThan 0
        $publisher.Dropped | Should -Be 0
        $publisher.Age.TotalSeconds | Should -BeLessThan 5
        $publisher.Account | Should -Not -BeNullOrEmpty
        $publisher.Source | Should -Not -BeNullOrEmpty
        ([DateTime]::Now - $publisher.Since).TotalMinutes | Should -BeLessThan 5
    }

    It 'shows that a publisher was killed while somebody holds its channel' {
        $victim = Start-CameraPublisher "$prefix.victim" -Synthetic -Width 64 -Height 48
        $reader = [WinMmf.Frames.FrameReader]::Open("$prefix.victim")
        try {
            Stop-Process -Id $victim.ProcessId -Force
            $limit = [DateTime]::UtcNow.AddSeconds(5)
            do { $now = Get-CameraPublisher "$prefix.victim" } until ($now.State -eq 'Dead' -or [DateTime]::UtcNow -gt $limit)
            $now.State | Should -Be 'Dead'
            $now.ProcessId | Should -Be $victim.ProcessId
        } finally {
            $reader.Dispose()
            Start-CameraPublisher "$prefix.victim" -Synthetic -Width 64 -Height 48 | Stop-CameraPublisher
        }
    }

    It 'gives errors for a missing name and for a plain memory, and goes on' {
        $found = "$prefix.missing", "$prefix.plain", "$prefix.a" | Get-CameraPublisher -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $failure[1].FullyQualifiedErrorId | Should -BeLike 'NotAChannel,*'
        $failure[1].CategoryInfo.Category | Should -Be 'InvalidType'
        $found.Name | Should -Be "$prefix.a"
    }

    It 'has a view for itself and for what comes from a job' {
        $columns = 'Name +Scope +ProcessId +State +Format +Age +Source'
        Get-CameraPublisher "$prefix*" | Format-Table | Out-String -Width 250 | Should -Match $columns
        $remote = Get-CameraPublisher "$prefix.a" | ConvertTo-Deserialized | Format-Table | Out-String -Width 250
        $remote | Should -Match $columns
        $remote | Should -BeLike '*Live*64x48 Gray8*synthetic*'
        Get-CameraPublisher "$prefix.a" -Detailed | Out-String | Should -BeLike '*SourceRestarts*'
    }

    It 'completes -Name with channels only' {
        (Get-Completion "Get-CameraPublisher $prefix").CompletionText | Should -Be "$prefix.a", "$prefix.b"
    }
}
