BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $onWindows = Test-OnWindows
    $onWine = Test-OnWine
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

Describe 'Grant-SharedMemoryPrivilege' {
    It 'says what Microsoft advises and what is better, and changes nothing with -WhatIf' -Skip:(-not $onWindows) {
        $before = Get-SharedMemoryPrivilege | Out-String
        Grant-SharedMemoryPrivilege SeCreateGlobalPrivilege -Account Users -WhatIf -WarningVariable advice -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $advice -join ' ' | Should -BeLike '*Microsoft advises*-ReadAccess*'
        Get-SharedMemoryPrivilege | Out-String | Should -Be $before
    }

    It 'asks before it changes anything' {
        (Get-Command Grant-SharedMemoryPrivilege).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $true)[0].ConfirmImpact | Should -Be 'High'
    }

    It 'is refused on Linux with the places where the limit is' -Skip:$onWindows {
        Grant-SharedMemoryPrivilege SeLockMemoryPrivilege -Account root -WhatIf -ErrorAction SilentlyContinue -WarningVariable advice | Should -BeNullOrEmpty
        $advice | Should -BeNullOrEmpty
        $null = Grant-SharedMemoryPrivilege SeLockMemoryPrivilege -Account root -Confirm:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
        "$failure" | Should -BeLike '*limits.conf*LimitMEMLOCK*'
        $null = Grant-SharedMemoryPrivilege SeCreateGlobalPrivilege -Account root -Confirm:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable failure
        "$failure" | Should -BeLike '*no account needs a privilege*-ReadAccess*'
    }

    It 'is no success where the system did not keep it' -Skip:(-not $onWine) {
        $null = Grant-SharedMemoryPrivilege SeLockMemoryPrivilege -Account Users -Confirm:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ChangeNotKept,*'
        $failure[0].Exception.Message | Should -BeLike '*did not keep it*'
    }

    It 'refuses an account that does not exist' -Skip:(-not $onWindows) {
        $null = Grant-SharedMemoryPrivilege SeLockMemoryPrivilege -Account no-such-account-here -Confirm:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
    }
}
