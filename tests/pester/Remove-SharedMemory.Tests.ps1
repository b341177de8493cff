BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $onWindows = Test-OnWindows
    $canBeNobody = -not $onWindows -and (id -u) -eq 0
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName

    # A publisher that is killed and read by nobody, and so leaves its files behind.
    function New-Leftover {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A helper of these tests.')]
        param([string] $Name)

        $publisher = Start-CameraPublisher $Name -Synthetic -Width 64 -Height 48 -PixelFormat Gray8
        Stop-Process -Id $publisher.ProcessId -Force
        for ($i = 0; $i -lt 1500 -and (Get-SharedMemoryInfo $Name -ErrorAction Ignore).Kind -eq 'FrameChannel'; $i++) {
            Start-Sleep -Milliseconds 20
        }
    }
}

AfterAll {
    Get-SharedMemory "$prefix*" | Close-SharedMemory
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
    Remove-SharedMemory "$prefix*"
}

Describe 'Remove-SharedMemory' {
    It 'removes what a killed publisher left, which has a size and an account' -Skip:$onWindows {
        New-Leftover "$prefix.left"
        $left = Get-SharedMemoryInfo "$prefix.left"
        $left.Kind | Should -Be 'Leftover'
        $left.Size | Should -BeGreaterThan (4 * 64 * 48)
        $left.Account | Should -Be ([Environment]::UserName)
        Remove-SharedMemory "$prefix.left" -WhatIf
        (Get-SharedMemoryInfo "$prefix.left").Kind | Should -Be 'Leftover'
        Remove-SharedMemory "$prefix.left" | Should -BeNullOrEmpty
        Get-SharedMemoryInfo "$prefix.left*" | Should -BeNullOrEmpty
        @(Get-ChildItem -Path '/dev/shm' -Filter "*$prefix.left*").Count | Should -Be 0
    }

    It 'removes what a killed prompt left of a plain memory' -Skip:$onWindows {
        $script = (Get-ImportLine) + "`$null = New-SharedMemory '$prefix.prompt' 4KB; 'made'; Start-Sleep 600"
        $start = [Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', $script) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $true
        $shell = [Diagnostics.Process]::Start($start)
        $shell.StandardOutput.ReadLine() | Should -Be 'made'
        $shell.Kill()
        $shell.WaitForExit()
        Remove-SharedMemory "$prefix.prompt" -ErrorAction Stop
        Get-SharedMemoryInfo "$prefix.prompt*" | Should -BeNullOrEmpty
    }

    It 'takes all that match and leaves what is in use' -Skip:$onWindows {
        New-Leftover "$prefix.all.1"
        New-Leftover "$prefix.all.2"
        $memory = New-SharedMemory "$prefix.all.3" 1KB
        Remove-SharedMemory "$prefix.all*" -ErrorAction Stop
        (Get-SharedMemoryInfo "$prefix.all*").Name | Should -Be "$prefix.all.3"
        $memory.Dispose()
    }

    It 'refuses what is in use, and names the command' {
        $memory = New-SharedMemory "$prefix.used" 1KB
        $memory | Remove-SharedMemory -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotALeftover,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceBusy'
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike "*Get-SharedMemoryHolder -Name '$prefix.used' -Scope Local*"
        $memory.IsClosed | Should -BeFalse
        $memory.Dispose()
    }

    It 'refuses a name that is nowhere; a pattern that nothing matches is fine' {
        Remove-SharedMemory "$prefix.missing" -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        Remove-SharedMemory "$prefix.missing*" -ErrorAction Stop
    }

    It 'is named by those who ask for a killed publisher' -Skip:$onWindows {
        New-Leftover "$prefix.killed"
        foreach ($command in 'Get-CameraPublisher', 'Stop-CameraPublisher') {
            & $command "$prefix.killed" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublisherEnded,*'
            $failure[0].Exception.Message | Should -BeLike '*was killed*nothing to stop*'
            $failure[0].ErrorDetails.RecommendedAction | Should -BeLike "*Remove-SharedMemory -Name '$prefix.killed' -Scope Local*"
        }
        (Test-WinMmfEnvironment -Detailed | Where-Object Check -EQ 'Leftovers').Remedy | Should -BeLike '*Remove-SharedMemory -Name `**'
        Remove-SharedMemory "$prefix.killed"
    }

    It 'completes with leftovers, which nothing else offers' -Skip:$onWindows {
        New-Leftover "$prefix.complete"
        (Get-Completion "Remove-SharedMemory $prefix.comp").CompletionText | Should -Be "$prefix.complete"
        foreach ($command in 'Get-SharedMemoryInfo', 'Open-SharedMemory', 'Start-CameraPublisher', 'Grant-SharedMemoryAccess') {
            (Get-Completion "$command $prefix.comp").CompletionText | Should -Not -Contain "$prefix.complete"
        }
        Remove-SharedMemory "$prefix.complete"
    }
}
