BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $camera = "$prefix.camera"
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 50 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Watch-SharedFrame' {
    It 'streams as many frames as asked for, each newer than the one before' {
        $frames = @(Watch-SharedFrame $camera -Count 5 -TimeoutSec 30)
        $frames.Count | Should -Be 5
        $frames[0] | Should -BeOfType WinMmf.PowerShell.Output.SharedFrame
        for ($i = 1; $i -lt 5; $i++) {
            $frames[$i].FrameNumber | Should -BeGreaterThan $frames[$i - 1].FrameNumber
            $frames[$i].Skipped | Should -Be ($frames[$i].FrameNumber - $frames[$i - 1].FrameNumber - 1)
        }
    }

    It 'ends after a duration' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        @(Watch-SharedFrame $camera -Duration 0.5).Count | Should -BeGreaterThan 0
        $watch.Elapsed.TotalSeconds | Should -BeGreaterOrEqual 0.49
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
    }

    It 'sends a frame down the pipeline before the next one is there' {
        $first = Watch-SharedFrame $camera -TimeoutSec 30 | Select-Object -First 1
        $first.Name | Should -Be $camera
    }

    It 'gives every frame in order with -All, and counts those that are lost' {
        $slow = "$prefix.slow"
        $null = Start-CameraPublisher $slow -Synthetic -Width 64 -Height 48 -FrameRate 100 -PixelFormat Gray8
        $frames = @(Watch-SharedFrame $slow -All -Count 40 -TimeoutSec 30 -WarningAction SilentlyContinue -WarningVariable lost)
        $lostCount = ($frames | Measure-Object -Property Skipped -Sum).Sum
        $frames[-1].FrameNumber - $frames[0].FrameNumber | Should -Be (39 + $lostCount)
        [bool] $lost.Count | Should -Be ($lostCount -gt 0)

        $late = @(Watch-SharedFrame $slow -All -Count 6 -TimeoutSec 30 -WarningAction SilentlyContinue -WarningVariable lost | ForEach-Object { Start-Sleep -Milliseconds 200; $_ })
        ($late | Measure-Object -Property Skipped -Sum).Sum | Should -BeGreaterThan 0
        $lost.Count | Should -Be 1
        "$lost" | Should -BeLike '*slower than the camera*'
    }

    It 'leaves frames that were kept as they were' {
        $frames = @(Watch-SharedFrame $camera -Count 10 -TimeoutSec 30)
        Start-Sleep -Milliseconds 300
        foreach ($frame in $frames) {
            # Bytes 0 to 7 are the number that the source counted: the frame's own, as there is one publisher here.
            [BitConverter]::ToInt64($frame.Data, 0) | Should -Be $frame.FrameNumber
        }
    }

    It 'waits for a publisher that is not there yet, and goes on through a restart with another size' {
        $late = "$prefix.late"
        $shell = [PowerShell]::Create()
        try {
            [void] $shell.AddScript((Get-ImportLine) + "Watch-SharedFrame '$late' -TimeoutSec 60 -WarningAction Ignore | ForEach-Object { if (`$_.Width -ne `$width) { `$width = `$_.Width; `$_ } } | Select-Object -First 2")
            $waiting = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 500
            $null = Start-CameraPublisher $late -Synthetic -Width 64 -Height 48
            Start-Sleep -Milliseconds 1500
            Stop-CameraPublisher $late
            $null = Start-CameraPublisher $late -Synthetic -Width 128 -Height 96
            $frames = $shell.EndInvoke($waiting)
            $frames.Width | Should -Be 64, 128
            $frames[1].Epoch | Should -BeGreaterThan $frames[0].Epoch
            $shell.HadErrors | Should -BeFalse
        } finally {
            $shell.Dispose()
        }
    }

    It 'fails at once without a channel' {
        $null = Watch-SharedFrame "$prefix.missing" -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'fails with Timeout when no frame comes' {
        $silent = "$prefix.silent"
        $null = Start-CameraPublisher $silent -Synthetic -Width 64 -Height 48 -FrameRate 0.05
        $frames = @(Watch-SharedFrame $silent -TimeoutSec 0.5 -ErrorAction SilentlyContinue -ErrorVariable failure)
        $frames.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
        "$failure" | Should -BeLike '*had no new frame for 0.5 s*Live*'
    }

    It 'ends within 200 ms at Ctrl+C while frames flow' {
        (Measure-FastestStop "Watch-SharedFrame '$camera' | Out-Null").TotalMilliseconds | Should -BeLessThan 200
    }

    It 'ends within 200 ms at Ctrl+C while it waits for a frame' {
        $quiet = "$prefix.quiet"
        $null = Start-CameraPublisher $quiet -Synthetic -Width 64 -Height 48 -FrameRate 0.01
        (Measure-FastestStop "Watch-SharedFrame '$quiet' | Out-Null").TotalMilliseconds | Should -BeLessThan 200
    }

    It 'ends within 200 ms at Ctrl+C while it waits for a channel' {
        (Measure-FastestStop "Watch-SharedFrame '$prefix.never' -TimeoutSec 600").TotalMilliseconds | Should -BeLessThan 200
    }

    It 'binds from what the other cmdlets give, and completes -Name' {
        (Get-CameraPublisher $camera | Watch-SharedFrame -Count 1 -TimeoutSec 30).Name | Should -Be $camera
        (Get-Completion "Watch-SharedFrame $camera").CompletionText | Should -Be $camera
    }
}
