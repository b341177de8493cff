BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
    $null = New-SharedMemory $name -Size 1KB -Scope Global -ReadAccess Users

    function Get-State { (Get-SharedMemoryAccess $name).Objects.Descriptor -join '|' }
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Revoke-SharedMemoryAccess' {
    BeforeEach {
        Set-SharedMemoryAccess $name -ReadAccess Users -Confirm:$false
    }

    It 'takes away what was granted, from all objects' {
        (Get-SharedMemoryAccess $name).ReadAccess.Count | Should -Be 1
        $after = Revoke-SharedMemoryAccess $name Users -Force -PassThru
        $after | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryAccess
        $after.ReadAccess | Should -BeNullOrEmpty
        $after.IsInStep | Should -BeTrue
        Test-SharedMemoryAccess $name Users -WarningAction SilentlyContinue | Should -BeFalse
    }

    It 'undoes a grant exactly' {
        Set-SharedMemoryAccess $name -ReadAccess @() -Confirm:$false
        $before = Get-State
        Grant-SharedMemoryAccess $name Everyone -Confirm:$false
        Get-State | Should -Not -Be $before
        Revoke-SharedMemoryAccess $name Everyone -Force
        Get-State | Should -Be $before
    }

    It 'asks, unless -Force says not to' {
        (Get-Command Revoke-SharedMemoryAccess).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
        $ConfirmPreference = 'Low'
        { Revoke-SharedMemoryAccess $name Users -Force -ErrorAction Stop } | Should -Not -Throw
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-State
        Revoke-SharedMemoryAccess $name Users -PassThru -WhatIf | Should -BeNullOrEmpty
        Get-State | Should -Be $before
    }

    It 'refuses to leave the owner out' {
        $owner = (Get-SharedMemoryAccess $name).Owner
        $before = Get-State
        if ($env:OS -ne 'Windows_NT') { $owner = "user:$owner" }
        Revoke-SharedMemoryAccess $name $owner -Force -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidAccess,*'
        Get-State | Should -Be $before
    }

    It 'takes what Get-SharedMemoryAccess gives' {
        Get-SharedMemoryAccess $name | Revoke-SharedMemoryAccess -Account Users -Force
        (Get-SharedMemoryAccess $name).ReadAccess | Should -BeNullOrEmpty
    }

    It 'refuses a name that is nowhere' {
        Revoke-SharedMemoryAccess "$name.missing" Users -Force -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'completes -Account with those who have something on this name' {
        $given = @(Get-Completion "Revoke-SharedMemoryAccess $name ")
        $given.Count | Should -BeGreaterThan 0
        $given | ForEach-Object { $_.ToolTip | Should -BeLike "*$name*" }
        @(Get-Completion "Revoke-SharedMemoryAccess $name*, $name.missing -Account ").Count | Should -Be $given.Count
        Get-Completion "Revoke-SharedMemoryAccess $name.missing " | Where-Object ToolTip -Like '* on *' | Should -BeNullOrEmpty
    }
}
