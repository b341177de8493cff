BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $camera = "$prefix.camera"
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 20
    $pages = [Collections.Generic.List[object]]::new()
    $variables = 'SSH_CONNECTION', 'SSH_TTY', 'DISPLAY', 'WAYLAND_DISPLAY', 'NO_COLOR', 'COLORTERM', 'TERM', 'WINMMF_VIEWER'
    $before = @{}
    foreach ($variable in $variables) { $before[$variable] = [Environment]::GetEnvironmentVariable($variable) }

    # What a stranger, or the owner of the address, gets from the viewer.
    function Get-Status {
        param([string] $Address)

        $client = [Net.Http.HttpClient]::new()
        try { [int] $client.GetAsync($Address).GetAwaiter().GetResult().StatusCode } finally { $client.Dispose() }
    }
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Show-SharedFrame' {
    AfterEach {
        foreach ($variable in $variables) { [Environment]::SetEnvironmentVariable($variable, $before[$variable]) }
        foreach ($page in $pages) { Stop-Process -Id $page.ProcessId -Force -ErrorAction Ignore }
        $pages.Clear()
    }

    It 'starts a viewer that shows the channel to who has the address, and to nobody else' {
        if (Test-OnWine) { Set-ItResult -Skipped -Because 'the module that is built for Wine has no viewer that runs without dotnet'; return }
        $page = Show-SharedFrame $camera -NoBrowser -TimeoutSec 120
        $pages.Add($page)
        $page | Should -BeOfType WinMmf.PowerShell.Output.SharedFramePage
        $page.Name, $page.Scope, $page.IsOpened | Should -Be $camera, 'Local', $false
        $page.Address | Should -Match "^http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{64}&channel=$([regex]::Escape($camera))&scope=local$"
        (Get-Process -Id $page.ProcessId).ProcessName | Should -BeLike '*iewer*'
        Get-Status $page.Address | Should -Be 200
        Get-Status ($page.Address -replace '\?.*', "$camera.jpg") | Should -Be 401
    }

    It 'shows all channels without a name, on the port that was asked for' {
        if (Test-OnWine) { Set-ItResult -Skipped -Because 'the module that is built for Wine has no viewer that runs without dotnet'; return }
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $page = Show-SharedFrame -NoBrowser -Port $port -TimeoutSec 120
        $pages.Add($page)
        $page.Name | Should -BeNullOrEmpty
        $page.Address | Should -BeLike "http://127.0.0.1:$port/?token=*"
        $page.Address | Should -Not -BeLike '*channel=*'

        $null = Show-SharedFrame -NoBrowser -Port $port -TimeoutSec 120 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$failure" | Should -BeLike "*Port $port cannot be used*"
    }

    It 'says over SSH what to run at the other end' {
        if (Test-OnWine) { Set-ItResult -Skipped -Because 'the module that is built for Wine has no viewer that runs without dotnet'; return }
        $env:SSH_CONNECTION = '10.0.0.5 50000 10.0.0.9 2222'
        $page = Show-SharedFrame $camera -TimeoutSec 120
        $pages.Add($page)
        $port = ([uri] $page.Address).Port
        $page.IsOpened | Should -BeFalse
        $page.Reason | Should -BeLike '*SSH*'
        $page.TunnelCommand | Should -BeLike "ssh -L ${port}:127.0.0.1:${port} -p 2222 *@10.0.0.9"
    }

    It 'gives the address where there is no desktop' {
        if (Test-OnWindows) { Set-ItResult -Skipped -Because 'Windows has one or not, whatever the variables say'; return }
        $env:DISPLAY = $env:WAYLAND_DISPLAY = $env:SSH_CONNECTION = $env:SSH_TTY = ''
        $page = Show-SharedFrame $camera -TimeoutSec 120
        $pages.Add($page)
        $page.IsOpened | Should -BeFalse
        $page.Reason | Should -BeLike '*no desktop*'
        $page.TunnelCommand | Should -BeNullOrEmpty
        ($page | Out-String) | Should -BeLike "*$($page.Address.Substring(0, 40))*"
    }

    It 'gives one picture as lines of text, in the colours of the terminal' {
        $env:NO_COLOR = ''
        $env:TERM = 'xterm-256color'
        $env:COLORTERM = 'truecolor'
        $lines = @(Show-SharedFrame $camera -Once -Columns 16)
        $lines.Count | Should -Be 6
        foreach ($line in $lines) {
            ($line -replace "$([char] 27)\[[\d;]*m") | Should -Be ([string] [char] 0x2580 * 16)
            $line | Should -BeLike '*38;2;*'
        }
        $env:COLORTERM = ''
        $expected = if (Test-OnWindows) { '*38;*' } else { '*38;5;*' }
        @(Show-SharedFrame $camera -Once -Columns 16)[0] | Should -BeLike $expected
        $env:NO_COLOR = '1'
        $plain = @(Show-SharedFrame $camera -Once -Columns 16)
        "$plain" | Should -Not -Match "$([char] 27)"
        "$plain" | Should -Match '@'
    }

    It 'takes channels from the pipeline, and completes -Name' {
        $env:NO_COLOR = '1'
        @(Get-CameraPublisher $camera | Show-SharedFrame -Once -Columns 8).Count | Should -Be 3
        (Get-Completion "Show-SharedFrame $camera").CompletionText | Should -Be $camera
    }

    It 'refuses a channel that is not there before it starts anything' {
        $null = Show-SharedFrame "$prefix.missing" -NoBrowser -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $null = Show-SharedFrame "$prefix.missing" -Once -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'says where the viewer is missing what does without it' {
        $env:WINMMF_VIEWER = [IO.Path]::Combine([IO.Path]::GetFullPath($PSScriptRoot), 'no', 'viewer')
        $null = Show-SharedFrame $camera -NoBrowser -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ProgramNotFound,*'
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Terminal*'
    }

    It 'draws in a terminal only' {
        # The host of such a session has no terminal, whatever these tests run in.
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("$(Get-ImportLine)Show-SharedFrame '$camera' -Terminal").Invoke()
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
            $shell.Streams.Error[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Once*'
        } finally {
            $shell.Dispose()
        }
    }

    It 'ends within 200 ms at Ctrl+C while it waits for a channel' {
        (Measure-FastestStop "Show-SharedFrame '$prefix.never' -Once -TimeoutSec 600").TotalMilliseconds | Should -BeLessThan 200
    }
}
