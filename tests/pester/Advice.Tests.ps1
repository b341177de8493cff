BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"

    # What a person sees at the prompt, colours and line breaks of the view taken away.
    function Get-ShownError {
        param([scriptblock] $Script, [string] $View)

        $ErrorView = $View
        $shown = & $Script 2>&1 | Out-String -Width 4096
        ($shown -replace "$([char] 27)\[[0-9;]*m", '') -replace '\s+', ' '
    }
}

Describe 'Advice' {
    It 'Is the recommended action of every error, and part of its text' {
        $null = Get-SharedFrame 'no such channel' -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-SharedMemoryInfo*'
        "$failure" | Should -BeLike "'no such channel' exists neither*$($failure[0].ErrorDetails.RecommendedAction)"
        $failure[0].Exception.Message | Should -Not -Match '-[A-Z]'
        $failure[0].Exception.Facts.Name | Should -Be 'no such channel'
    }

    It 'Is there in a catch block too' {
        try { Get-SharedFrame 'no such channel' -ErrorAction Stop } catch { $caught = $_ }
        "$caught" | Should -BeLike '*exists neither*Get-SharedMemoryInfo*'
        $caught.ErrorDetails.RecommendedAction | Should -BeLike '*Get-SharedMemoryInfo*'
        & {
            $ErrorActionPreference = 'Stop'
            try { Get-SharedFrame 'no such channel' } catch { "$_" | Should -BeLike '*exists neither*Get-SharedMemoryInfo*' }
        }
    }

    It 'Is shown once at the prompt, in <view>' -ForEach @(@{ view = 'ConciseView' }, @{ view = 'NormalView' }) {
        $shown = Get-ShownError { Get-SharedFrame 'no such channel' -ErrorAction Continue } $view
        $shown | Should -BeLike '*exists neither*'
        [regex]::Matches($shown, 'Get-SharedMemoryInfo lists').Count | Should -Be 1 -Because $shown
    }

    It 'Comes with the facts of the publisher, which is another process' {
        $name = New-TestName
        $null = Start-CameraPublisher $name -Path (Join-Path $TestDrive 'none.mp4') -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        $failure[0].Exception.Facts.Path | Should -BeLike '*none.mp4'
        $failure[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'Knows a lock of this very process' {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 8
        $other = [PowerShell]::Create()
        try {
            $null = $other.AddScript((Get-ImportLine) + "`$null = Lock-SharedMemory '$name'").Invoke()
            $null = Unlock-SharedMemory $name -Force -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'LockHeld,*'
            "$failure" | Should -BeLike '*this very process*'
        } finally {
            $other.Runspace.Dispose()
            $other.Dispose()
            $memory | Close-SharedMemory
        }
    }
}
