BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = New-SharedMemory "$prefix.plain" -Size 1KB -Scope Global
    $null = Start-CameraPublisher "$prefix.camera" -Synthetic -Width 64 -Height 48 -FrameRate 20 -PixelFormat Gray8 -Scope Global -ReadAccess Users
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Get-SharedMemoryAccess' {
    It 'shows a memory that is its owner''s alone' {
        $access = Get-SharedMemoryAccess "$prefix.plain"
        $access | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryAccess
        $access.Name | Should -Be "$prefix.plain"
        $access.Scope | Should -Be 'Global'
        $access.Kind | Should -Be 'Memory'
        $access.Owner | Should -Not -BeNullOrEmpty
        $access.ReadAccess | Should -BeNullOrEmpty
        $access.Access.Right | Should -Not -Contain 'Read'
        $access.Access.Id | Should -Contain $access.OwnerId
        $access.IsInStep | Should -BeTrue
        $access.Objects.Part | Should -Contain 'memory'
        $access.Objects.Part | Should -Contain 'holders'
    }

    It 'shows who may read a channel, in all its objects' {
        $access = Get-SharedMemoryAccess "$prefix.camera"
        $access.Kind | Should -Be 'FrameChannel'
        $access.ReadAccess.Count | Should -Be 1
        ($access.Access | Where-Object Right -EQ 'Read').Count | Should -Be 1
        $access.IsInStep | Should -BeTrue
        $access.Objects.Part | Should -Contain 'control'
        $access.Objects.Part | Should -Contain $(if (Test-OnWindows) { 'registry' } else { 'door 1' })
        $access.Objects.Descriptor | Should -Not -Contain ''
    }

    It 'takes names from the pipeline and patterns' {
        (Get-SharedMemoryInfo "$prefix*" | Get-SharedMemoryAccess).Name | Should -Be "$prefix.camera", "$prefix.plain"
        (Get-SharedMemoryAccess "$prefix*").Count | Should -Be 2
        Get-SharedMemoryAccess "$prefix*" -Scope Local | Should -BeNullOrEmpty
        (Get-SharedMemoryAccess).Name | Should -Contain "$prefix.plain"
    }

    It 'gives an error for a missing name and nothing for a pattern without match' {
        $null = Get-SharedMemoryAccess "$prefix.missing", "$prefix.plain" -ErrorAction SilentlyContinue -ErrorVariable failure -OutVariable found
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $found.Name | Should -Be "$prefix.plain"
        Get-SharedMemoryAccess "$prefix.missing*" -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'shows access in a table, and from a job too' {
        $columns = 'Name +Scope +Owner +Access +IsInStep'
        Get-SharedMemoryAccess "$prefix.plain" | Format-Table | Out-String -Width 250 | Should -Match $columns
        $far = Get-SharedMemoryAccess "$prefix.plain" | ConvertTo-Deserialized
        $far | Format-Table | Out-String -Width 250 | Should -Match $columns
        $far | Format-Table | Out-String -Width 250 | Should -Match ': Full'
    }

    It 'completes -Name' {
        (Get-Completion "Get-SharedMemoryAccess $prefix").CompletionText | Should -Be "$prefix.camera", "$prefix.plain"
    }
}
