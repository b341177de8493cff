BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $camera = "$prefix.camera"
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 50 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Measure-SharedFrame' {
    It 'measures rate, latency and losses' {
        $result = Measure-SharedFrame $camera -Duration 2
        $result | Should -BeOfType WinMmf.PowerShell.Output.SharedFrameMeasurement
        $result.Name | Should -Be $camera
        $result.State | Should -Be 'Live'
        $result.Frames | Should -BeGreaterThan 5
        $result.NominalFrameRate | Should -Be 50
        $result.FrameRate | Should -BeGreaterThan 5
        $result.FrameRate | Should -BeLessThan 100
        $result.LatencyP50Ms | Should -BeGreaterThan 0
        $result.LatencyP99Ms | Should -BeGreaterOrEqual $result.LatencyP50Ms
        $result.LatencyMaxMs | Should -BeGreaterOrEqual $result.LatencyP99Ms
        $result.AgeMs | Should -BeGreaterThan 0
        $result.JitterMs | Should -BeGreaterThan 0
        $result.Dropped | Should -Be 0
        $result.Torn | Should -Be 0
        $result.DurationSec | Should -BeGreaterOrEqual 1.9
    }

    It 'ends at a number of frames' {
        $result = Measure-SharedFrame $camera -Count 7 -Duration 60
        $result.Frames | Should -Be 7
        $result.DurationSec | Should -BeLessThan 30
    }

    It 'gives one line of JSON' {
        $json = @(Measure-SharedFrame $camera -Count 3 -Json)
        $json.Count | Should -Be 1
        $json[0] | Should -BeOfType string
        $value = $json[0] | ConvertFrom-Json
        $value.name | Should -Be $camera
        $value.frames | Should -Be 3
        $value.latencyP99Ms | Should -BeGreaterThan 0
        $value.torn | Should -Be 0
    }

    It 'shows progress while it measures' {
        $shell = [PowerShell]::Create()
        try {
            [void] $shell.AddScript((Get-ImportLine) + "Measure-SharedFrame '$camera' -Duration 1")
            $null = $shell.Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -like "Measuring*$camera")
            $records.Count | Should -BeGreaterThan 2
            $records[0].StatusDescription | Should -BeLike '*frames*fps*p99*'
            $records[-1].RecordType | Should -Be 'Completed'
        } finally {
            $shell.Dispose()
        }
    }

    It 'says so when no frame comes' {
        $quiet = "$prefix.quiet"
        $null = Start-CameraPublisher $quiet -Synthetic -Width 64 -Height 48 -FrameRate 0.01
        $result = Measure-SharedFrame $quiet -Duration 0.3 -WarningAction SilentlyContinue -WarningVariable silence
        $result.Frames | Should -Be 0
        "$silence" | Should -BeLike '*no new frame*Live*'
    }

    It 'fails at once without a channel, and goes on with the next' {
        $result = "$prefix.missing", $camera | Measure-SharedFrame -Count 1 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $result.Name | Should -Be $camera
    }

    It 'ends within 200 ms at Ctrl+C' {
        (Measure-FastestStop "Measure-SharedFrame '$camera' -Duration 600").TotalMilliseconds | Should -BeLessThan 200
    }

    It 'has a table and a list' {
        $result = Measure-SharedFrame $camera -Count 3
        $result | Format-Table | Out-String | Should -Match 'Name +Frames +FrameRate +LatencyP50Ms +LatencyP99Ms +JitterMs +Dropped +Torn'
        $result | ConvertTo-Deserialized | Format-List | Out-String | Should -Match 'LatencyP99Ms +: [\d.,]+'
    }

    It 'binds from what the other cmdlets give, and completes -Name' {
        (Get-CameraPublisher $camera | Measure-SharedFrame -Count 1).Name | Should -Be $camera
        (Get-Completion "Measure-SharedFrame $camera").CompletionText | Should -Be $camera
    }
}
