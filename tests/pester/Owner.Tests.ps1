# -Owner: what every cmdlet does that uses what a name bears.
BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $camera = New-TestName
    $memory = New-TestName
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 20
    $null = New-SharedMemory $memory -Size 1KB
    $owner = (Get-SharedMemoryAccess $camera)[0].Owner
    $other = if ($env:OS -eq 'Windows_NT') { 'S-1-5-32-546' } else { '61001' }
}

AfterAll {
    Unlock-SharedMemory *
    Get-SharedMemory | Close-SharedMemory
    Stop-CameraPublisher $camera
}

Describe '-Owner' {
    It 'accepts only what that account made: <_>' -ForEach @(
        'Get-SharedFrame {0}', 'Watch-SharedFrame {0} -Count 1', 'Use-SharedFrame {0} {{ 1 }}', 'Measure-SharedFrame {0} -Duration 0.1',
        'Save-SharedFrame -Name {0} -Path {2} -Force', 'Wait-SharedMemory {0} -TimeoutSec 0.2',
        'Open-SharedMemory {1}', 'Lock-SharedMemory {1}', 'Use-SharedMemory {1} {{ 1 }}', 'Read-SharedMemory {1} -Count 1', 'Write-SharedMemory {1} -Value 1'
    ) {
        $line = $_ -f $camera, $memory, (Join-Path $TestDrive 'frame.png')
        { & ([scriptblock]::Create("$line -Owner '$owner' -ErrorAction Stop")) } | Should -Not -Throw -Because $line
        Unlock-SharedMemory *
        $null = & ([scriptblock]::Create("$line -Owner '$other' -ErrorAction SilentlyContinue -ErrorVariable script:failure"))
        $script:failure[0].FullyQualifiedErrorId | Should -Match $(if ($_ -like 'Wait-*') { '^Timeout,' } else { '^WrongOwner,' })
    }

    It 'is an error for an account that there is not' {
        $null = Get-SharedFrame $camera -Owner 'no such account here' -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
    }

    It 'completes with the owners of the names on the line' {
        $line = "Get-SharedFrame -Name $camera -Owner "
        [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.ListItemText | Should -Be $owner
    }

    It 'says what to do' {
        $null = Get-SharedFrame $camera -Owner $other -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike "*-Owner*"
    }
}
