BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $file = Join-Path $TestDrive 'cameras.json'
    $bad = Join-Path $TestDrive 'bad.json'
    Set-Content -Path $file -Value '{ "publishers": [ { "name": "a", "synthetic": true }, ] } // fine'
    Set-Content -Path $bad -Value "{ ""publishers"": [`n  { ""name"": ""a"", ""synthetic"": true, ""slots"": 1 },`n  { ""name"": ""b"", ""camera"": ""no such camera"" }`n] }"
}

Describe 'Test-CameraConfigurationFile' {
    It 'gives nothing for a file without faults' {
        Test-CameraConfigurationFile $file | Should -BeNullOrEmpty
        Test-CameraConfigurationFile $file -Quiet | Should -BeTrue
    }

    It 'gives each fault with its place, and what to do' {
        $found = @(Test-CameraConfigurationFile $bad)
        $found | ForEach-Object { $_ | Should -BeOfType WinMmf.PowerShell.Output.CameraConfigurationFinding }
        $found[0].Severity | Should -Be 'Error'
        $found[0].Line | Should -Be 2
        $found[0].Column | Should -Be 46
        $found[0].Publisher | Should -Be 'a'
        $found[0].Message | Should -BeLike '*Give * to *'
        $found[0].Path | Should -Be (Get-Item $bad).FullName
        "$($found[0])" | Should -BeLike '*bad.json(2,46): *'
        Test-CameraConfigurationFile $bad -Quiet | Should -BeFalse
    }

    It 'warns of a camera that is not there, which may come later' -Skip:(Test-OnWindows) {
        $found = @(Test-CameraConfigurationFile $bad)
        $found.Count | Should -Be 2
        $found[1].Severity | Should -Be 'Warning'
        $found[1].Message | Should -BeLike "*no such camera*"
    }

    It 'takes patterns, paths from the pipeline, and files' {
        @(Test-CameraConfigurationFile "$TestDrive/*.json" -Quiet) | Should -Be $false, $true
        @($file, $bad | Test-CameraConfigurationFile -Quiet) | Should -Be $true, $false
        Get-Item $file | Test-CameraConfigurationFile -Quiet | Should -BeTrue
        Test-CameraConfigurationFile "$TestDrive/*.none" -Quiet | Should -BeNullOrEmpty
    }

    It 'says that a file is not there' {
        $null = Test-CameraConfigurationFile (Join-Path $TestDrive 'none.json') -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'shows faults as a table that names the file' {
        $text = Test-CameraConfigurationFile $bad | Out-String -Width 120
        $text | Should -BeLike '*Path: *bad.json*'
        $text | Should -Match 'Line Column Severity Publisher +Message'
    }
}
