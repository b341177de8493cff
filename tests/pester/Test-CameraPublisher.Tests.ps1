BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = Start-CameraPublisher "$prefix.live" -Synthetic -Width 64 -Height 48 -FrameRate 30
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Test-CameraPublisher' {
    It 'is true for a publisher that delivers' {
        $answer = Test-CameraPublisher "$prefix.live"
        $answer | Should -BeOfType bool
        $answer | Should -BeTrue
        Test-CameraPublisher "$prefix.live" -MaxAgeSec 60 -MinFrameRate 0.5 | Should -BeTrue
    }

    It 'is false where a limit is not kept, and -Verbose says which' {
        Test-CameraPublisher "$prefix.live" -MaxAgeSec 0 | Should -BeFalse
        Test-CameraPublisher "$prefix.live" -MinFrameRate 900 | Should -BeFalse
        $said = Test-CameraPublisher "$prefix.live" -MinFrameRate 900 -Verbose 4>&1
        "$said" | Should -BeLike '*WINMMF WARNING - *at least 900 shall*'
    }

    It 'is false for a name that nobody publishes, without an error' {
        Test-CameraPublisher "$prefix.missing" -ErrorAction Stop | Should -BeFalse
        Test-CameraPublisher "$prefix.missin*" -ErrorAction Stop | Should -BeFalse
    }

    It 'is false for what is no channel' {
        $memory = New-SharedMemory "$prefix.memory" 1KB
        try {
            Test-CameraPublisher "$prefix.memory" | Should -BeFalse
        } finally {
            $memory.Dispose()
        }
    }

    It 'is false once its publisher was told to end, though a reader holds the channel' {
        $null = Start-CameraPublisher "$prefix.ends" -Synthetic -Width 64 -Height 48
        $reader = [WinMmf.Frames.FrameReader]::Open("$prefix.ends")
        try {
            Test-CameraPublisher "$prefix.ends" | Should -BeTrue
            Stop-CameraPublisher "$prefix.ends"
            Test-CameraPublisher "$prefix.ends" | Should -BeFalse
        } finally {
            $reader.Dispose()
        }
    }

    It 'is false for a publisher that hangs' -Skip:($env:OS -eq 'Windows_NT') {
        $publisher = Start-CameraPublisher "$prefix.hangs" -Synthetic -Width 64 -Height 48
        kill -STOP $publisher.ProcessId
        try {
            for ($i = 0; $i -lt 1500 -and (Test-CameraPublisher "$prefix.hangs" -MaxAgeSec 1000); $i++) { Start-Sleep -Milliseconds 20 }
            Test-CameraPublisher "$prefix.hangs" -MaxAgeSec 1000 | Should -BeFalse
        } finally {
            kill -CONT $publisher.ProcessId
        }
    }

    It 'gives one answer for each name, and one for a pattern' {
        @("$prefix.live", "$prefix.missing" | Test-CameraPublisher) | Should -Be $true, $false
        @(Test-CameraPublisher "$prefix.li*") | Should -Be $true
        Get-CameraPublisher "$prefix.live" | Test-CameraPublisher | Should -BeTrue
    }

    It 'completes names' {
        (Get-Completion "Test-CameraPublisher $prefix.li").CompletionText | Should -Contain "$prefix.live"
    }

    It 'stops counting at Ctrl+C' {
        (Measure-Stop "Test-CameraPublisher '$prefix.live' -MinFrameRate 0.01").TotalSeconds | Should -BeLessThan 2
    }
}
