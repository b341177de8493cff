BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName

    # Runs a wait in a session of its own, does something, and gives what the wait gave.
    function Invoke-While {
        param([string] $Wait, [scriptblock] $Action)

        $shell = [PowerShell]::Create()
        try {
            [void] $shell.AddScript((Get-ImportLine) + $Wait)
            $waiting = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 700
            $waiting.IsCompleted | Should -BeFalse
            $null = & $Action
            $shell.EndInvoke($waiting)
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    Get-SharedMemory "$prefix*" | Close-SharedMemory
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Wait-SharedMemory' {
    It 'waits until a name exists' {
        $name = "$prefix.new"
        $info = Invoke-While "Wait-SharedMemory '$name' -TimeoutSec 60" { New-SharedMemory $name -Size 64 }
        $info | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryInfo
        $info.Name | Should -Be $name
        $info.Kind | Should -Be 'Memory'
    }

    It 'waits until a name is gone' {
        $name = "$prefix.gone"
        $null = New-SharedMemory $name -Size 64
        Invoke-While "Wait-SharedMemory '$name' Gone -TimeoutSec 60" { Close-SharedMemory $name } | Should -BeNullOrEmpty
    }

    It 'waits until a channel is live and has a frame' {
        $name = "$prefix.camera"
        $info = Invoke-While "Wait-SharedMemory '$name' -Until Frame -TimeoutSec 60" { Start-CameraPublisher $name -Synthetic -Width 64 -Height 48 }
        $info.FrameNumber | Should -BeGreaterThan 0
        (Wait-SharedMemory $name -Until Live -TimeoutSec 10).State | Should -Be 'Live'
    }

    It 'takes patterns' {
        $null = New-SharedMemory "$prefix.some1", "$prefix.some2" -Size 64
        @(Wait-SharedMemory "$prefix.some*" -TimeoutSec 10).Count | Should -Be 2
        Close-SharedMemory "$prefix.some1"
        $null = Wait-SharedMemory "$prefix.some*" Gone -TimeoutSec 0.3 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
        Close-SharedMemory "$prefix.some2"
        Wait-SharedMemory "$prefix.some*" Gone -TimeoutSec 10 | Should -BeNullOrEmpty
    }

    It 'fails with Timeout and says how it is' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Wait-SharedMemory "$prefix.never", "$prefix.nor" -TimeoutSec 0.5 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 2
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
        $failure[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        "$($failure[0])" | Should -BeLike '*nothing of that name exists*'
        $watch.Elapsed.TotalSeconds | Should -BeGreaterOrEqual 0.49
    }

    It 'refuses a name that cannot be one' {
        $null = Wait-SharedMemory 'a/b' -TimeoutSec 1 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidName,*'
    }

    It 'ends within 200 ms at Ctrl+C' {
        (Measure-FastestStop "Wait-SharedMemory '$prefix.never'").TotalMilliseconds | Should -BeLessThan 200
    }

    It 'completes -Name' {
        $null = New-SharedMemory "$prefix.complete" -Size 64
        (Get-Completion "Wait-SharedMemory $prefix.comp").CompletionText | Should -Be "$prefix.complete"
    }
}
