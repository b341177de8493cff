# An object is itself and never a pattern: whatever its name looks like, what is done to it is done to nothing else.
BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
}

Describe 'An object from the pipeline' {
    AfterEach {
        Get-SharedMemory | Where-Object { $_.Name.StartsWith($prefix) } | ForEach-Object { $_.Dispose() }
    }

    It 'with the name <_> stands for itself' -ForEach '*', '[ab]', '?', '`*', '[' {
        $odd = New-SharedMemory "$prefix.$_" 1KB
        $other = New-SharedMemory "$prefix.a" 1KB
        $info = Get-SharedMemoryInfo | Where-Object Name -EQ "$prefix.$_"
        $info.Name | Should -Be "$prefix.$_"
        foreach ($given in $info, ($info | ConvertTo-Deserialized), $odd, [pscustomobject] @{ Name = "$prefix.$_" }) {
            ($given | Get-SharedMemoryInfo).Name | Should -Be "$prefix.$_"
            (Get-SharedMemoryInfo $given).Name | Should -Be "$prefix.$_"
            ($given | Get-SharedMemoryAccess).Name | Should -Be "$prefix.$_"
            ($given | Get-SharedMemoryLock).Name | Should -Be "$prefix.$_"
            ($given | Wait-SharedMemory -TimeoutSec 5).Name | Should -Be "$prefix.$_"
        }
        $info | Write-SharedMemory 'odd'
        $info | Read-SharedMemory -Type Text | Should -Be 'odd'
        Read-SharedMemory "$prefix.a" -Type Text | Should -BeNullOrEmpty
        $info | Use-SharedMemory -ScriptBlock { $_.Name } | Should -Be "$prefix.$_"
        $info | Close-SharedMemory
        $odd.IsClosed | Should -BeTrue
        $other.IsClosed | Should -BeFalse
    }

    It 'ends itself only, if it is a publisher named * or [ab]' {
        $names = "$prefix.*", "$prefix.[ab]", "$prefix.a"
        $publishers = foreach ($name in $names) { Start-CameraPublisher $name -Synthetic -Width 64 -Height 48 -PixelFormat Gray8 }
        try {
            $publishers[0] | Stop-CameraPublisher -ErrorAction Stop
            (Get-CameraPublisher "$prefix*").Name | Sort-Object | Should -Be ($names[1, 2] | Sort-Object)
            $publishers[1] | Select-Object Name, Scope | Stop-CameraPublisher -ErrorAction Stop
            (Get-CameraPublisher "$prefix*").Name | Should -Be "$prefix.a"
        } finally {
            Stop-CameraPublisher "$prefix*" -Force
        }
    }

    It 'says in which scope it is' {
        $local = New-SharedMemory "$prefix.both" 1KB
        $global = New-SharedMemory "$prefix.both" 2KB -Scope Global
        ($global | Get-SharedMemoryInfo).Size | Should -Be 2KB
        (Get-SharedMemoryInfo $local).Size | Should -Be 1KB
        Get-SharedMemoryInfo $global -Scope Local -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }
}

Describe 'Text' {
    AfterEach {
        Get-SharedMemory | Where-Object { $_.Name.StartsWith($prefix) } | ForEach-Object { $_.Dispose() }
    }

    It 'is a pattern in each -Name that takes several: <_>' -ForEach @(
        'Open-SharedMemory'
        'Lock-SharedMemory -TimeoutSec 5'
        'Get-SharedMemoryInfo'
        'Get-SharedMemoryHolder'
    ) {
        $memories = New-SharedMemory "$prefix.1", "$prefix.2" 1KB
        $command, $more = $_ -split ' ', 2
        (& ([scriptblock]::Create("$command '$prefix.[12]' $more"))).Name | Sort-Object -Unique | Should -Be $memories.Name
        & ([scriptblock]::Create("$command '$prefix.[34]' $more")) -ErrorAction Stop | Should -BeNullOrEmpty
        Get-SharedMemoryLock "$prefix*" | Where-Object Verdict -EQ 'Held' | Unlock-SharedMemory
    }

    It 'is a pattern where frames and data are read and written' {
        $null = New-SharedMemory "$prefix.1", "$prefix.2" 1KB
        Write-SharedMemory "$prefix.*" 'same'
        Read-SharedMemory "$prefix.?" -Type Text | Should -Be 'same', 'same'
        Use-SharedMemory "$prefix.*" { $_.Name } | Should -Be "$prefix.1", "$prefix.2"
        $null = Start-CameraPublisher "$prefix.cam.1" -Synthetic -Width 64 -Height 48 -PixelFormat Gray8
        $null = Start-CameraPublisher "$prefix.cam.2" -Synthetic -Width 64 -Height 48 -PixelFormat Gray8
        try {
            # Plain memories match, too, and are no channels.
            (Get-SharedFrame "$prefix.*").Name | Should -Be "$prefix.cam.1", "$prefix.cam.2"
            (Measure-SharedFrame "$prefix.*" -Count 1).Name | Should -Be "$prefix.cam.1", "$prefix.cam.2"
            Use-SharedFrame "$prefix.*" { $_.Name } | Should -Be "$prefix.cam.1", "$prefix.cam.2"
            (Save-SharedFrame -Name "$prefix.*" "$TestDrive/{Name}.png").Count | Should -Be 2
        } finally {
            Stop-CameraPublisher "$prefix.cam*" -Force
        }
    }

    It 'that completion offers for an odd name means this name' {
        $null = New-SharedMemory "$prefix.[ab]", "$prefix.a" 1KB
        $offered = (Get-Completion "Get-SharedMemoryInfo '$prefix.").CompletionText
        $offered.Count | Should -Be 2
        foreach ($line in $offered) {
            (& ([scriptblock]::Create("Get-SharedMemoryInfo $line"))).Count | Should -Be 1
        }
    }
}
