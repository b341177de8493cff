BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
    $null = New-SharedMemory $name -Size 1KB -Scope Global
    $null = New-SharedMemory "$name.2" -Size 1KB -Scope Global

    function Get-State { (Get-SharedMemoryAccess $name).Objects.Descriptor -join '|' }
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Set-SharedMemoryAccess' {
    It 'gives all objects the access of a new memory, and takes it away again' {
        $before = Get-State
        $set = Set-SharedMemoryAccess $name -ReadAccess Users -Confirm:$false -PassThru
        $set | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryAccess
        $set.ReadAccess.Count | Should -Be 1
        $set.Access.Right | Should -Contain 'Read'
        $set.Access.Right | Should -Not -Contain 'Write'
        $set.WriteAccess | Should -BeNullOrEmpty
        $set.IsInStep | Should -BeTrue
        Set-SharedMemoryAccess $name -ReadAccess @() -Confirm:$false | Should -BeNullOrEmpty
        Get-State | Should -Be $before
    }

    It 'asks, unless -Force says not to' {
        (Get-Command Set-SharedMemoryAccess).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
        $ConfirmPreference = 'Low'
        { Set-SharedMemoryAccess $name -ReadAccess Users -Force -ErrorAction Stop } | Should -Not -Throw
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-State
        Set-SharedMemoryAccess $name -ReadAccess Everyone -PassThru -WhatIf | Should -BeNullOrEmpty
        Get-State | Should -Be $before
    }

    It 'lets accounts lock and write with -WriteAccess' {
        $set = Set-SharedMemoryAccess $name -WriteAccess Users -Confirm:$false -PassThru
        $set.WriteAccess.Count | Should -Be 1
        $set.ReadAccess | Should -BeNullOrEmpty
        $set.IsInStep | Should -BeTrue
        Test-SharedMemoryAccess $name Users -Access Write | Should -BeTrue
        Set-SharedMemoryAccess $name -ReadAccess Users -Confirm:$false
        Test-SharedMemoryAccess $name Users -Access Read | Should -BeTrue
        Test-SharedMemoryAccess $name Users -Access Write -WarningAction SilentlyContinue | Should -BeFalse
        Set-SharedMemoryAccess $name -ReadAccess @() -Confirm:$false
    }

    It 'says with -WhatIf what changes for whom' {
        Set-SharedMemoryAccess $name -ReadAccess Everyone -Confirm:$false
        $script = (Get-ImportLine) + "Set-SharedMemoryAccess '$name' -WriteAccess Everyone -WhatIf; Set-SharedMemoryAccess '$name' -ReadAccess @() -WhatIf; New-SharedMemory '$name.new' 1KB -ReadAccess Users -WriteAccess Administrators -WhatIf"
        $said = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script | Out-String -Width 400
        $said | Should -BeLike '*Let Everyone read, write and lock, and no longer read without the lock*'
        $said | Should -BeLike '*Leave Everyone out*'
        $said | Should -BeLike '*let Users read without the lock, let Administrators read, write and lock*'
        Set-SharedMemoryAccess $name -ReadAccess @() -Confirm:$false
    }

    It 'refuses what says nothing, and writers of a channel' {
        Set-SharedMemoryAccess $name -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $camera = Start-CameraPublisher "$name.camera" -Synthetic -Width 64 -Height 48 -PixelFormat Gray8 -Scope Global
        try {
            Set-SharedMemoryAccess $camera -WriteAccess Users -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidAccess,*'
        } finally {
            $camera | Stop-CameraPublisher
        }
    }

    It 'takes access from another memory by the pipeline' {
        Set-SharedMemoryAccess $name -ReadAccess Everyone -Confirm:$false
        Get-SharedMemoryAccess $name | Select-Object @{ n = 'Name'; e = { "$name.2" } }, Scope, ReadAccess, WriteAccess | Set-SharedMemoryAccess -Confirm:$false
        (Get-SharedMemoryAccess "$name.2").Descriptor | Should -Be (Get-SharedMemoryAccess $name).Descriptor
        Set-SharedMemoryAccess $name, "$name.2" -ReadAccess @() -Confirm:$false
    }

    It 'refuses an account that does not exist, and changes nothing' {
        $before = Get-State
        Set-SharedMemoryAccess $name -ReadAccess Users, 'no-such-account-here' -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        Get-State | Should -Be $before
    }

    It 'refuses a name that is nowhere' {
        Set-SharedMemoryAccess "$name.missing" -ReadAccess Users -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'takes a descriptor on Windows, and refuses it elsewhere' {
        $before = Get-State
        if ($env:OS -eq 'Windows_NT') {
            $set = Set-SharedMemoryAccess $name -Sddl 'D:P(A;;GA;;;SY)(A;;GR;;;BU)' -Confirm:$false -PassThru
            ($set.Access | Where-Object Id -EQ 'S-1-5-32-545').Right | Should -Be 'Read'
            $set.Objects.Descriptor | Should -BeLike '*S-1-5-32-545*'
            Set-SharedMemoryAccess $name -ReadAccess @() -Confirm:$false
        } else {
            Set-SharedMemoryAccess $name -Sddl 'D:P(A;;GA;;;SY)' -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
        }
        Get-State | Should -Be $before
    }

    It 'completes -Name and -ReadAccess' {
        (Get-Completion "Set-SharedMemoryAccess $name").CompletionText | Should -Contain $name
        (Get-Completion 'Set-SharedMemoryAccess x -ReadAccess Every').CompletionText | Should -Contain 'Everyone'
    }
}
