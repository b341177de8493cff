BeforeDiscovery {
    $isWindowsHere = $env:OS -eq 'Windows_NT'
    $canBeNobody = -not $isWindowsHere -and (id -u) -eq 0 -and (Get-Command setpriv -ErrorAction Ignore) -and (Get-Command pwsh -ErrorAction Ignore)
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
    $null = Start-CameraPublisher $name -Synthetic -Width 64 -Height 48 -FrameRate 20 -PixelFormat Gray8 -Scope Global
    $null = New-SharedMemory "$name.plain" -Size 4KB -Scope Global
    $null = New-SharedMemory "$name.local" -Size 4KB
}

AfterAll {
    Get-CameraPublisher "$name*" | Stop-CameraPublisher
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Test-SharedMemoryAccess' {
    AfterEach {
        Set-SharedMemoryAccess $name, "$name.plain" -ReadAccess @() -Confirm:$false
    }

    It 'says yes for what this account has made' {
        Test-SharedMemoryAccess $name | Should -BeTrue
        Test-SharedMemoryAccess $name -Access Publish | Should -BeTrue
        Test-SharedMemoryAccess "$name.plain" -Access Write | Should -BeTrue
    }

    It 'says no with a warning that has the reason and the command' {
        Test-SharedMemoryAccess $name Everyone -WarningVariable warning -WarningAction SilentlyContinue | Should -BeFalse
        $warning[0].Message | Should -BeLike "*Grant-SharedMemoryAccess -Name '$name' -Scope Global*"
    }

    It 'names a command that mends it' {
        foreach ($target in $name, "$name.plain") {
            $test = Test-SharedMemoryAccess $target Everyone -Access Read -Detailed
            $test | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryAccessTest
            $test.IsAllowed | Should -BeFalse
            $test.Reason | Should -Be 'NotGranted'
            $test.Objects.Count | Should -BeGreaterThan 0
            & ([scriptblock]::Create($test.Remedy + ' -Confirm:$false'))
            (Test-SharedMemoryAccess $target Everyone -Access Read -Detailed).Reason | Should -Be 'Allowed'
        }
    }

    It 'knows that a program on the crate winmmf asks for full access, and uses no channel' {
        Test-SharedMemoryAccess "$name.plain" -ClientType WinMmfCrate | Should -BeTrue
        (Test-SharedMemoryAccess $name -ClientType WinMmfCrate -Access Read -Detailed).Reason | Should -Be 'WrongKind'
        Set-SharedMemoryAccess "$name.plain" -ReadAccess Everyone -Confirm:$false
        Test-SharedMemoryAccess "$name.plain" Everyone | Should -BeTrue
        $test = Test-SharedMemoryAccess "$name.plain" Everyone -ClientType WinMmfCrate -Access Read -Detailed
        if (Test-OnWindows) {
            $test.Reason | Should -Be 'NotGranted'
            $test.Remedy | Should -BeLike '*Full*'
        }
        if (-not $test.IsAllowed) {
            & ([scriptblock]::Create($test.Remedy + ' -Confirm:$false'))
        }
        Test-SharedMemoryAccess "$name.plain" Everyone -ClientType WinMmfCrate | Should -BeTrue
    }

    It 'answers for reading, writing and publishing with -Detailed' {
        $test = Test-SharedMemoryAccess "$name.plain" Users -Detailed
        $test.Access | Should -Be 'Read', 'Write', 'Publish'
        $test.Reason | Should -Be 'NotGranted', 'NotGranted', 'WrongKind'
        (Test-SharedMemoryAccess $name Users -Access Publish -Detailed).Reason | Should -Be 'NotOwner'
    }

    It 'says that a local name is not seen from elsewhere' {
        $elsewhere = if ($env:OS -eq 'Windows_NT') { Test-SharedMemoryAccess "$name.local" Users -SessionId 4711 -Access Read -Detailed } else { Test-SharedMemoryAccess "$name.local" Everyone -Access Read -Detailed }
        $elsewhere.Reason | Should -BeIn 'SessionLocal', 'OtherUsersName'
        $elsewhere.Remedy | Should -BeLike "New-SharedMemory -Name '$name.local' -Scope Global -Size 4096 -ReadAccess *"
    }

    It 'answers for a name that nothing bears' {
        $test = Test-SharedMemoryAccess "$name.missing" -Scope Global -Detailed
        $test.Reason | Should -Be 'NotFound', 'NotFound', 'Allowed'
    }

    It 'refuses an account that does not exist' {
        Test-SharedMemoryAccess $name 'no-such-account-here' -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
    }

    It 'takes patterns and names from the pipeline' {
        (Test-SharedMemoryAccess "$name*").Count | Should -Be 3
        Get-SharedMemoryInfo "$name.plain" | Test-SharedMemoryAccess -Access Write | Should -BeTrue
    }

    It 'shows answers in a table, and from a job too' {
        $columns = 'Name +Scope +Account +Access +IsAllowed +Reason'
        Test-SharedMemoryAccess $name -Detailed | Format-Table | Out-String -Width 300 | Should -Match $columns
        Test-SharedMemoryAccess $name -Detailed | ConvertTo-Deserialized | Format-Table | Out-String -Width 300 | Should -Match $columns
    }

    It 'completes -Name, -Account and -Access' {
        (Get-Completion "Test-SharedMemoryAccess $name.p").CompletionText | Should -Be "$name.plain"
        (Get-Completion 'Test-SharedMemoryAccess x Inter').CompletionText | Should -Contain 'Interactive'
        (Get-Completion 'Test-SharedMemoryAccess x -Access ').CompletionText | Should -Be 'Publish', 'Read', 'Write'
    }
}

