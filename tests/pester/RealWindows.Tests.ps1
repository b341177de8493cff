# What Wine cannot show (docs/windows.md). Runs on a real Windows only, in the workflow real-windows.yml: Windows PowerShell 5.1 and
# PowerShell 7, 64 and 32 bit. It makes a local account and a scheduled task, and removes both: a machine for tests is the place.
BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $isReal = (Test-OnWindows) -and -not (Test-OnWine)
    $isElevated = $isReal -and ([Security.Principal.WindowsPrincipal] [Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName 'real'
    $shell = (Get-Process -Id $PID).Path

    # Runs a script as SYSTEM in session 0, by a task that is gone afterwards.
    function Invoke-AsSystem {
        param([string] $Script, [int] $Seconds = 60)

        $task = "WinMmf-$([guid]::NewGuid().ToString('N'))"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes((Get-ImportLine) + $Script))
        $action = New-ScheduledTaskAction -Execute $shell -Argument "-NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand $encoded"
        $null = Register-ScheduledTask -TaskName $task -Action $action -User 'NT AUTHORITY\SYSTEM' -RunLevel Highest
        Start-ScheduledTask -TaskName $task
        $script:tasks += $task
        if ($Seconds -gt 0) {
            $limit = [DateTime]::UtcNow.AddSeconds($Seconds)
            while ((Get-ScheduledTask -TaskName $task).State -eq 'Running' -and [DateTime]::UtcNow -lt $limit) {
                Start-Sleep -Milliseconds 200
            }
        }
    }

    # Runs a script as an ordinary local account and gives what it writes.
    function Invoke-AsUser {
        param([string] $Script)

        $answer = Join-Path $env:PUBLIC "$prefix.answer.txt"
        $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes((Get-ImportLine) + "& { $Script } *>&1 | Out-File -Encoding utf8 '$answer'"))
        $start = @{ FilePath = $shell; Credential = $script:credential; Wait = $true; WorkingDirectory = $env:SystemRoot; WindowStyle = 'Hidden' }
        Start-Process @start -ArgumentList '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', $encoded
        Get-Content -Path $answer -Encoding utf8
        Remove-Item -Path $answer
    }

    $tasks = @()
    if ($isElevated) {
        $account = "wm$([guid]::NewGuid().ToString('N').Substring(0, 10))"
        $secret = [Security.SecureString]::new()
        foreach ($c in "Aa1!$([guid]::NewGuid())".ToCharArray()) {
            $secret.AppendChar($c)
        }
        $null = New-LocalUser -Name $account -Password $secret -AccountNeverExpires
        Add-LocalGroupMember -SID 'S-1-5-32-545' -Member $account -ErrorAction SilentlyContinue
        $credential = [Management.Automation.PSCredential]::new("$env:COMPUTERNAME\$account", $secret)
    }
}

AfterAll {
    Get-SharedMemory | Close-SharedMemory
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
    foreach ($task in $tasks) {
        Stop-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue
        Unregister-ScheduledTask -TaskName $task -Confirm:$false -ErrorAction SilentlyContinue
    }
    if ($account) {
        Remove-LocalUser -Name $account
    }
}

