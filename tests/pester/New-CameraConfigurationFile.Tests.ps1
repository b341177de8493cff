BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

Describe 'New-CameraConfigurationFile' {
    It 'writes a file that is valid, with one publisher for each camera' {
        $file = New-CameraConfigurationFile (Join-Path $TestDrive 'new.json')
        $file | Should -BeOfType IO.FileInfo
        Test-CameraConfigurationFile $file.FullName -Quiet | Should -BeTrue
        $text = Get-Content -Path $file.FullName -Raw
        @([regex]::Matches($text, '"name":')).Count | Should -Be ([Math]::Max(1, @(Get-CameraDevice).Count))
        $text | Should -BeLike '*WinMmf.Configuration.schema.json*'
    }

    It 'keeps a file that is there, unless -Force is given' {
        $path = Join-Path $TestDrive 'there.json'
        Set-Content -Path $path -Value 'mine'
        $null = New-CameraConfigurationFile $path -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        Get-Content -Path $path | Should -Be 'mine'
        $null = New-CameraConfigurationFile $path -Scope Global -Force
        Get-Content -Path $path -Raw | Should -BeLike '*"scope": "Global"*'
        @(Get-ChildItem -Path $TestDrive -Filter 'there.json*').Count | Should -Be 1
    }

    It 'refuses a folder, and one that is not there' {
        $null = New-CameraConfigurationFile $TestDrive -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $null = New-CameraConfigurationFile (Join-Path $TestDrive 'none/new.json') -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'SaveFailed,*'
    }
}
