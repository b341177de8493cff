BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = Start-CameraPublisher "$prefix.live" -Synthetic -Width 64 -Height 48 -FrameRate 30
    $plugin = [IO.Path]::Combine($modulePath, 'monitoring', 'check_camera_publisher.ps1')
    $program = [IO.Path]::Combine($modulePath, 'publisher', $(if (Test-OnWindows) { 'WinMmf.Publisher.exe' } else { 'WinMmf.Publisher' }))

    # The shipped script as an agent runs it: a process of its own, a file and arguments.
    function Invoke-Plugin {
        $shell = (Get-Process -Id $PID).Path
        $line = & $shell -NoLogo -NoProfile -NonInteractive -File $plugin @args
        @{ Code = $LASTEXITCODE; Line = @($line) }
    }

    # A channel whose publisher was killed while somebody reads it, so that it is still there.
    function Stop-Hard([string] $Name) {
        Stop-Process -Id (Get-CameraPublisher $Name).ProcessId -Force
        for ($i = 0; $i -lt 1500 -and (Get-CameraPublisherHealth $Name -SampleSec 0).Status -ne 'Critical'; $i++) { Start-Sleep -Milliseconds 20 }
    }
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Get-CameraPublisherHealth' {
    It 'says Ok of a publisher that delivers, with a rate and figures' {
        $health = Get-CameraPublisherHealth "$prefix.live"
        $health | Should -BeOfType WinMmf.PowerShell.Output.CameraPublisherHealth
        $health.Status | Should -BeExactly 'Ok'
        $health.ExitCode | Should -Be 0
        $health.State | Should -BeExactly 'Live'
        $health.Reasons.Count | Should -Be 0
        $health.FrameRate | Should -BeGreaterThan 0
        $health.AgeSeconds | Should -BeGreaterOrEqual 0
        "$health" | Should -Match "^WINMMF OK - Local\\$([regex]::Escape($prefix)).*\| age=[\d.]+s;;5;0 rate=[\d.]+;;;0 published=\d+c dropped=0c restarts=0c$"
    }

    It 'warns of too few frames, and says how many' {
        $health = Get-CameraPublisherHealth "$prefix.live" -MinFrameRate 900
        $health.Status | Should -BeExactly 'Warning'
        $health.ExitCode | Should -Be 1
        $health.Reasons[0] | Should -BeLike '* frames a second come, and at least 900 shall.'
        $health.PerformanceData | Should -Match ' rate=[\d.]+;900:;;0 '
    }

    It 'is critical where the newest frame is older than it may be' {
        $health = Get-CameraPublisherHealth "$prefix.live" -MaxAgeSec 0 -SampleSec 0
        $health.ExitCode | Should -Be 2
        $health.Reasons[0] | Should -BeLike 'The newest frame is * s old, and may be 0 s.'
    }

    It 'is critical for a name that nobody publishes, without an error' {
        $health = Get-CameraPublisherHealth "$prefix.missing" -ErrorAction Stop
        $health.Status | Should -BeExactly 'Critical'
        $health.State | Should -BeNullOrEmpty
        $health.PerformanceData | Should -BeNullOrEmpty
        Get-CameraPublisherHealth "$prefix.missin*" -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'is critical for a publisher that was killed' {
        $null = Start-CameraPublisher "$prefix.dead" -Synthetic -Width 64 -Height 48
        $reader = [WinMmf.Frames.FrameReader]::Open("$prefix.dead")
        try {
            Stop-Hard "$prefix.dead"
            $health = Get-CameraPublisherHealth "$prefix.dead" -SampleSec 0
            $health.State | Should -BeExactly 'Dead'
            $health.Reasons -join ' ' | Should -BeLike '*ended without saying so*'
        } finally {
            $reader.Dispose()
        }
        Remove-SharedMemory "$prefix.dead*"
    }

    It 'does not know what is no channel' {
        $memory = New-SharedMemory "$prefix.memory" 1KB
        try {
            $health = Get-CameraPublisherHealth "$prefix.memory"
            $health.ExitCode | Should -Be 3
            "$health" | Should -BeLike 'WINMMF UNKNOWN - *no frame channel*'
        } finally {
            $memory.Dispose()
        }
    }

    It 'counts frames of all that a pattern names at once' {
        $null = Start-CameraPublisher "$prefix.second" -Synthetic -Width 64 -Height 48 -FrameRate 30
        try {
            $found = @(Get-CameraPublisher "$prefix.*" | Get-CameraPublisherHealth)
            @(Get-CameraPublisherHealth "$prefix.*").Name | Should -Be $found.Name
            $found.Count | Should -Be 2
            $found | ForEach-Object { $_.FrameRate | Should -BeGreaterThan 0 }
        } finally {
            Stop-CameraPublisher "$prefix.second"
        }
    }

    It 'stops counting at Ctrl+C' {
        (Measure-Stop "Get-CameraPublisherHealth '$prefix.live' -SampleSec 600").TotalSeconds | Should -BeLessThan 2
    }

    It 'completes names' {
        (Get-Completion "Get-CameraPublisherHealth $prefix.li").CompletionText | Should -Contain "$prefix.live"
    }

    It 'keeps its words in a job' {
        $far = Get-CameraPublisherHealth "$prefix.live" | ConvertTo-Deserialized
        $far.Status | Should -BeExactly 'Ok'
        ($far | Format-Table | Out-String) | Should -Match '(?m)^Name +Scope +Status +Age +FrameRate +Reasons'
    }

    Context 'the shipped script, by -File' {
        It 'gives 0 for a publisher that delivers' {
            $said = Invoke-Plugin -Name "$prefix.live"
            $said.Code | Should -Be 0
            $said.Line.Count | Should -Be 1
            $said.Line[0] | Should -Match '^WINMMF OK - .* \| age='
        }

        It 'gives 1 for one that is too slow' {
            $said = Invoke-Plugin -Name "$prefix.live" -MinFrameRate 900
            $said.Code | Should -Be 1
            $said.Line[0] | Should -Match '^WINMMF WARNING - '
        }

        It 'gives 2 where nobody publishes' {
            $said = Invoke-Plugin -Name "$prefix.missing" -Scope Local
            $said.Code | Should -Be 2
            $said.Line[0] | Should -Match '^WINMMF CRITICAL - '
        }

        It 'gives 3 where it cannot tell: <_>' -ForEach @(
            '-Name'
            '-Nmae x'
            '-Name x -MaxAgeSec soon'
            '-Name x -MinFrameRate -5'
            '-Name a/b'
            ''
        ) {
            $words = @($_ -split ' ' | Where-Object { $_ })
            $said = Invoke-Plugin @words
            $said.Code | Should -Be 3
            $said.Line.Count | Should -Be 1
            $said.Line[0] | Should -Match '^WINMMF UNKNOWN - '
        }
    }

    Context 'the program, from a plain shell' -Skip:($env:OS -eq 'Windows_NT') {
        It 'gives <Code> for: health <Words>' -ForEach @(
            @{ Code = 0; Words = 'PREFIX.live'; Says = 'OK' }
            @{ Code = 1; Words = 'PREFIX.live --min-frame-rate 900'; Says = 'WARNING' }
            @{ Code = 2; Words = 'PREFIX.missing'; Says = 'CRITICAL' }
            @{ Code = 3; Words = ''; Says = 'UNKNOWN' }
            @{ Code = 3; Words = 'PREFIX.live --max-age soon'; Says = 'UNKNOWN' }
        ) {
            $text = & sh -c "'$program' health $($Words.Replace('PREFIX', $prefix)); echo `"code `$?`""
            $text[0] | Should -Match "^WINMMF $Says - "
            $text[-1] | Should -BeExactly "code $Code"
        }
    }
}
