# Five failures that administrators resolve in five ways stay distinct, in every cmdlet that opens or creates.
BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $onWindows = Test-OnWindows
    $isRoot = -not $onWindows -and (id -u) -eq 0
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"

    # What a command fails with: id, category, code of the system.
    function Get-Failure {
        param([scriptblock] $Command)

        $ErrorActionPreference = 'Continue'
        $record = @(& $Command 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
        [pscustomobject]@{
            Id       = ($record.FullyQualifiedErrorId -split ',')[0]
            Category = [string] $record.CategoryInfo.Category
            Code     = $record.Exception.NativeErrorCode
            Message  = $record.Exception.Message
        }
    }
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Failures of opening and creating' {
    It 'not there: <_>' -ForEach 'Open-SharedMemory', 'Get-SharedFrame', 'Get-SharedMemoryInfo', 'Get-SharedMemoryHolder', 'Read-SharedMemory' {
        $failure = Get-Failure ([scriptblock]::Create("$_ $(New-TestName)"))
        $failure.Id | Should -Be 'NotFound'
        $failure.Category | Should -Be 'ObjectNotFound'
        $failure.Code | Should -Be 2
    }

    It 'names what exists in other letters or in the other scope: <_>' -ForEach @(
        'Open-SharedMemory {0}', 'Get-SharedFrame {0}', 'Get-SharedMemoryInfo {0}', 'Read-SharedMemory {0}', 'Lock-SharedMemory {0}', 'Get-SharedMemoryHolder {0}',
        'Get-SharedMemoryAccess {0}', 'Stop-CameraPublisher {0}', 'Close-SharedMemory {0}', 'Wait-SharedMemory {0} -TimeoutSec 0'
    ) {
        $name = New-TestName 'Near'
        $memory = New-SharedMemory $name 64
        try {
            $command = $_ -f $name.ToLowerInvariant()
            $null = . ([scriptblock]::Create("$command -ErrorAction SilentlyContinue -ErrorVariable failure"))
            "$($failure[0])" | Should -BeLike "* Local\$name exists; upper and lower case are different letters in a name. *"
            $null = . ([scriptblock]::Create("$($_ -f $name) -Scope Global -ErrorAction SilentlyContinue -ErrorVariable failure"))
            "$($failure[0])" | Should -BeLike "* Local\$name exists. *"
        } finally {
            $memory.Dispose()
        }
    }

    It 'another type of object: <_>' -Skip:(-not $onWindows) -ForEach 'EventWaitHandle', 'Mutex', 'Semaphore' {
        $name = New-TestName
        $object = switch ($_) {
            'EventWaitHandle' { [Threading.EventWaitHandle]::new($false, 'AutoReset', "Local\$name") }
            'Mutex' { [Threading.Mutex]::new($false, "Local\$name") }
            'Semaphore' { [Threading.Semaphore]::new(1, 1, "Local\$name") }
        }
        try {
            foreach ($command in "Open-SharedMemory $name", "New-SharedMemory $name -Size 10", "Get-SharedFrame $name", "Start-CameraPublisher $name -Synthetic") {
                $failure = Get-Failure ([scriptblock]::Create($command))
                $failure.Id | Should -Be 'WrongObjectType' -Because $command
                $failure.Category | Should -Be 'InvalidType'
                if ($command -notlike 'Start-*') {
                    $failure.Code | Should -Be 6
                }
            }
            (Get-SharedMemoryInfo $name -Scope Local).State | Should -Be 'WrongObjectType'
        } finally {
            $object.Dispose()
        }
    }

    It 'another type of file: <_>' -Skip:$onWindows -ForEach 'directory', 'pipe', 'link' {
        $name = New-TestName
        $path = "/dev/shm/winmmf.$name"
        switch ($_) {
            'directory' { $null = New-Item -ItemType Directory -Path $path }
            'pipe' { mkfifo $path }
            'link' { $null = New-Item -ItemType SymbolicLink -Path $path -Target '/etc/hostname' }
        }
        try {
            foreach ($command in "Open-SharedMemory $name", "New-SharedMemory $name -Size 10 -Scope Global", "Get-SharedFrame $name", "Start-CameraPublisher $name -Synthetic -Scope Global") {
                $failure = Get-Failure ([scriptblock]::Create($command))
                $failure.Id | Should -Be 'WrongObjectType' -Because $command
                $failure.Category | Should -Be 'InvalidType'
                $failure.Message | Should -BeLike "*$_*"
            }
        } finally {
            Remove-Item -LiteralPath $path -Recurse -Force
        }
    }

    It 'smaller than its header says' -Skip:$onWindows {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 100KB -Scope Global
        try {
            truncate --size 4096 "/dev/shm/winmmf.$name"
            foreach ($command in "Open-SharedMemory $name", "Read-SharedMemory $name -Offset 0 -Count 4") {
                $failure = Get-Failure ([scriptblock]::Create($command))
                $failure.Id | Should -Be 'Truncated' -Because $command
                $failure.Category | Should -Be 'InvalidData'
            }
            (Get-SharedMemoryInfo $name).State | Should -Be 'Truncated'
        } finally {
            $memory.Dispose()
        }
    }

    It 'denied by the access of the memory' -Skip:(-not $isRoot) {
        $name = New-TestName
        $memory = New-SharedMemory $name -Size 10 -Scope Global
        $folder = Join-Path ([IO.Path]::GetTempPath()) (New-TestName)
        try {
            Copy-Item -Recurse -Path (Split-Path (Get-Module WinMmf).Path) -Destination $folder
            chmod -R a+rX $folder
            $script = "Import-Module '$folder/WinMmf.psd1'; try { Open-SharedMemory $name -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId, `$_.CategoryInfo.Category, `$_.Exception.NativeErrorCode, `$_.Exception.Message -join '|' }"
            $answer = setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script
            if (-not $answer) {
                Set-ItResult -Skipped -Because 'another account may not run this PowerShell here'
            }
            $answer | Should -BeLike 'AccessDenied,*|PermissionDenied|13|*root*mode 0600*'
        } finally {
            $memory.Dispose()
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }

    It 'a right of the system is missing' -Skip:(-not $isRoot) {
        $name = New-TestName
        $script = (Get-ImportLine) + "try { New-SharedMemory $name -Size 1MB -Resident Locked -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId, `$_.CategoryInfo.Category, `$_.Exception.NativeErrorCode -join '|' }"
        foreach ($case in @('0', 'PrivilegeNotHeld,*|PermissionDenied|1'), @('65536', 'LockedMemoryLimit,*|LimitsExceeded|12')) {
            $answer = prlimit "--memlock=$($case[0]):$($case[0])" setpriv --bounding-set=-ipc_lock --inh-caps=-ipc_lock (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script
            $answer | Should -BeLike $case[1]
        }

        # The publisher is another process and says the same; nothing is left of its channel.
        $script = (Get-ImportLine) + "try { Start-CameraPublisher $name -Synthetic -Resident Locked -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"
        $answer = prlimit '--memlock=65536:65536' setpriv --bounding-set=-ipc_lock --inh-caps=-ipc_lock (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script
        $answer[0] | Should -BeLike 'LockedMemoryLimit,*'
        $answer[1] | Should -BeLike '*limits.conf*'
        @(Get-ChildItem -Path '/dev/shm' -Filter "*$name*").Count | Should -Be 0
        Get-SharedMemoryInfo "$name*" | Should -BeNullOrEmpty
    }
}
