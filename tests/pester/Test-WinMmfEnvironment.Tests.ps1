BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $findings = Test-WinMmfEnvironment -Detailed
}

Describe 'Test-WinMmfEnvironment' {
    It 'gives one verdict, and a warning for each fault' {
        $fit = Test-WinMmfEnvironment -WarningVariable faults -WarningAction SilentlyContinue
        $fit | Should -BeOfType bool
        $fit | Should -Be ($faults.Count -eq 0)
    }

    It 'gives every finding with -Detailed' {
        $findings | ForEach-Object { $_ | Should -BeOfType WinMmf.PowerShell.Output.WinMmfEnvironmentFinding }
        $findings.Check | Should -Contain 'Process'
        $findings.Check | Should -Contain 'SharedMemory'
        $findings.Check | Should -Contain 'Ffmpeg'
        $findings.Check | Should -Contain 'Camera'
        $findings.Check | Should -Contain 'GlobalScope'
        $findings.Check | Should -Contain 'LockedMemory'
        $findings.Check | Should -Contain 'Leftovers'
        $findings.Check | Should -Contain 'OpenCv'
        $findings[0].Message | Should -BeLike "*-bit process, PowerShell $($PSVersionTable.PSVersion) ($($PSVersionTable.PSEdition) edition)*"
        if (Test-OnWindows) {
            $findings.Check | Should -Contain 'MediaFoundation'
            $findings.Check | Should -Contain 'CameraPrivacy'
        } else {
            $findings.Check | Should -Contain 'SignOut'
        }
        @($findings | Where-Object { $_.Status -in 'Warning', 'Failed' -and -not $_.Remedy }).Count | Should -Be 0
    }

    It 'finds the publisher of the module' {
        ($findings | Where-Object Check -EQ 'Publisher').Status | Should -Be 'Ok'
    }

    It 'fails where the publisher is not to be found' {
        $before = $env:WINMMF_PUBLISHER
        $env:WINMMF_PUBLISHER = 'no-such-publisher'
        try {
            Test-WinMmfEnvironment -WarningVariable faults -WarningAction SilentlyContinue | Should -BeFalse
            $faults -join ' ' | Should -BeLike '*WINMMF_PUBLISHER*'
        } finally {
            $env:WINMMF_PUBLISHER = $before
        }
    }

    It 'shows findings in a table, and from a job too' {
        $findings | Format-Table | Out-String -Width 200 | Should -Match 'Check +Status +Message'
        $findings | ConvertTo-Deserialized | Format-Table | Out-String -Width 200 | Should -Match 'Check +Status +Message'
    }
}
