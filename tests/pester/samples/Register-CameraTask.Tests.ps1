# docs/samples/Register-CameraTask.ps1 up to the calls of Windows' task scheduler, which are caught here.
BeforeAll {
    $script = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', '..', 'docs', 'samples', 'Register-CameraTask.ps1'))
    # The script registers only what lies in Program Files, which other systems do not have.
    $files = [Environment]::GetFolderPath('ProgramFiles')
    $text = Get-Content -Raw -LiteralPath $script
    if (-not $files) {
        $files = Join-Path $TestDrive 'Program Files'
        $text = $text.Replace("[Environment]::GetFolderPath('ProgramFiles')", "'$files'").Replace("TrimEnd('\') + '\'", "TrimEnd('/') + '/'")
    }
    $folder = New-Item -ItemType Directory -Path (Join-Path $files "WinMmf test $PID") -Force
    $program = Join-Path $folder 'a publisher.exe'
    Set-Content -Path $program -Value ''
    $script = Join-Path $TestDrive 'Register-CameraTask.ps1'
    Set-Content -LiteralPath $script -Value $text -Encoding utf8
    $calls = @{}

    function New-ScheduledTaskAction {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Stands in for the cmdlet.')]
        param($Execute, $Argument)
        $calls.Action = $PSBoundParameters
        'action'
    }
    function New-ScheduledTaskTrigger {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Stands in for the cmdlet.')]
        param([switch] $AtStartup)
        $calls.Trigger = $PSBoundParameters
        'trigger'
    }
    function New-ScheduledTaskPrincipal {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Stands in for the cmdlet.')]
        param($UserId, $LogonType, $RunLevel)
        $calls.Principal = $PSBoundParameters
        'principal'
    }
    function New-ScheduledTaskSettingsSet {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Stands in for the cmdlet.')]
        param($ExecutionTimeLimit, $RestartCount, $RestartInterval, [switch] $AllowStartIfOnBatteries, [switch] $DontStopIfGoingOnBatteries, $MultipleInstances)
        $calls.Settings = $PSBoundParameters
        'settings'
    }
    function Register-ScheduledTask {
        param($TaskPath, $TaskName, $Action, $Trigger, $Principal, $Settings, [switch] $Force)
        $calls.Register = $PSBoundParameters
    }
}

AfterAll {
    Remove-Item -LiteralPath $folder -Recurse
}

Describe 'Register-CameraTask.ps1' {
    BeforeEach {
        $calls.Clear()
    }

    It 'registers a publisher of the global namespace that runs as SYSTEM from the start on' {
        & $script -Name door -Path 'rtsp://door/stream' -Publisher $program
        $calls.Action.Execute | Should -Be $program
        $calls.Action.Argument | Should -BeExactly 'publish --name door --scope global --read-access Users --input rtsp://door/stream'
        $calls.Trigger.AtStartup | Should -BeTrue
        $calls.Principal.UserId | Should -Be 'S-1-5-18'
        $calls.Settings.ExecutionTimeLimit | Should -Be ([TimeSpan]::Zero)
        $calls.Register.TaskPath | Should -Be '\WinMmf\'
        $calls.Register.TaskName | Should -Be 'door'
        $calls.Register.Action, $calls.Register.Trigger, $calls.Register.Principal, $calls.Register.Settings | Should -Be 'action', 'trigger', 'principal', 'settings'
    }

    It 'puts what contains a blank into quotation marks, and shows a file over and over' {
        $file = Join-Path $TestDrive 'a clip.mp4'
        Set-Content -Path $file -Value ''
        & $script -Name 'the door' -Path $file -ReadAccess Everyone, 'PLANT\Line 1' -Publisher $program
        $calls.Action.Argument | Should -BeExactly "publish --name `"the door`" --scope global --read-access Everyone --read-access `"PLANT\Line 1`" --input `"$file`" --loop"
    }

    It 'gives the publisher a command line that it understands' {
        & $script -Name door -Publisher $program
        $calls.Action.Argument | Should -BeExactly 'publish --name door --scope global --read-access Users --synthetic'
        . "$PSScriptRoot/../WinMmf.TestSetup.ps1"
        $file = if ($env:OS -eq 'Windows_NT') { 'WinMmf.Publisher.exe' } else { 'WinMmf.Publisher' }
        $help = & (Join-Path $modulePath "publisher/$file") publish --help | Out-String
        foreach ($option in $calls.Action.Argument -split ' ' -like '--*') {
            $help | Should -BeLike "*$option *"
        }
    }

    It 'changes nothing with -WhatIf' {
        & $script -Name door -Publisher $program -WhatIf
        $calls.Count | Should -Be 0
    }

    It 'refuses a publisher that a user could replace, and registers nothing' {
        $own = Join-Path $TestDrive 'publisher.exe'
        Set-Content -Path $own -Value ''
        { & $script -Name door -Publisher $own } | Should -Throw '*does not lie in Program Files*'
        { & $script -Name door -Publisher 'publisher.exe' } | Should -Throw '*does not lie in Program Files*'
        { & $script -Name door -Publisher "$files/../publisher.exe" } | Should -Throw '*does not lie in Program Files*'
        $calls.Count | Should -Be 0
    }

    It 'takes no module out of a user''s folder' {
        $users = Join-Path $TestDrive 'Modules'
        $fake = New-Item -ItemType Directory -Path (Join-Path $users 'WinMmf/999.0.0/publisher') -Force
        Set-Content -Path (Join-Path $fake 'WinMmf.Publisher.exe') -Value ''
        New-ModuleManifest -Path (Join-Path $users 'WinMmf/999.0.0/WinMmf.psd1') -ModuleVersion 999.0.0
        $before = $env:PSModulePath
        try {
            $env:PSModulePath = $users
            { & $script -Name door } | Should -Throw '*not installed for all users*'
        } finally {
            $env:PSModulePath = $before
        }
        $calls.Count | Should -Be 0
    }

    It 'refuses a publisher that is not there' {
        { & $script -Name door -Publisher (Join-Path $folder 'none.exe') } | Should -Throw '*none.exe*'
        $calls.Count | Should -Be 0
    }
}
