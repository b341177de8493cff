BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $camera = "$prefix.camera"
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 50 -PixelFormat Gray8

    # The check of protocol 14, as any program could do it.
    function Test-Synthetic {
        param([byte[]] $Data)

        $mask = [bigint]::Pow(2, 64) - 1
        $hash = [bigint] [BitConverter]::ToUInt64($Data, 0) -bxor [bigint]::Parse('14695981039346656037')
        for ($i = 16; $i -lt $Data.Length; $i += 8) {
            $hash = (($hash -bxor [bigint] [BitConverter]::ToUInt64($Data, $i)) * [bigint] 1099511628211) -band $mask
        }
        $hash -eq [bigint] [BitConverter]::ToUInt64($Data, 8)
    }
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Get-SharedFrame' {
    It 'copies the newest frame, whole' {
        $frame = Get-SharedFrame $camera
        $frame | Should -BeOfType WinMmf.PowerShell.Output.SharedFrame
        $frame.Name | Should -Be $camera
        $frame.Width | Should -Be 64
        $frame.Height | Should -Be 48
        $frame.Stride | Should -Be 64
        $frame.PixelFormat | Should -Be 'Gray8'
        $frame.Length | Should -Be (64 * 48)
        $frame.Data.GetType() | Should -Be ([byte[]])
        $frame.FrameNumber | Should -BeGreaterThan 0
        Test-Synthetic $frame.Data | Should -BeTrue
    }

    It 'gives times in UTC and the age' {
        $frame = Get-SharedFrame $camera
        $frame.CapturedAt.Kind | Should -Be 'Local'
        $frame.PublishedAt | Should -BeGreaterOrEqual $frame.CapturedAt
        $frame.Age.TotalSeconds | Should -BeGreaterOrEqual 0
        ([DateTime]::Now - $frame.PublishedAt).TotalSeconds | Should -BeLessThan 10
    }

    It 'sends a frame down the pipeline as one object' {
        @(Get-SharedFrame $camera | ForEach-Object { $_ }).Count | Should -Be 1
    }

    It 'waits for the frame after a given one' {
        $first = Get-SharedFrame $camera
        $second = Get-SharedFrame $camera -After $first.FrameNumber
        $second.FrameNumber | Should -BeGreaterThan $first.FrameNumber
    }

    It 'waits for a publisher that is not there yet' {
        $late = "$prefix.late"
        $shell = [PowerShell]::Create()
        try {
            [void] $shell.AddScript((Get-ImportLine) + "Get-SharedFrame '$late' -TimeoutSec 30")
            $waiting = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 500
            $null = Start-CameraPublisher $late -Synthetic -Width 64 -Height 48
            $frame = $shell.EndInvoke($waiting)
            $frame.Name | Should -Be $late
            $shell.HadErrors | Should -BeFalse
        } finally {
            $shell.Dispose()
        }
    }

    It 'fails at once for a missing channel, and goes on with the next' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $frame = "$prefix.missing", $camera | Get-SharedFrame -ErrorAction SilentlyContinue -ErrorVariable failure
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 3
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $failure[0].TargetObject | Should -Be "$prefix.missing"
        $frame.Name | Should -Be $camera
    }

    It 'fails with Timeout when no newer frame comes' {
        $null = Get-SharedFrame $camera -After ([long]::MaxValue) -TimeoutSec 0.3 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
        $failure[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'refuses a plain memory' {
        $memory = New-SharedMemory "$prefix.plain" -Size 8KB
        try {
            $null = Get-SharedFrame "$prefix.plain" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotAChannel,*'
        } finally {
            $memory.Dispose()
        }
    }

    It 'stops at Ctrl+C while it waits for a frame' {
        (Measure-Stop "Get-SharedFrame '$camera' -After $([long]::MaxValue) -TimeoutSec 600").TotalSeconds | Should -BeLessThan 2
    }

    It 'stops at Ctrl+C while it waits for a channel' {
        (Measure-Stop "Get-SharedFrame '$prefix.never' -TimeoutSec 600").TotalSeconds | Should -BeLessThan 2
    }

    It 'shows a summary and never the bytes' {
        $frame = Get-SharedFrame $camera
        $frame | Format-Table | Out-String | Should -Match 'Name +FrameNumber +Format +Length +Age +CapturedAt'
        $list = $frame | Format-List | Out-String
        $list | Should -BeLike '*3072 bytes*'
        $list.Length | Should -BeLessThan 2000
        $frame | ConvertTo-Deserialized | Format-List | Out-String | Should -BeLike '*3072 bytes*'
    }

    It 'binds from what the other cmdlets give' {
        (Get-CameraPublisher $camera | Get-SharedFrame).Name | Should -Be $camera
        (Get-SharedMemoryInfo $camera | Get-SharedFrame).Name | Should -Be $camera
    }

    It 'completes -Name' {
        (Get-Completion "Get-SharedFrame $camera").CompletionText | Should -Be $camera
    }

    It 'copies what lies in winmmf''s layout, as -MirrorName puts it there' {
        $null = Start-CameraPublisher "$prefix.also" -Synthetic -Width 64 -Height 48 -FrameRate 100 -PixelFormat Gray8 -MirrorName "$prefix.w"
        $frame = Get-SharedFrame "$prefix.w" -Layout WinMmf -Width 64 -Height 48 -PixelFormat Gray8
        $frame.Length | Should -Be (64 * 48)
        $frame.FrameNumber | Should -Be 0
        $frame.Name | Should -Be "$prefix.w"

        # The picture contains its own number: the channel has had that frame.
        [BitConverter]::ToInt64($frame.Data, 0) | Should -BeGreaterThan 0
        Stop-CameraPublisher "$prefix.also"
    }

    It 'says that a winmmf memory is too small, and wants its size' {
        $memory = New-SharedMemory "$prefix.small" 100
        $null = Get-SharedFrame "$prefix.small" -Layout WinMmf -Width 64 -Height 48 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidSize,*'
        { Get-SharedFrame "$prefix.small" -Width 64 } | Should -Throw
        $memory.Dispose()
    }
}
