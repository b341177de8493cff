BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = Start-CameraPublisher "$prefix.live" -Synthetic -Width 64 -Height 48 -FrameRate 30
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Restart-CameraPublisher' {
    It 'starts the source again under the same name, process and epoch, and says nothing' {
        $before = Get-CameraPublisher "$prefix.live"
        Restart-CameraPublisher "$prefix.live" | Should -BeNullOrEmpty
        $after = Get-CameraPublisher "$prefix.live"
        $after.State | Should -Be 'Live'
        $after.ProcessId | Should -Be $before.ProcessId
        $after.Epoch | Should -Be $before.Epoch
        $after.Since | Should -Be $before.Since
        $after.SourceRestarts | Should -Be ($before.SourceRestarts + 1)
        $after.FrameNumber | Should -BeGreaterThan $before.FrameNumber
    }

    It 'leaves readers their channel: they go on with the next frame' {
        $reader = [WinMmf.Frames.FrameReader]::Open("$prefix.live")
        try {
            $number = (Get-SharedFrame "$prefix.live").FrameNumber
            Restart-CameraPublisher "$prefix.live"
            $reader.State | Should -Be 'Live'
            $bytes = [Runtime.InteropServices.Marshal]::AllocHGlobal(64 * 48 * 3)
            try {
                $info = [WinMmf.Frames.FrameInfo]::new()
                $reader.TryCopyNewest($bytes, 64 * 48 * 3, [ref] $info) | Should -Be 'Ok'
                $info.FrameNumber | Should -BeGreaterThan $number
                $info.Epoch | Should -Be 1
            } finally {
                [Runtime.InteropServices.Marshal]::FreeHGlobal($bytes)
            }
        } finally {
            $reader.Dispose()
        }
    }

    It 'gives what it restarted with -PassThru, and takes what is piped in' {
        $given = Get-CameraPublisher "$prefix.li*" | Restart-CameraPublisher -PassThru
        $given | Should -BeOfType WinMmf.PowerShell.Output.CameraPublisher
        $given.Name | Should -Be "$prefix.live"
        $given.State | Should -Be 'Live'
    }

    It 'changes nothing with -WhatIf' {
        $before = (Get-CameraPublisher "$prefix.live").SourceRestarts
        Restart-CameraPublisher "$prefix.*" -WhatIf
        (Get-CameraPublisher "$prefix.live").SourceRestarts | Should -Be $before
    }

    It 'gives an error for a missing name, and is content with a pattern that matches nothing' {
        Restart-CameraPublisher "$prefix.missing" -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        Restart-CameraPublisher "$prefix.missin*" -ErrorAction Stop
    }

    It 'says of a publisher that was told to end that there is nothing to restart' {
        $null = Start-CameraPublisher "$prefix.ends" -Synthetic -Width 64 -Height 48
        $reader = [WinMmf.Frames.FrameReader]::Open("$prefix.ends")
        try {
            Stop-CameraPublisher "$prefix.ends"
            Restart-CameraPublisher "$prefix.ends" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublisherEnded,*'
        } finally {
            $reader.Dispose()
        }
    }

    Context 'with a publisher that hangs' -Skip:($env:OS -eq 'Windows_NT') {
        BeforeAll {
            $publisher = Start-CameraPublisher "$prefix.hangs" -Synthetic -Width 64 -Height 48
            kill -STOP $publisher.ProcessId
        }

        AfterAll {
            kill -CONT $publisher.ProcessId
            Stop-CameraPublisher "$prefix.hangs" -Force
        }

        It 'says that it does not answer, and how to end it' {
            Restart-CameraPublisher "$prefix.hangs" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'PublisherUnreachable,*'
            "$failure" | Should -BeLike "*Stop-CameraPublisher -Name '$prefix.hangs' -Scope Local -Force*"
        }

        It 'stops waiting at Ctrl+C' {
            (Measure-Stop "Restart-CameraPublisher '$prefix.hangs'").TotalSeconds | Should -BeLessThan 2
        }
    }
}
