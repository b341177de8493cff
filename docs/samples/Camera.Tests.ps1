# A test for an administrator's own scripts: that a camera is published, and that its picture is one.
# Invoke-Pester ./Camera.Tests.ps1       Needs Pester 5 and the module WinMmf. Leaves nothing behind.
#
# It starts a test picture under a name of its own. To test a station, take out the first and the last block and set
# $channel to the station's channel.

BeforeAll {
    if (-not (Get-Module -Name WinMmf)) {
        Import-Module -Name WinMmf -ErrorAction Stop
    }
    $channel = 'sample-{0}' -f [guid]::NewGuid().ToString('N')
    $null = Start-CameraPublisher -Name $channel -Synthetic -Width 320 -Height 240 -FrameRate 20 -ErrorAction Stop
}

AfterAll {
    Stop-CameraPublisher -Name $channel
}

Describe 'The camera of the station' {
    It 'is published' {
        (Get-CameraPublisher -Name $channel).State | Should -Be 'Live'
    }

    It 'delivers a picture that is fresh and of the right size' {
        $frame = Get-SharedFrame -Name $channel
        $frame.Width | Should -Be 320
        $frame.Height | Should -Be 240
        $frame.Data.Length | Should -Be (320 * 240 * 3)
        $frame.Age.TotalSeconds | Should -BeLessThan 5
    }

    It 'delivers another picture afterwards' {
        $first = Get-SharedFrame -Name $channel
        $next = Get-SharedFrame -Name $channel -After $first.FrameNumber -TimeoutSec 10
        $next.FrameNumber | Should -BeGreaterThan $first.FrameNumber
    }

    It 'does not show one colour only' {
        $frame = Get-SharedFrame -Name $channel
        (0..4999 | ForEach-Object { $frame.Data[$_ * 46] } | Sort-Object -Unique).Count | Should -BeGreaterThan 8
    }
}
