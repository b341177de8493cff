BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $camera = "$prefix.camera"
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 50 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Use-SharedFrame' {
    It 'hands the newest frame to the block, as $_ and as its parameter, and passes on what that gives' {
        $result = @(Use-SharedFrame $camera { param($frame) $_.FrameNumber; $frame.FrameNumber; $frame.Length; $frame.ToArray().Length })
        $result[0] | Should -BeGreaterThan 0
        $result[1] | Should -Be $result[0]
        $result[2..3] | Should -Be (64 * 48), (64 * 48)
    }

    It 'lends the frame in place, whole for as long as the block runs' {
        $result = Use-SharedFrame $camera {
            $before = $_.ToArray()
            Start-Sleep -Milliseconds 500
            [pscustomobject] @{ InPlace = $_.IsInPlace; Intact = $_.IsIntact; Same = [Linq.Enumerable]::SequenceEqual([byte[]] $before, [byte[]] $_.ToArray()); Address = $_.Address }
        }
        $result.InPlace | Should -BeTrue
        $result.Intact | Should -BeTrue
        $result.Same | Should -BeTrue
        $result.Address | Should -Not -Be ([IntPtr]::Zero)
    }

    It 'takes the frame back and says that it stayed intact' {
        $frame = Use-SharedFrame $camera { $_ }
        $frame.IsReleased | Should -BeTrue
        $frame.IsIntact | Should -BeTrue
        $frame.FrameNumber | Should -BeGreaterThan 0
        { $frame.ToArray() } | Should -Throw '*given back*'
    }

    It 'takes the frame back when the block fails' {
        foreach ($i in 1..20) {
            { Use-SharedFrame $camera { throw 'no good' } } | Should -Throw 'no good'
        }

        # Any lease that stayed would keep a slot: with two of them gone, the next would be a copy.
        Use-SharedFrame $camera { $_.IsInPlace } | Should -BeTrue
    }

    It 'passes on errors of the block that do not end it' {
        $result = @(& { Use-SharedFrame $camera { Write-Error 'a little wrong' -ErrorAction Continue; 'went on' } } 2>&1)
        $result.Count | Should -Be 2
        ($result | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).ToString() | Should -Be 'a little wrong'
        $result | Should -Contain 'went on'
    }

    It 'takes the frame back at Ctrl+C' {
        foreach ($i in 1..3) {
            (Measure-Stop "Use-SharedFrame '$camera' { Start-Sleep -Seconds 600 }").TotalSeconds | Should -BeLessThan 5
        }
        Use-SharedFrame $camera { $_.IsInPlace } | Should -BeTrue
    }

    It 'waits for a publisher that is not there yet, and stops at Ctrl+C' {
        (Measure-FastestStop "Use-SharedFrame '$prefix.never' { } -TimeoutSec 600").TotalMilliseconds | Should -BeLessThan 200
    }

    It 'fails at once without a channel, and goes on with the next' {
        $number = "$prefix.missing", $camera | Use-SharedFrame -ScriptBlock { $_.FrameNumber } -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $number | Should -BeGreaterThan 0
    }

    It 'shows the frame without its bytes' {
        $frame = Use-SharedFrame $camera { $_ }
        $frame | Format-Table | Out-String | Should -Match 'Name +FrameNumber +Format +Length +Age +State'
        $frame | Format-Table | Out-String | Should -BeLike '*GivenBack*'
        $frame | ConvertTo-Deserialized | Format-List | Out-String | Should -BeLike '*IsIntact*True*'
    }

    It 'binds from what the other cmdlets give, and completes -Name' {
        Get-CameraPublisher $camera | Use-SharedFrame -ScriptBlock { $_.Name } | Should -Be $camera
        (Get-Completion "Use-SharedFrame $camera").CompletionText | Should -Be $camera
    }
}
