BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName

    function Start-TestPublisher {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A helper of these tests.')]
        param([string] $Label)

        Start-CameraPublisher "$prefix.$Label" -Synthetic -Width 64 -Height 48
    }

    function Test-Running {
        param([int] $Id)

        # A killed process stays in the list until init has read its exit code, which takes a while on a busy machine.
        if ([IO.File]::Exists("/proc/$Id/stat") -and (Get-Content -LiteralPath "/proc/$Id/stat" -ErrorAction Ignore) -match '\) [ZX] ') {
            return $false
        }
        [bool] (Get-Process -Id $Id -ErrorAction SilentlyContinue | Where-Object { -not $_.HasExited })
    }
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Stop-CameraPublisher' {
    It 'ends a publisher and waits until its process is gone' {
        $publisher = Start-TestPublisher 'name'
        Stop-CameraPublisher "$prefix.name" | Should -BeNullOrEmpty
        Test-Running $publisher.ProcessId | Should -BeFalse
        Get-SharedMemoryInfo "$prefix.name*" | Should -BeNullOrEmpty
    }

    It 'gives what it stopped with -PassThru' {
        $publisher = Start-TestPublisher 'given'
        $given = Stop-CameraPublisher "$prefix.given" -PassThru
        $given | Should -BeOfType WinMmf.PowerShell.Output.CameraPublisher
        $given.ProcessId | Should -Be $publisher.ProcessId
        $given.State | Should -Be 'Stopped'
    }

    It 'says of a channel whose publisher was killed that there is nothing to stop' {
        $publisher = Start-TestPublisher 'dead'
        $reader = [WinMmf.Frames.FrameReader]::Open("$prefix.dead")
        try {
            Stop-Process -Id $publisher.ProcessId -Force
            for ($i = 0; $i -lt 1500 -and (Get-CameraPublisher "$prefix.dead").State -ne 'Dead'; $i++) { Start-Sleep -Milliseconds 20 }
            Stop-CameraPublisher "$prefix.dead" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublisherEnded,*'
            $failure[0].Exception.Message | Should -BeLike '*was killed; there is nothing to stop*'
        } finally {
            $reader.Dispose()
        }
        Remove-SharedMemory "$prefix.dead*"
    }

    It 'ends what is piped in' {
        $publishers = 'p1', 'p2' | ForEach-Object { Start-TestPublisher $_ }
        Get-CameraPublisher "$prefix.p*" | Stop-CameraPublisher
        $publishers | ForEach-Object { Test-Running $_.ProcessId | Should -BeFalse }
    }

    It 'ends what a pattern names, and is content when that is nothing' {
        $publisher = Start-TestPublisher 'wild'
        Stop-CameraPublisher "$prefix.wil*"
        Test-Running $publisher.ProcessId | Should -BeFalse
        Stop-CameraPublisher "$prefix.wil*" -ErrorAction Stop
    }

    It 'changes nothing with -WhatIf' {
        $publisher = Start-TestPublisher 'whatif'
        Stop-CameraPublisher "$prefix.whatif" -WhatIf
        Test-Running $publisher.ProcessId | Should -BeTrue
    }

    It 'leaves readers their last frame and tells them' {
        $null = Start-TestPublisher 'read'
        $reader = [WinMmf.Frames.FrameReader]::Open("$prefix.read")
        try {
            # On Windows pixels live for as long as a process has them mapped: this reader has from its first look.
            $info = [WinMmf.Frames.FrameInfo]::new()
            $reader.TryCopyNewest([IntPtr]::Zero, 0, [ref] $info) | Should -Be 'BufferTooSmall'
            Stop-CameraPublisher "$prefix.read"
            $reader.State | Should -Be 'Stopped'
            Get-CameraPublisher "$prefix.*rea*" | Should -BeNullOrEmpty -Because 'it was asked to end'
            (Get-SharedFrame "$prefix.read" -WarningVariable said -WarningAction SilentlyContinue).Width | Should -Be 64
            $said | Should -BeLike '*Stopped*'
            Stop-CameraPublisher "$prefix.read" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublisherEnded,*'
        } finally {
            $reader.Dispose()
        }
    }

    It 'gives an error for a missing name and goes on' {
        $publisher = Start-TestPublisher 'next'
        "$prefix.missing", "$prefix.next" | Stop-CameraPublisher -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        Test-Running $publisher.ProcessId | Should -BeFalse
    }

    Context 'with a publisher that hangs' -Skip:($env:OS -eq 'Windows_NT') {
        BeforeEach {
            $publisher = Start-TestPublisher 'hangs'
            kill -STOP $publisher.ProcessId
        }

        AfterEach {
            Stop-Process -Id $publisher.ProcessId -Force -ErrorAction Ignore
            Start-TestPublisher 'hangs' | Stop-CameraPublisher
        }

        It 'names -Force' {
            Stop-CameraPublisher "$prefix.hangs" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublisherUnreachable,*'
            $failure[0].CategoryInfo.Category | Should -Be 'ConnectionError'
            "$failure" | Should -BeLike "*Stop-CameraPublisher -Name '$prefix.hangs' -Scope Local -Force*"
            $failure[0].Exception.Facts.ProcessId | Should -Be $publisher.ProcessId
            Test-Running $publisher.ProcessId | Should -BeTrue
        }

        It 'kills it with -Force' {
            Stop-CameraPublisher "$prefix.hangs" -Force
            Test-Running $publisher.ProcessId | Should -BeFalse
            Get-SharedMemoryInfo "$prefix.hangs*" | Should -BeNullOrEmpty
        }

        It 'stops waiting at Ctrl+C' {
            (Measure-Stop "Stop-CameraPublisher '$prefix.hangs'").TotalSeconds | Should -BeLessThan 2
        }
    }
}
