BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
}

AfterAll {
    Close-SharedMemory "$prefix.*" -StopKeeper
    Get-SharedMemory | Close-SharedMemory
}

Describe 'New-SharedMemory' {
    It 'makes a memory that this session holds and others see' {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 64KB
        $memory | Should -BeOfType WinMmf.PowerShell.Output.SharedMemory
        $memory.Name | Should -BeExactly $name
        $memory.Scope | Should -Be 'Local'
        $memory.Size | Should -Be 65536
        $memory.IsCreator | Should -BeTrue
        $memory.IsReadOnly | Should -BeFalse
        $memory.ProcessId | Should -Be $PID
        $memory.Lock.ToString() | Should -Be 'Free'
        ([DateTime]::Now - $memory.CreatedAt).TotalMinutes | Should -BeLessThan 1
        (Get-SharedMemoryInfo $name).ProcessId | Should -Be $PID
    }

    It 'never adopts one that exists, and says who made it' {
        $name = New-TestName
        $null = New-SharedMemory $name -Size 1
        $null = New-SharedMemory $name -Size 1 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure[0].TargetObject | Should -Be $name
        "$failure" | Should -BeLike "*process $PID*Open-SharedMemory*"
    }

    It 'goes on with the next name after a bad one' {
        $good = New-TestName
        $made = 'bad/name', $good | New-SharedMemory -Size 16 -ErrorAction SilentlyContinue -ErrorVariable failure
        $made.Name | Should -Be $good
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidName,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'takes name, size and scope from a table' {
        $row = "Name,Size,Scope`n$(New-TestName),4KB,Local" | ConvertFrom-Csv
        $memory = $row | New-SharedMemory
        $memory.Name | Should -Be $row.Name
        $memory.Size | Should -Be 4096
    }

    It 'locks a memory and shows what is really locked' {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 1MB -Resident Locked -WarningVariable less -WarningAction SilentlyContinue
        if (Test-OnWine) {
            $less -join ' ' | Should -BeLike '*confirms 0 of 1048576 bytes*'
        } else {
            $less | Should -BeNullOrEmpty
            $memory.LockedBytes | Should -BeGreaterOrEqual 1MB
        }
        (Get-SharedMemoryInfo $name).LockedBytes | Should -Be $memory.LockedBytes
        (New-SharedMemory (New-TestName) -Size 1MB).LockedBytes | Should -Be 0
    }

    It 'makes a memory of large pages, or says what stands in the way' {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 3MB -Resident LargePages -ErrorAction SilentlyContinue -ErrorVariable failure -WarningAction SilentlyContinue
        if ($failure) {
            ($failure[0].FullyQualifiedErrorId -split ',')[0] | Should -BeIn 'PrivilegeNotHeld', 'NotSupported', 'OutOfSharedMemory'
            "$failure" | Should -BeLike '*-Resident Locked*'
            return
        }
        $memory.Size | Should -Be 3MB
        if (-not (Test-OnWine)) {
            $memory.LargePageBytes | Should -BeGreaterOrEqual 3MB
        }
        $opened = Open-SharedMemory $name -ReadOnly
        $opened.Size | Should -Be 3MB
        $opened.Dispose()
    }

    It 'locks in the process that keeps it' {
        $memory = New-SharedMemory "$prefix.locked" 1MB -KeepAlive -Resident Locked -WarningAction SilentlyContinue
        if (-not (Test-OnWine)) {
            $memory.LockedBytes | Should -BeGreaterOrEqual 1MB
        }
        $memory.KeptBy | Should -Not -Be $PID
        Close-SharedMemory "$prefix.locked" -StopKeeper
    }

    It 'makes nothing with -WhatIf' {
        $name = New-TestName
        New-SharedMemory $name -Size 1KB -WhatIf | Should -BeNullOrEmpty
        Get-SharedMemoryInfo "$name*" | Should -BeNullOrEmpty
    }

    It 'refuses an impossible size: <_>' -ForEach 0, -1, ([long]::MaxValue) {
        { New-SharedMemory (New-TestName) -Size $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'says what there is when memory does not suffice' {
        $null = New-SharedMemory (New-TestName) -Size 900GB -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'OutOfSharedMemory,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceUnavailable'
    }

    It 'refuses an account that does not exist' {
        $null = New-SharedMemory (New-TestName) -Size 1 -ReadAccess 'no-such-account-here' -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
    }

    It 'completes -Scope and -ReadAccess' {
        (Get-Completion 'New-SharedMemory x -Scope ').CompletionText | Should -Be 'Global', 'Local'
        (Get-Completion 'New-SharedMemory x -ReadAccess U').CompletionText | Should -Contain 'Users'
    }

    It 'lets go at the end of its session' {
        $name = New-TestName
        $shell = [PowerShell]::Create()
        $null = $shell.AddScript((Get-ImportLine) + "New-SharedMemory '$name' -Size 16").Invoke()
        Get-SharedMemoryInfo $name | Should -Not -BeNullOrEmpty
        Get-SharedMemory "$name*" | Should -BeNullOrEmpty -Because 'it is held by another session'
        $shell.Runspace.Dispose()
        Get-SharedMemoryInfo "$name*" | Should -BeNullOrEmpty
    }

    It 'lets go when the module is removed' {
        $name = New-TestName
        $shell = [PowerShell]::Create()
        try {
            $null = $shell.AddScript((Get-ImportLine) + "New-SharedMemory '$name' -Size 16; Remove-Module WinMmf").Invoke()
            Get-SharedMemoryInfo "$name*" | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
    }

    It 'keeps a memory alive beyond its session with -KeepAlive' {
        $shell = [PowerShell]::Create()
        $kept = $shell.AddScript((Get-ImportLine) + "New-SharedMemory '$prefix.kept' 3KB -KeepAlive").Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $kept.Size | Should -Be 3KB
        $kept.KeptBy | Should -Not -Be $PID
        $shell.Runspace.Dispose()
        (Get-SharedMemoryInfo "$prefix.kept").KeptBy | Should -Be $kept.KeptBy
        (Get-Process -Id $kept.KeptBy).HasExited | Should -BeFalse
        Close-SharedMemory "$prefix.kept" -StopKeeper
        Get-SharedMemoryInfo "$prefix.kept*" | Should -BeNullOrEmpty
        Get-Process -Id $kept.KeptBy -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'gives the keeper''s own reason' {
        $memory = New-SharedMemory "$prefix.twice" 1KB
        $null = New-SharedMemory "$prefix.twice" 1KB -KeepAlive -ErrorAction SilentlyContinue -ErrorVariable failure
        $memory.Dispose()
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
    }
}
