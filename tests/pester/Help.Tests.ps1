BeforeDiscovery {
    # A package has no pages.
    $canBuild = Test-Path "$PSScriptRoot/../../docs/Update-Help.ps1"
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

    It 'changes in no example what the example does not name' {
        $careless = foreach ($cmdlet in Get-Command -Module WinMmf) {
            foreach ($example in (Get-Help $cmdlet.Name -Full).Examples.Example) {
                $code = ($example.Code -split "`n" | ForEach-Object { $_ -replace '^PS> ?' }) -join "`n"
                $pipelines = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $null).FindAll(
                    { $args[0] -is [Management.Automation.Language.PipelineAst] -and $args[0].PipelineElements.Count -gt 1 }, $true)
                foreach ($pipeline in $pipelines) {
                    # All of the machine at the front, and behind it what changes each of them.
                    $first = $pipeline.PipelineElements[0]
                    $all = $first -is [Management.Automation.Language.CommandAst] -and $first.CommandElements.Count -eq 1 -and $first.GetCommandName() -like 'Get-*'
                    $changes = @($pipeline.PipelineElements | Where-Object { $_.Extent.Text -match '^(Close|Grant|Lock|Remove|Revoke|Set|Stop|Unlock|Write)-' })
                    if ($all -and $changes -and $pipeline.Extent.Text -notmatch ' -WhatIf\b') {
                        "$($cmdlet.Name): $($pipeline.Extent.Text)"
                    }
                }
            }
        }
        $careless | Should -BeNullOrEmpty
    }

    It 'is built from the pages, and the pages from the cmdlets, as they are now' -Skip:(-not $canBuild) {
        $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $pages = Join-Path $TestDrive 'pages'
        $made = Join-Path $TestDrive 'help'
        Copy-Item "$root/docs/en-US" $pages -Recurse
        $null = & "$root/docs/Update-Help.ps1" -Page $pages -Output $made -Module $modulePath
        foreach ($pair in @($pages, 'docs/en-US'), @($made, 'module/en-US')) {
            $files = @(Get-ChildItem $pair[0])
            $files.Name | Should -Be (Get-ChildItem "$root/$($pair[1])").Name
            foreach ($file in $files) {
                # As text, because a checkout may have other line ends.
                $now = [IO.File]::ReadAllText($file.FullName) -replace "`r"
                $committed = [IO.File]::ReadAllText("$root/$($pair[1])/$($file.Name)") -replace "`r"
                $now -ceq $committed | Should -BeTrue -Because "build.ps1 Help makes another $($file.Name) than the one in $($pair[1])"
                $now | Should -Not -Match '\{\{ Fill in \}\}'
            }
        }
    }
}