Describe 'Another account on Linux' -Skip:(-not $canBeNobody) {
    BeforeAll {
        # The module where every account may read it.
        $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), [IO.Path]::GetRandomFileName())
        $module = Join-Path $folder 'WinMmf'
        $null = New-Item -ItemType Directory $folder
        Copy-Item (Get-Module WinMmf).ModuleBase $module -Recurse
        chmod -R a+rX $folder
        $script = @'
            $ErrorActionPreference = 'Stop'
            Import-Module '{0}'
            $name = '{1}'
            foreach ($do in
                {{ Get-SharedFrame $name -TimeoutSec 1 }},
                {{ Watch-SharedFrame $name -Count 1 -TimeoutSec 1 }},
                {{ Measure-SharedFrame $name -TimeoutSec 1 }},
                {{ Open-SharedMemory "$name.plain" }},
                {{ Read-SharedMemory "$name.plain" }},
                {{ Write-SharedMemory "$name.plain" 1 }},
                {{ Lock-SharedMemory "$name.plain" }},
                {{ Grant-SharedMemoryAccess $name Everyone -Confirm:$false }},
                {{ Revoke-SharedMemoryAccess "$name.open" Everyone -Force }},
                {{ Set-SharedMemoryAccess $name -ReadAccess Everyone -Confirm:$false }},
                {{ Start-CameraPublisher $name -Synthetic -Scope Global }},
                {{ Stop-CameraPublisher $name -Force -TimeoutSec 1 }}) {{
                $failure = $null
                try {{ $null = & $do }} catch {{ $failure = $_ }}
                [pscustomobject] @{{
                    Command = "$do".Trim()
                    Id = "$($failure.FullyQualifiedErrorId)"
                    Message = "$($failure.Exception.Message)"
                    Remedy = "$($failure.ErrorDetails.RecommendedAction)"
                    Type = "$($failure.Exception.GetType().FullName)"
                }} | ConvertTo-Json -Compress
            }}
            Test-SharedMemoryAccess $name -Detailed -Access Read | Select-Object Reason, Remedy, Message | ConvertTo-Json -Compress -EnumsAsStrings
'@
        $null = New-SharedMemory "$name.open" -Size 1KB -Scope Global -ReadAccess Everyone
        $file = Join-Path $folder 'other.ps1'
        Set-Content $file ($script -f $module, $name)
        $lines = env HOME=/tmp DOTNET_CLI_HOME=/tmp setpriv --reuid=1 --regid=1 --clear-groups pwsh -NoLogo -NoProfile -NonInteractive -File $file 2>&1
        $answers = @($lines | Where-Object { "$_".StartsWith('{') } | ConvertFrom-Json)
        $refusals = @($answers | Where-Object Id)
    }

    AfterAll {
        Remove-Item $folder -Recurse -Force
    }

    It 'is refused by every command, with an id of ours and no trace of the stack' {
        $answers.Count | Should -Be 13 -Because ($lines -join "`n")
        $refusals.Count | Should -Be 12
        foreach ($refusal in $refusals) {
            $refusal.Id | Should -Match '^(AccessDenied|OwnerOnly|ForeignOwner|ForeignChannel|ChannelInUse|PublisherDenied|PublisherUnreachable|PublisherFailed),' -Because $refusal.Command
            $refusal.Message | Should -Not -Match '   at |Exception' -Because $refusal.Command
            $refusal.Type | Should -Be 'WinMmf.Errors.WinMmfException' -Because $refusal.Command
        }
        "$lines" | Should -Not -Match '   at [A-Z]\w+\.'
    }

    It 'is told the permission, whose it is, and what mends it' {
        foreach ($refusal in $refusals | Where-Object { $_.Id -match '^(AccessDenied|OwnerOnly),' -and $_.Command -notlike '*CameraPublisher*' }) {
            $refusal.Message | Should -Match 'mode 0[0-7]{3}' -Because $refusal.Command
            $refusal.Message | Should -Match "'root'" -Because $refusal.Command
            $refusal.Remedy | Should -Match '(?-i)Grant-SharedMemoryAccess -Name|^Run this as .*root' -Because $refusal.Command
        }
        @($refusals | Where-Object Id -Match '^(AccessDenied|OwnerOnly),').Count | Should -BeGreaterOrEqual 9
    }

    It 'gets the same answer from Test-SharedMemoryAccess as from trying' {
        $answers[-1].Reason | Should -Be 'NotGranted'
        $answers[-1].Remedy | Should -BeLike "Grant-SharedMemoryAccess -Name '$name' -Scope Global -Account 'group:*'"
    }

    It 'gets in after the command that it was told was run' {
        & ([scriptblock]::Create($answers[-1].Remedy + ' -Confirm:$false'))
        try {
            $read = env HOME=/tmp setpriv --reuid=1 --regid=1 --clear-groups pwsh -NoLogo -NoProfile -NonInteractive -Command "Import-Module '$module'; (Get-SharedFrame $name).Data.Length"
            $read | Should -Be (64 * 48)
        } finally {
            Set-SharedMemoryAccess $name -ReadAccess @() -Confirm:$false
        }
    }
}