Describe 'A real Windows' -Tag RealWindows -Skip:(-not $isReal) {
    It 'reads a channel mapped read-only without a fault: <_>' -ForEach 'Get-SharedFrame {0}', 'Use-SharedFrame {0} {{ $_.FrameNumber }}', 'Watch-SharedFrame {0} -Count 5', 'Measure-SharedFrame {0} -Duration 1', 'Get-SharedMemoryInfo {0}', 'Get-CameraPublisher {0}' {
        # A 64-bit atomic read of a read-only map ends a .NET Framework process, on x86 above all: no handler sees it, so the
        # shell that tries it is another one, and what it says last shows that it lived.
        $name = "$prefix.atomic"
        if (-not (Get-SharedMemoryInfo "$name*")) {
            $null = Start-CameraPublisher $name -Synthetic -Width 320 -Height 240 -FrameRate 30
        }
        $said = & $shell -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command ((Get-ImportLine) + "`$null = $($_ -f $name); [IntPtr]::Size; 'lived'")
        $LASTEXITCODE | Should -Be 0
        $said[-1] | Should -Be 'lived'
        [int] $said[-2] | Should -Be ([IntPtr]::Size)
    }

    It 'gives a Global memory no access beyond what was said' -Skip:(-not $isElevated) {
        # Default access lists, which Wine does not have.
        $memory = New-SharedMemory "$prefix.private" -Size 1KB -Scope Global
        Invoke-AsUser "try { Open-SharedMemory '$prefix.private' -ReadOnly -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }" | Should -BeLike 'AccessDenied,*'
        $memory.Dispose()
        $memory = New-SharedMemory "$prefix.open" -Size 1KB -Scope Global -ReadAccess Users
        Invoke-AsUser "(Open-SharedMemory '$prefix.open').Size" | Should -Be 1KB
        $memory.Dispose()
    }

    It 'predicts what an ordinary account is given, and names the command that mends a refusal' -Skip:(-not $isElevated) {
        $name = "$prefix.predict"
        $memory = New-SharedMemory $name -Size 1KB -Scope Global
        $open = "try { (Open-SharedMemory '$name' -ReadOnly -ErrorAction Stop).Size } catch { `$_.FullyQualifiedErrorId }"
        $test = Test-SharedMemoryAccess $name "$env:COMPUTERNAME\$account" -Access Read -Detailed
        $test.Reason | Should -Be 'NotGranted'
        Invoke-AsUser $open | Should -BeLike 'AccessDenied,*'

        # The list is closed to that account, so that it cannot read it either.
        Invoke-AsUser "(Test-SharedMemoryAccess '$name' -Access Read -Detailed).Reason" | Should -Be 'Unknown'
        & ([scriptblock]::Create($test.Remedy + ' -Confirm:$false'))
        (Test-SharedMemoryAccess $name "$env:COMPUTERNAME\$account" -Access Read -Detailed).Reason | Should -Be 'Allowed'
        Invoke-AsUser "(Test-SharedMemoryAccess '$name' -Access Read -Detailed).Reason" | Should -Be 'Allowed'
        Invoke-AsUser $open | Should -Be 1KB
        Revoke-SharedMemoryAccess $name "$env:COMPUTERNAME\$account"
        Set-SharedMemoryAccess $name -ReadAccess Users -Confirm:$false
        (Test-SharedMemoryAccess $name "$env:COMPUTERNAME\$account" -Access Write -Detailed).Reason | Should -Be 'Allowed'
        Invoke-AsUser "(Open-SharedMemory '$name').Size" | Should -Be 1KB
        $memory.Dispose()
    }

    It 'refuses Global names to an ordinary account as a missing privilege' -Skip:(-not $isElevated) {
        $said = Invoke-AsUser "try { New-SharedMemory '$prefix.refused' 1KB -Scope Global -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId; `$_.CategoryInfo.Category; `$_.Exception.Message }"
        $said[0] | Should -BeLike 'PrivilegeNotHeld,*'
        $said[1] | Should -Be 'PermissionDenied'
        $said[2] | Should -BeLike '*SeCreateGlobalPrivilege*'
        Invoke-AsUser '(Get-SharedMemoryPrivilege SeCreateGlobalPrivilege).IsHeld' | Should -Be 'False'
    }

    It 'lets an ordinary account of another session read what SYSTEM publishes' -Skip:(-not $isElevated) {
        # Session 0, and the access of every object of a channel.
        Invoke-AsSystem "Start-CameraPublisher '$prefix.system' -Synthetic -Width 64 -Height 48 -Scope Global -ReadAccess Users; Start-Sleep 60" -Seconds 0
        $null = Wait-SharedMemory "$prefix.system" -Until Frame -Scope Global -TimeoutSec 40
        Invoke-AsUser "(Get-SharedFrame '$prefix.system' -TimeoutSec 10).Width; (Measure-SharedFrame '$prefix.system' -Duration 1).Frames -gt 5" | Should -Be '64', 'True'
        (Get-SharedMemoryHolder "$prefix.system").SessionId | Should -Contain 0
    }

    It 'grants and takes SeLockMemoryPrivilege, and reads it back' -Skip:(-not $isElevated) {
        $granted = Grant-SharedMemoryPrivilege SeLockMemoryPrivilege -Account $account -Confirm:$false -WarningAction SilentlyContinue
        $granted.AssignedTo | Should -Contain "$env:COMPUTERNAME\$account"
        (Get-SharedMemoryPrivilege SeLockMemoryPrivilege -Account $account).IsHeld | Should -BeTrue
        Invoke-AsUser '(Get-SharedMemoryPrivilege SeLockMemoryPrivilege).IsHeld' | Should -Be 'True'
        Invoke-AsUser "(New-SharedMemory '$prefix.large' 3MB -Resident LargePages).LargePageBytes -ge 3MB" | Should -Be 'True'
        (Revoke-SharedMemoryPrivilege SeLockMemoryPrivilege -Account $account -Confirm:$false -WarningAction SilentlyContinue).AssignedTo | Should -BeNullOrEmpty
    }

    It 'refuses large pages without the privilege, by name' {
        if ((Get-SharedMemoryPrivilege SeLockMemoryPrivilege).IsHeld) {
            Set-ItResult -Skipped -Because 'this account has the privilege'
        }
        $null = New-SharedMemory "$prefix.none" 3MB -Resident LargePages -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'PrivilegeNotHeld,*'
        $failure[0].Exception.NativeErrorCode | Should -Be 1314
    }

    It 'locks memory, and Windows confirms it page by page' {
        $memory = New-SharedMemory "$prefix.locked" 20MB -Resident Locked
        $memory.LockedBytes | Should -BeGreaterOrEqual 20MB
        $memory.Dispose()
    }

    It 'shows who it is assigned to as the security policy does' -Skip:(-not $isElevated) {
        # Administrators and services have it on every Windows with default settings.
        (Get-SharedMemoryPrivilege SeCreateGlobalPrivilege).AssignedTo.Count | Should -BeGreaterThan 0
    }

    It 'knows of a camera switch as Settings keeps it' {
        $check = Test-WinMmfEnvironment -Detailed | Where-Object Check -EQ 'CameraPrivacy'
        $value = (Get-ItemProperty -Path 'HKCU:\Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam' -ErrorAction Ignore).Value
        if ($value -eq 'Deny') {
            $check.Status | Should -Be 'Failed'
        }
        $check.Status | Should -BeIn 'Ok', 'Failed'
    }

    It 'packs a ticket' {
        $path = Join-Path ([IO.Path]::GetTempPath()) "$prefix.zip"
        (Export-WinMmfDiagnostic $path -WarningVariable missing).Length | Should -BeGreaterThan 1KB
        $missing | Should -BeNullOrEmpty
        Remove-Item -LiteralPath $path
    }
}
