BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Use-SharedMemory' {
    BeforeEach {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 64
    }

    AfterEach {
        $memory.Dispose()
    }

    It 'runs the block under the lock and gives everything back' {
        Use-SharedMemory $name { "$($_.Name) $($_.Lock)" } | Should -Be "$name Writing"
        Use-SharedMemory $name -Lock Read { param($shared) "$($shared.Lock)" } | Should -Be 'Reading(1)'
        "$($memory.Lock)" | Should -Be 'Free'
        @(Get-SharedMemory $name*).Count | Should -Be 1
    }

    It 'gives the lock back when the block fails' {
        { Use-SharedMemory $name { throw 'no' } } | Should -Throw 'no'
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'gives the lock back at Ctrl+C' {
        Measure-Stop "Use-SharedMemory '$name' { Start-Sleep 60 }" | Should -BeLessThan ([TimeSpan]::FromSeconds(5))
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'lets the block read and write under its lock' {
        Use-SharedMemory $name { Write-SharedMemory $name 'abc'; Read-SharedMemory $name -Count 3 -As Text } | Should -Be 'abc'
        Use-SharedMemory $name -Lock Read { Read-SharedMemory $name -Count 3 -As Text } | Should -Be 'abc'
        Use-SharedMemory $name -Lock Read { Write-SharedMemory $name 'x' -ErrorAction SilentlyContinue -ErrorVariable script:failure }
        $script:failure[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyLocked,*'
        "$($memory.Lock)" | Should -Be 'Free'
    }

    It 'is exclusive between runspaces' {
        $total = [ref] 0
        $shells = foreach ($i in 1..4) {
            $shell = [PowerShell]::Create()
            $null = $shell.AddScript('param($total) ' + (Get-ImportLine) + "1..25 | ForEach-Object { Use-SharedMemory '$name' -TimeoutSec 60 { `$before = `$total.Value; [Threading.Thread]::Yield(); `$total.Value = `$before + 1 } }").AddArgument($total)
            [pscustomobject] @{ Shell = $shell; Running = $shell.BeginInvoke() }
        }
        foreach ($one in $shells) {
            $null = $one.Shell.EndInvoke($one.Running)
            $one.Shell.Streams.Error | Should -BeNullOrEmpty
            $one.Shell.Dispose()
        }
        $total.Value | Should -Be 100
    }
}
