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
    $tasks = [Collections.Generic.List[string]]::new()
    $files = [Collections.Generic.List[string]]::new()
    $waiting = [Collections.Generic.List[Diagnostics.Process]]::new()

    # A script in a file that every account may read: a command line for another account has at most 1,024 characters.
    function New-ScriptFile {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Makes a file for a test only.')]
        [OutputType([string])]
        param([string] $Script)

        $path = Join-Path $env:PUBLIC "$prefix.$([guid]::NewGuid().ToString('N')).ps1"
        [IO.File]::WriteAllText($path, (Get-ImportLine) + $Script, [Text.UTF8Encoding]::new($true))
        $files.Add($path)
        $path
    }

    # Runs a script as SYSTEM in session 0, by a task that is removed afterwards. The task service's own objects, because the ScheduledTasks module
    # does not load in every shell.
    function Invoke-AsSystem {
        param([string] $Script)

        $name = "WinMmf-$([guid]::NewGuid().ToString('N'))"
        $definition = $taskService.NewTask(0)
        $action = $definition.Actions.Create(0)
        $action.Path = $shell
        $action.Arguments = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$(New-ScriptFile $Script)`""
        $definition.Principal.RunLevel = 1
        $createOrUpdate = 6
        $serviceAccount = 5
        $task = $taskFolder.RegisterTaskDefinition($name, $definition, $createOrUpdate, 'SYSTEM', $null, $serviceAccount)
        $tasks.Add($name)
        $null = $task.Run($null)
    }

    # Begins a script as the ordinary local account.
    function Start-AsUser {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Begins a process for a test only.')]
        [OutputType([Diagnostics.Process])]
        param([string] $Script)

        $start = @{ FilePath = $shell; Credential = $credential; PassThru = $true; WorkingDirectory = $env:SystemRoot; WindowStyle = 'Hidden' }
        $process = Start-Process @start -ArgumentList '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', "`"$(New-ScriptFile $Script)`""
        $waiting.Add($process)
        $process
    }

    # Runs a script as the ordinary local account and gives what it writes.
    function Invoke-AsUser {
        param([string] $Script)

        $answer = Join-Path $env:PUBLIC "$prefix.$([guid]::NewGuid().ToString('N')).txt"
        $files.Add($answer)
        (Start-AsUser "& { $Script } *>&1 | Out-File -Encoding utf8 '$answer'").WaitForExit()
        Get-Content -Path $answer -Encoding utf8
    }

    # Runs a script as this account, not elevated, and gives what it writes.
    function Invoke-NotElevated {
        param([string] $Script)

        $answer = Join-Path $env:PUBLIC "$prefix.$([guid]::NewGuid().ToString('N')).txt"
        $files.Add($answer)
        $path = New-ScriptFile "& { $Script } *>&1 | Out-File -Encoding utf8 '$answer.part'; Move-Item '$answer.part' '$answer'"
        $null = runas.exe /trustlevel:0x20000 "`"$shell`" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$path`""
        $limit = [DateTime]::UtcNow.AddSeconds(60)
        while (-not (Test-Path -LiteralPath $answer) -and [DateTime]::UtcNow -lt $limit) {
            Start-Sleep -Milliseconds 100
        }
        Get-Content -Path $answer -Encoding utf8
    }

    # Discovery's variables are gone by now.
    $isElevated = (Test-OnWindows) -and -not (Test-OnWine) -and
        ([Security.Principal.WindowsPrincipal] [Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
    if ($isElevated) {
        $taskService = New-Object -ComObject Schedule.Service
        $taskService.Connect()
        $taskFolder = $taskService.GetFolder('\')

        # By ADSI, because the cmdlets for local accounts are not there in 32-bit shells, nor in every PowerShell 7.
        $account = "wm$([guid]::NewGuid().ToString('N').Substring(0, 10))"
        $secret = [Security.SecureString]::new()
        foreach ($c in "Aa1!$([guid]::NewGuid())".ToCharArray()) {
            $secret.AppendChar($c)
        }
        $credential = [Management.Automation.PSCredential]::new("$env:COMPUTERNAME\$account", $secret)
        $computer = [ADSI] "WinNT://$env:COMPUTERNAME,computer"
        $user = $computer.Create('User', $account)
        $user.SetPassword($credential.GetNetworkCredential().Password)
        $user.SetInfo()
        $users = ([Security.Principal.SecurityIdentifier] 'S-1-5-32-545').Translate([Security.Principal.NTAccount]).Value.Split('\')[-1]
        ([ADSI] "WinNT://$env:COMPUTERNAME/$users,group").Add("WinNT://$env:COMPUTERNAME/$account,user")
    }
}

AfterAll {
    foreach ($process in $waiting) {
        if (-not $process.HasExited) {
            $process.Kill()
        }
    }
    Get-SharedMemory | Close-SharedMemory
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
    foreach ($task in $tasks) {
        $taskFolder.GetTask($task).Stop(0)
        $taskFolder.DeleteTask($task, 0)
    }
    if ($account) {
        $computer.Delete('User', $account)
    }
    $files | Remove-Item -ErrorAction Ignore
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
        $memory = New-SharedMemory "$prefix.open" -Size 1KB -Scope Global -WriteAccess Users
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
        Revoke-SharedMemoryAccess $name "$env:COMPUTERNAME\$account" -Force
        Set-SharedMemoryAccess $name -WriteAccess Users -Confirm:$false
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
        Invoke-AsSystem "Start-CameraPublisher '$prefix.system' -Synthetic -Width 64 -Height 48 -Scope Global -ReadAccess Users; Start-Sleep 60"
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

    It 'keeps what an elevated publisher writes from the same account that is not elevated' -Skip:(-not $isElevated) {
        # Mandatory labels, which Wine keeps and does not enforce: the access list grants this account everything.
        $name = "$prefix.label"
        $null = Start-CameraPublisher $name -Synthetic -Width 64 -Height 48
        (Get-SharedMemoryAccess $name).Descriptor | Should -BeLike '*S:(ML;;NW;;;S-1-16-*'
        Invoke-NotElevated "(Get-SharedFrame '$name' -TimeoutSec 10).Width" | Should -Be '64'
        Invoke-NotElevated "try { Stop-CameraPublisher '$name' -Confirm:`$false -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }" | Should -BeLike 'AccessDenied,*'
        Invoke-NotElevated "(Test-SharedMemoryAccess '$name' -Access Publish -Detailed).Reason" | Should -Be 'LabelForbids'
        Get-CameraPublisher $name | Should -Not -BeNullOrEmpty
    }

    It "gives an administrator's control pipe a name that only administrators can make" -Skip:(-not $isElevated) {
        $null = Start-CameraPublisher "$prefix.pipe" -Synthetic -Width 64 -Height 48
        [IO.Directory]::GetFiles('\\.\pipe\') -like '*ProtectedPrefix\Administrators\winmmf-*' | Should -Not -BeNullOrEmpty
        { Stop-CameraPublisher "$prefix.pipe" -Confirm:$false -ErrorAction Stop } | Should -Not -Throw
    }

    It 'publishes although an ordinary account has made events under the names of its parts' -Skip:(-not $isElevated) {
        # Events in Global\ need no privilege, as sections do.
        $name = "$prefix.squat"
        $parts = 'wake.1', 'wake.2', 'registry', 'pixels.1', 'pixels.2'
        $make = ($parts | ForEach-Object { "[Threading.EventWaitHandle]::new(`$false, 'ManualReset', 'Global\$name.$_')" }) -join ', '
        $squatter = Start-AsUser "`$held = $make; [Threading.EventWaitHandle]::new(`$false, 'ManualReset', 'Global\$name.ready').WaitOne(60000)"
        $limit = [DateTime]::UtcNow.AddSeconds(40)
        $ready = $null
        while (-not [Threading.EventWaitHandle]::TryOpenExisting("Global\$name.ready", [ref] $ready) -and -not $squatter.HasExited -and [DateTime]::UtcNow -lt $limit) {
            Start-Sleep -Milliseconds 100
        }
        $null = Start-CameraPublisher $name -Synthetic -Width 64 -Height 48 -Scope Global
        (Measure-SharedFrame $name -Scope Global -Duration 1).Frames | Should -BeGreaterThan 5
    }

    It 'lists a memory that stays, while others come and go' {
        $stays = New-SharedMemory "$prefix.stays" 1KB
        $other = [PowerShell]::Create().AddScript((Get-ImportLine) + "for (`$i = 0; `$i -lt 3000; `$i++) { (New-SharedMemory `"$prefix.goes.`$i`" 1KB).Dispose() }")
        $running = $other.BeginInvoke()
        for ($i = 0; $i -lt 100; $i++) {
            @(Get-SharedMemoryInfo | Where-Object Name -EQ "$prefix.stays").Count | Should -Be 1
        }
        $other.Stop()
        $null = $running
        $other.Dispose()
        $stays.Dispose()
    }
}
