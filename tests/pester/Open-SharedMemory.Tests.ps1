BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
    $null = New-SharedMemory $name -Size 1KB
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Open-SharedMemory' {
    It 'opens what exists, for writing unless told otherwise' {
        $memory = Open-SharedMemory $name
        $memory | Should -BeOfType WinMmf.PowerShell.Output.SharedMemory
        $memory.Size | Should -Be 1024
        $memory.IsReadOnly | Should -BeFalse
        $memory.IsCreator | Should -BeFalse
    }

    It 'opens for reading' {
        (Open-SharedMemory $name -ReadOnly).IsReadOnly | Should -BeTrue
    }

    It 'never creates' {
        $missing = New-TestName
        $null = Open-SharedMemory $missing -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].TargetObject | Should -Be $missing
        Get-SharedMemoryInfo "$missing*" | Should -BeNullOrEmpty
    }

    It 'goes on with the next name after a missing one' {
        $opened = (New-TestName), $name | Open-SharedMemory -ErrorAction SilentlyContinue -ErrorVariable failure
        $opened.Name | Should -Be $name
        $failure.Count | Should -Be 1
    }

    It 'refuses a frame channel, and says how to read it' {
        $writer = [WinMmf.Frames.FrameWriter]::Create([WinMmf.Frames.FrameChannelOptions]::new([WinMmf.Names.SharedName]::new("$name.channel", 'Local')))
        try {
            $null = Open-SharedMemory "$name.channel" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotAMemory,*'
            $failure[0].CategoryInfo.Category | Should -Be 'InvalidType'
            "$failure" | Should -BeLike '*Get-SharedFrame*'
        } finally {
            $writer.Dispose()
        }
    }

    It 'binds name and scope from what Get-SharedMemoryInfo gives' {
        (Get-SharedMemoryInfo $name | Open-SharedMemory).Name | Should -Be $name
    }

    It 'keeps the memory alive after its creator let go' {
        $kept = New-TestName
        $creator = New-SharedMemory $kept -Size 1KB
        $holder = Open-SharedMemory $kept
        $creator.Dispose()
        Get-SharedMemoryInfo $kept | Should -Not -BeNullOrEmpty
        $holder.Dispose()
        Get-SharedMemoryInfo "$kept*" | Should -BeNullOrEmpty
    }

    It 'takes the Local one and says so when both scopes have the name' {
        $both = New-TestName
        $null = New-SharedMemory $both -Size 1KB -Scope Local
        $null = New-SharedMemory $both -Size 2KB -Scope Global -ErrorAction SilentlyContinue -ErrorVariable refused
        if ($refused -and $refused[0].CategoryInfo.Category -eq 'PermissionDenied') {
            Set-ItResult -Skipped -Because 'this account may not create global objects'
        }
        $opened = Open-SharedMemory $both -WarningVariable said -WarningAction SilentlyContinue
        $opened.Size | Should -Be 1024
        $said | Should -BeLike '*both scopes*'
        (Open-SharedMemory $both -Scope Global).Size | Should -Be 2048
    }

    It 'completes -Name with a tooltip that says what it is' {
        $found = Get-Completion "Open-SharedMemory -Name $name"
        $found.CompletionText | Should -Be $name
        $found.ToolTip | Should -BeLike "*memory*process $PID*"
    }

    It 'completes a name with a blank in quotation marks' {
        $blank = "$(New-TestName) with blank"
        $null = New-SharedMemory $blank -Size 1
        (Get-Completion "Open-SharedMemory -Name $($blank.Split(' ')[0])").CompletionText | Should -Contain "'$blank'"
    }
}
