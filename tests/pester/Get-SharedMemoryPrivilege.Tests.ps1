BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $onWindows = Test-OnWindows
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

Describe 'Get-SharedMemoryPrivilege' {
    It 'says of both privileges whether this process has them' {
        $all = Get-SharedMemoryPrivilege
        $all | ForEach-Object { $_ | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryPrivilege }
        [string[]] $all.Privilege | Should -Be 'SeCreateGlobalPrivilege', 'SeLockMemoryPrivilege'
        foreach ($privilege in $all) {
            $privilege.IsHeld | Should -BeOfType bool
            $privilege.IsEnabled | Should -BeOfType bool
            $privilege.Message | Should -Not -BeNullOrEmpty
            if (-not $privilege.IsHeld) {
                $privilege.Remedy | Should -Not -BeNullOrEmpty
            }
        }
    }

    It 'agrees with whoami' -Skip:(-not $onWindows -or -not (Get-Command -Name whoami.exe -ErrorAction Ignore)) {
        $list = whoami.exe /priv 2>$null
        if (-not $list) {
            Set-ItResult -Skipped -Because 'whoami tells no privileges here (Wine)'
        }
        foreach ($privilege in Get-SharedMemoryPrivilege) {
            [bool] ($list -match $privilege.Privilege) | Should -Be $privilege.IsHeld
        }
    }

    It 'shows the limit on locked memory' -Skip:$onWindows {
        $privilege = Get-SharedMemoryPrivilege SeLockMemoryPrivilege
        if ($null -ne $privilege.LockLimit) {
            $privilege.LockLimit | Should -Be ([long] (sh -c 'ulimit -l') * 1KB)
        } else {
            $privilege.Message | Should -BeLike '*as much as it likes*'
        }
        (Get-SharedMemoryPrivilege SeCreateGlobalPrivilege).Message | Should -BeLike '*no privilege*'
    }

    It 'tells of another account what is assigned to it' -Skip:(-not $onWindows) {
        $privilege = Get-SharedMemoryPrivilege SeLockMemoryPrivilege -Account Users
        $privilege.IsEnabled | Should -BeNullOrEmpty
        $privilege.Account | Should -Not -BeNullOrEmpty
    }

    It 'knows on Linux only of this account' -Skip:$onWindows {
        $null = Get-SharedMemoryPrivilege -Account nobody-else -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
        $failure[0].CategoryInfo.Category | Should -Be 'NotImplemented'
    }

    It 'refuses an account that does not exist' -Skip:(-not $onWindows) {
        $null = 'no-such-account-here' | Get-SharedMemoryPrivilege -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
    }

    It 'completes privileges and accounts' {
        (Get-Completion 'Get-SharedMemoryPrivilege SeL').CompletionText | Should -Be 'SeLockMemoryPrivilege'
        (Get-Completion 'Get-SharedMemoryPrivilege -Account U').CompletionText | Should -Contain 'Users'
    }

    It 'shows them in a table, and from a job too' {
        Get-SharedMemoryPrivilege | Format-Table | Out-String -Width 200 | Should -Match 'Privilege +Account +IsHeld +IsEnabled +AssignedTo'
        Get-SharedMemoryPrivilege | ConvertTo-Deserialized | Format-Table | Out-String -Width 200 | Should -Match 'Privilege +Account +IsHeld +IsEnabled +AssignedTo'
    }
}
