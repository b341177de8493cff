BeforeDiscovery {
    $canBuild = $null -ne (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable) -and (Test-Path "$PSScriptRoot/../../docs/Update-Help.ps1")
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

Describe 'Help' {
    It 'has <_>' -ForEach 'about_WinMmf', 'about_WinMmf_Frames', 'about_WinMmf_Errors' {
        Get-Help $_ | Out-String | Should -BeLike "TOPIC*$_*SHORT DESCRIPTION*LONG DESCRIPTION*SEE ALSO*"
    }

    It 'has a synopsis, examples and parameters of each cmdlet' {
        foreach ($cmdlet in Get-Command -Module WinMmf) {
            $help = Get-Help $cmdlet.Name -Full
            $help.Synopsis | Should -Not -BeLike "$($cmdlet.Name)*"
            @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
            $help.Description | Should -Not -BeNullOrEmpty
        }
    }

    It 'is built from the pages as they are now' -Skip:(-not $canBuild) {
        $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $shell = (Get-Process -Id $PID).Path
        $made = Join-Path $TestDrive 'help'
        $null = & $shell -NoLogo -NoProfile -NonInteractive -File "$root/docs/Update-Help.ps1" -Output $made
        $files = @(Get-ChildItem $made)
        $files.Name | Should -Be (Get-ChildItem "$root/module/en-US").Name
        foreach ($file in $files) {
            # As text, because a checkout may have other line ends.
            $now = [IO.File]::ReadAllText($file.FullName) -replace "`r"
            $committed = [IO.File]::ReadAllText("$root/module/en-US/$($file.Name)") -replace "`r"
            $now -ceq $committed | Should -BeTrue -Because "build.ps1 Help makes another $($file.Name) than the one in module/en-US"
        }
    }
}
