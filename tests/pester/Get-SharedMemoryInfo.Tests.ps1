BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = New-SharedMemory "$prefix.plain" -Size 1KB
    $null = Start-CameraPublisher "$prefix.camera" -Synthetic -Width 64 -Height 48 -FrameRate 20 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Get-SharedMemoryInfo' {
    It 'lists memories and channels of the machine' {
        $found = Get-SharedMemoryInfo "$prefix*"
        $found.Name | Should -Be "$prefix.camera", "$prefix.plain"
        $found.Kind | Should -Be 'FrameChannel', 'Memory'
        $found | ForEach-Object { $_ | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryInfo }
        (Get-SharedMemoryInfo).Name | Should -Contain "$prefix.plain"
    }

    It 'says who made a plain memory and how its lock is' {
        $info = Get-SharedMemoryInfo "$prefix.plain"
        $info.State | Should -Be 'Free'
        $info.Size | Should -BeGreaterOrEqual 1024
        $info.ProcessId | Should -Be $PID
        $info.ProcessName | Should -BeLike 'p*w*sh*'
        $info.Account | Should -Not -BeNullOrEmpty
        $info.Width | Should -BeNullOrEmpty
    }

    It 'says how a channel is' {
        $info = Get-SharedMemoryInfo "$prefix.camera"
        $info.State | Should -Be 'Live'
        $info.ProcessId | Should -Not -Be $PID
        $info.Width | Should -Be 64
        $info.Height | Should -Be 48
        $info.PixelFormat | Should -Be 'Gray8'
        $info.FrameRate | Should -Be 20
        $info.Slots | Should -BeGreaterOrEqual 3
        $info.FrameNumber | Should -BeGreaterThan 0
        $info.Published | Should -BeGreaterThan 0
        $info.Age.TotalSeconds | Should -BeLessThan 5
    }

    It 'filters by scope' {
        Get-SharedMemoryInfo "$prefix*" -Scope Global | Should -BeNullOrEmpty
        (Get-SharedMemoryInfo "$prefix*" -Scope Local).Count | Should -Be 2
    }

    It 'gives an error for a missing name and nothing for a pattern without match' {
        $null = Get-SharedMemoryInfo "$prefix.missing", "$prefix.plain" -ErrorAction SilentlyContinue -ErrorVariable failure -OutVariable found
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $failure[0].TargetObject | Should -Be "$prefix.missing"
        $found.Name | Should -Be "$prefix.plain"
        Get-SharedMemoryInfo "$prefix.missing*" -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'refuses an impossible name' {
        $null = Get-SharedMemoryInfo 'a/b' -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidName,*'
    }

    It 'shows channels and memories in one table, and from a job too' {
        $columns = 'Name +Scope +Kind +State +Size +ProcessId +Age'
        $table = Get-SharedMemoryInfo "$prefix*" | Format-Table | Out-String -Width 200
        $table | Should -Match $columns
        $table | Should -BeLike '*FrameChannel Live*'
        $remote = Get-SharedMemoryInfo "$prefix*" | ConvertTo-Deserialized | Format-Table | Out-String -Width 200
        $remote | Should -Match $columns
        $remote | Should -BeLike '*FrameChannel Live*'
    }

    It 'shows a channel''s counters in its list, and none for a plain memory' {
        Get-SharedMemoryInfo "$prefix.camera" | Format-List | Out-String | Should -BeLike '*Published*'
        Get-SharedMemoryInfo "$prefix.plain" | Format-List | Out-String | Should -Not -BeLike '*Published*'
    }

    It 'completes -Name' {
        (Get-Completion "Get-SharedMemoryInfo $prefix").CompletionText | Should -Be "$prefix.camera", "$prefix.plain"
        (Get-Completion "Get-SharedMemoryInfo -Scope Global -Name $prefix").CompletionText | Should -Not -Contain "$prefix.plain"
    }

    It 'lists memories of other programs with -IncludeForeign only' {
        $name = New-TestName 'foreign'
        $foreign = New-ForeignMemory $name -Size 8KB
        try {
            Get-SharedMemoryInfo "$name*" | Should -BeNullOrEmpty
            $found = Get-SharedMemoryInfo "$($name.Substring(0, $name.Length - 2))*" -IncludeForeign
            $found.Name | Should -BeExactly $name
            $found.Kind | Should -Be 'Foreign'
            $found.State | Should -Be 'Foreign'
            $found.Size | Should -Be 8KB
            $found.ProcessId | Should -BeNullOrEmpty
            (Get-SharedMemoryInfo $name -IncludeForeign).Kind | Should -Be 'Foreign'
            @(Get-SharedMemoryInfo "$prefix*" -IncludeForeign).Kind | Should -Be 'FrameChannel', 'Memory'
            $found | Format-Table | Out-String -Width 200 | Should -Match 'Foreign'
        } finally {
            $foreign.Dispose()
        }
        Get-SharedMemoryInfo "$name*" -IncludeForeign | Should -BeNullOrEmpty
    }
}
