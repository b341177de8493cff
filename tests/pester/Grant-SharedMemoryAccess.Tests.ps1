BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
    $null = Start-CameraPublisher $name -Synthetic -Width 64 -Height 48 -FrameRate 20 -PixelFormat Gray8 -Scope Global
    $null = New-SharedMemory "$name.plain" -Size 1KB -Scope Global

    function Get-State { (Get-SharedMemoryAccess "$name*").Objects.Descriptor -join '|' }
}

AfterAll {
    Get-CameraPublisher "$name*" | Stop-CameraPublisher
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Grant-SharedMemoryAccess' {
    AfterEach {
        Set-SharedMemoryAccess "$name*" -ReadAccess @() -Confirm:$false
    }

    It 'lets an account read a live channel, all its objects in step' {
        Test-SharedMemoryAccess $name Everyone -WarningAction SilentlyContinue | Should -BeFalse
        $granted = Grant-SharedMemoryAccess $name Everyone -Confirm:$false -PassThru
        $granted | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryAccess
        $granted.IsInStep | Should -BeTrue
        ($granted.Access | Where-Object Right -EQ 'Read').Count | Should -Be 1
        Test-SharedMemoryAccess $name Everyone | Should -BeTrue
        (Get-SharedFrame $name).Data.Length | Should -Be (64 * 48)
    }

    It 'grants reading, or writing as well, on a plain memory' {
        (Grant-SharedMemoryAccess "$name.plain" Users -Confirm:$false -PassThru).Access.Right | Should -Contain 'Read'
        (Grant-SharedMemoryAccess "$name.plain" Users -Access Write -Confirm:$false -PassThru).Access.Right | Should -Contain 'Write'
        Test-SharedMemoryAccess "$name.plain" Users -Access Write | Should -BeTrue
    }

    It 'asks, unless -Force says not to' {
        (Get-Command Grant-SharedMemoryAccess).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
        $ConfirmPreference = 'Low'
        { Grant-SharedMemoryAccess $name Users -Force -ErrorAction Stop } | Should -Not -Throw
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-State
        Grant-SharedMemoryAccess "$name*" Everyone -PassThru -WhatIf | Should -BeNullOrEmpty
        Grant-SharedMemoryAccess "$name.plain" Everyone -Access Write -PassThru -WhatIf | Should -BeNullOrEmpty
        Get-State | Should -Be $before
    }

    It 'is content with what is granted already' {
        Grant-SharedMemoryAccess $name Everyone -Confirm:$false
        $before = Get-State
        $said = Grant-SharedMemoryAccess $name Everyone -Confirm:$false -Verbose 4>&1
        $said.Message | Should -BeLike '*nothing to change*'
        Get-State | Should -Be $before
    }

    It 'takes name and account from a table, whose names are no patterns' {
        [pscustomobject] @{ Name = $name; Account = 'Users' }, [pscustomobject] @{ Name = "$name.plain"; Account = 'Users' } | Grant-SharedMemoryAccess -Confirm:$false
        [pscustomobject] @{ Name = "$name.pl*"; Account = 'Users' } | Grant-SharedMemoryAccess -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        (Get-SharedMemoryAccess "$name*").ReadAccess.Count | Should -Be 2
    }

    It 'refuses an account that does not exist, and changes nothing' {
        $before = Get-State
        Grant-SharedMemoryAccess $name Users, 'no-such-account-here' -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
        $failure[0].TargetObject | Should -Be $name
        Get-State | Should -Be $before
    }

    It 'refuses a name that is nowhere' {
        Grant-SharedMemoryAccess "$name.missing" Users -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'completes -Account with words and accounts of the machine, and -Access' {
        $words = Get-Completion "Grant-SharedMemoryAccess $name U"
        $words.CompletionText | Should -Contain 'Users'
        ($words | Where-Object CompletionText -EQ 'Users').ToolTip | Should -BeLike '*signed-in*'
        (Get-Completion 'Grant-SharedMemoryAccess x -Access ').CompletionText | Should -Be 'Full', 'Read', 'Write'
    }
}
