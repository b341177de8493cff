BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $onWindows = Test-OnWindows
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

Describe 'Revoke-SharedMemoryPrivilege' {
    It 'changes nothing with -WhatIf' -Skip:(-not $onWindows) {
        $before = Get-SharedMemoryPrivilege | Out-String
        Revoke-SharedMemoryPrivilege SeLockMemoryPrivilege -Account Users -WhatIf | Should -BeNullOrEmpty
        Get-SharedMemoryPrivilege | Out-String | Should -Be $before
    }

    It 'asks before it changes anything' {
        (Get-Command Revoke-SharedMemoryPrivilege).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $true)[0].ConfirmImpact | Should -Be 'High'
    }

    It 'is refused on Linux with the places where the limit is' -Skip:$onWindows {
        $null = Revoke-SharedMemoryPrivilege SeLockMemoryPrivilege -Account root -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
        "$failure" | Should -BeLike '*limits.conf*LimitMEMLOCK*'
    }

    It 'takes nothing from an account that does not have it itself' -Skip:(-not $onWindows) {
        # No account has it by default; an administrator may look it up, others may not.
        $null = Revoke-SharedMemoryPrivilege SeLockMemoryPrivilege -Account Guests -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        ($failure[0].FullyQualifiedErrorId -split ',')[0] | Should -BeIn 'PrivilegeNotAssigned', 'AccessDenied', 'UnknownAccount'
    }
}
