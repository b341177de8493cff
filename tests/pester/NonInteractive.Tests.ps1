# A session that cannot ask: no change of high impact waits for an answer or dies of the question, and no wanted question is passed over.
BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"

    # A session of a host without a user, as a job, a remote session or a scheduled task has.
    function Invoke-WithoutUser {
        param([string] $Script)

        $shell = [PowerShell]::Create()
        try {
            $null = $shell.AddScript((Get-ImportLine) + $Script)
            $answer = @($shell.Invoke())
            @{ Output = $answer; Ids = @($shell.Streams.Error | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }) }
        } finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
}

Describe 'A session without a user' {
    BeforeAll {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 64 -Scope Global
    }

    AfterAll {
        $memory.Dispose()
    }

    It 'goes on without a question that only the impact of the change brings' {
        (Invoke-WithoutUser "Set-SharedMemoryAccess $name -ReadAccess @()").Ids | Should -BeNullOrEmpty
        $granted = Invoke-WithoutUser "(Grant-SharedMemoryAccess $name Everyone -PassThru).Name"
        $granted.Ids | Should -BeNullOrEmpty
        $granted.Output | Should -Be $name
        (Get-SharedMemoryAccess $name).Access.Count | Should -BeGreaterThan 1
    }

    It 'changes nothing and says why, if <_>' -ForEach '-Confirm is given', '$ConfirmPreference is lowered' {
        $how = if ($_ -like '-Confirm*') { "Close-SharedMemory $name -Confirm" } else { "`$ConfirmPreference = 'Low'; Close-SharedMemory $name" }
        $said = Invoke-WithoutUser "`$null = Open-SharedMemory $name; $how; `$ConfirmPreference = 'High'; @(Get-SharedMemory).Count; Get-SharedMemory | Close-SharedMemory"
        $said.Ids | Should -Be 'ConfirmationUnavailable'
        $said.Output | Should -Be 1
    }

    It 'is pwsh -NonInteractive at a terminal too' -Skip:((Test-Path variable:IsWindows) -and ($IsWindows -or -not (Get-Command script -ErrorAction SilentlyContinue))) {
        $file = Join-Path $TestDrive 'ask.ps1'
        Set-Content $file ((Get-ImportLine) + "Set-SharedMemoryAccess $name -ReadAccess @(); Grant-SharedMemoryAccess $name Everyone; Grant-SharedMemoryAccess $name Everyone -Confirm; 'ids: ' + (`$Error.FullyQualifiedErrorId -join ' '); 'granted: ' + (Get-SharedMemoryAccess $name).Access.Count")
        $said = script -qec "$((Get-Process -Id $PID).Path) -NoLogo -NoProfile -NonInteractive -File $file" /dev/null
        "$said" | Should -Not -Match 'HostFunctionNotImplemented|NonInteractive mode'
        "$said" | Should -Match 'ids: (?!\S)'
        "$said" | Should -Match 'granted: [2-9]'
    }
}
