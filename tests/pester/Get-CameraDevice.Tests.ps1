BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $cameras = @(Get-CameraDevice)
}

Describe 'Get-CameraDevice' {
    It 'lists the cameras of this machine, each under an id of its own, and none where there is none' {
        foreach ($camera in $cameras) {
            $camera | Should -BeOfType WinMmf.PowerShell.Output.CameraDevice
            $camera.Id | Should -Not -BeNullOrEmpty
            (Get-CameraDevice -Name $camera.Id).Path | Should -Be $camera.Path
        }
        @($cameras.Id | Sort-Object -Unique).Count | Should -Be $cameras.Count
        if (-not (Test-OnWine) -and -not (Test-Path -Path '/sys/class/video4linux/video*')) {
            $cameras.Count | Should -Be 0
        }
    }

    It 'gives an error for a missing name and nothing for a pattern without match' {
        $null = Get-CameraDevice 'no such camera', 'nor this' -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 2
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CameraNotFound,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].TargetObject | Should -Be 'no such camera'
        Get-CameraDevice 'no such camera*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'takes names from the pipeline, as text and as a property' {
        $null = 'no such camera', [pscustomobject] @{ Camera = 'nor this' } | Get-CameraDevice -ErrorAction SilentlyContinue -ErrorVariable failure
        @($failure.TargetObject) | Should -Be 'no such camera', 'nor this'
    }

    It 'completes names' {
        @((Get-Completion 'Get-CameraDevice ').CompletionText).Count | Should -BeGreaterOrEqual $cameras.Count
        Get-Completion 'Get-CameraDevice nosuchcamera' | Should -BeNullOrEmpty
    }
}
