# Every command of README.md and of the help pages is run as it is printed, and gives what is printed for it: columns, properties, errors.
BeforeDiscovery {
    . "$PSScriptRoot/Examples.ps1"
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))

    # A package has no pages.
    $pages = @(Get-Item "$root/README.md", "$root/docs/en-US/*.md" -ErrorAction SilentlyContinue)
    $examples = @($pages | ForEach-Object { Get-PageExample $_.FullName })
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    . "$PSScriptRoot/Examples.ps1"
    . "$PSScriptRoot/ExampleScene.ps1"
}

AfterAll {
    Clear-Scene
}

Describe 'Examples' {
    It 'are found on every page of a cmdlet' -Skip:(-not $pages) {
        $cmdlets = (Get-Command -Module WinMmf).Name
        $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
        foreach ($cmdlet in $cmdlets) {
            $found = @(Get-PageExample "$root/docs/en-US/$cmdlet.md")
            $found.Count | Should -BeGreaterOrEqual 2 -Because "the page of $cmdlet shall show it"
            ($found.Commands -join "`n") | Should -Match $cmdlet
        }
        @(Get-PageExample "$root/README.md").Commands.Count | Should -BeGreaterThan 20
    }

    Context '<Page>' -ForEach @($examples | Group-Object { $_.Page } | ForEach-Object { @{ Page = $_.Name; Blocks = $_.Group } }) {
        It '<Key>' -ForEach $Blocks {
            if ((Get-SkipReason $Commands) -is [string]) {
                Set-ItResult -Skipped -Because (Get-SkipReason $Commands)
                return
            }

            Initialize-Scene -Page $Page -Key $Key -Commands $Commands -Output $Output
            $said = Invoke-Example -Commands $Commands

            # Errors: those that are printed, from the cmdlets that are printed, or those that say what this machine does not have.
            $printed = @($Output | Select-String '^([A-Z]\w+-\w+): ' | ForEach-Object { $_.Matches[0].Groups[1].Value })
            $allowed = @($mayFail | Where-Object { ($Commands -join "`n") -match $_.Pattern } | ForEach-Object { $_.Ids })
            $unexpected = @($said.Errors | Where-Object {
                    $id, $cmdlet = $_.FullyQualifiedErrorId -split ','
                    $id -notin $allowed -and -not ($printed | Where-Object { "$cmdlet" -like "*.$($_ -replace '-')Command" })
                })
            $unexpected | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" } | Should -BeNullOrEmpty
            if ($printed) {
                @($said.Errors).Count | Should -BeGreaterOrEqual $printed.Count -Because 'the page prints an error'
            }
            if ($said.Errors | Where-Object { ($_.FullyQualifiedErrorId -split ',')[0] -in $allowed }) {
                return
            }

            # A machine without a camera has none to print.
            if ($Page -eq 'Get-CameraDevice' -and -not (Get-CameraDevice)) {
                $said.Text -join '' | Should -BeNullOrEmpty
                return
            }

            Get-ShiftedLine $Output | Should -BeNullOrEmpty -Because 'a view cuts what is longer than its column'
            if ($Page -eq 'README') {
                (Get-ChildItem -LiteralPath $scene.Folder).Name | Where-Object { $_ -notlike '*.mp4' } | Should -BeNullOrEmpty -Because 'who tries it wants a clean checkout'
            }

            # Columns of tables, names of properties, and warnings stand there as they are printed.
            foreach ($header in Get-PrintedHeader $Output | Where-Object { $_ -notlike 'UnixMode *' -or -not (Test-OnWindows) }) {
                Get-PrintedHeader $said.Text | Should -Contain $header
            }
            foreach ($name in Get-PrintedProperty $Output) {
                Get-PrintedProperty $said.Text | Should -Contain $name
            }
            if ($Output -match '^WARNING: ' -and $Key -notin $warnsUnderLoad) {
                $said.Warnings | Should -Not -BeNullOrEmpty
            }
        }
    }
}
