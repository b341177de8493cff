BeforeDiscovery {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $canBeNobody = -not (Test-OnWindows) -and (id -u) -eq 0
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $null = New-SharedMemory "$prefix.plain" -Size 1KB
    $null = Start-CameraPublisher "$prefix.camera" -Synthetic -Width 64 -Height 48 -FrameRate 20 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher
    Get-SharedMemory | Close-SharedMemory
}

Describe 'Get-SharedMemoryInfo' {
    It 'lists memories and channels of the machine' {
        $found = Get-SharedMemoryInfo "$prefix*"
        $found.Name | Should -Be "$prefix.camera", "$prefix.plain"
        $found.Kind | Should -Be 'FrameChannel', 'Memory'
        $found | ForEach-Object { $_ | Should -BeOfType WinMmf.PowerShell.Output.SharedMemoryInfo }
        (Get-SharedMemoryInfo).Name | Should -Contain "$prefix.plain"
    }

    It 'says who made a plain memory and how its lock is' {
        $info = Get-SharedMemoryInfo "$prefix.plain"
        $info.State | Should -Be 'Free'
        $info.Size | Should -BeGreaterOrEqual 1024
        $info.ProcessId | Should -Be $PID
        $info.ProcessName | Should -BeLike 'p*w*sh*'
        $info.Account | Should -Not -BeNullOrEmpty
        $info.Width | Should -BeNullOrEmpty
    }

    It 'says how a channel is' {
        $info = Get-SharedMemoryInfo "$prefix.camera"
        $info.State | Should -Be 'Live'
        $info.ProcessId | Should -Not -Be $PID
        $info.Width | Should -Be 64
        $info.Height | Should -Be 48
        $info.PixelFormat | Should -Be 'Gray8'
        $info.FrameRate | Should -Be 20
        $info.Slots | Should -BeGreaterOrEqual 3
        $info.FrameNumber | Should -BeGreaterThan 0
        $info.Published | Should -BeGreaterThan 0
        $info.Age.TotalSeconds | Should -BeLessThan 5
    }

    It 'filters by scope' {
        Get-SharedMemoryInfo "$prefix*" -Scope Global | Should -BeNullOrEmpty
        (Get-SharedMemoryInfo "$prefix*" -Scope Local).Count | Should -Be 2
    }

    It 'gives an error for a missing name and nothing for a pattern without match' {
        $null = Get-SharedMemoryInfo "$prefix.missing", "$prefix.plain" -ErrorAction SilentlyContinue -ErrorVariable failure -OutVariable found
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        $failure[0].TargetObject | Should -Be "$prefix.missing"
        $found.Name | Should -Be "$prefix.plain"
        Get-SharedMemoryInfo "$prefix.missing*" -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'refuses an impossible name' {
        $null = Get-SharedMemoryInfo 'a/b' -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidName,*'
    }

    It 'shows channels and memories in one table, and from a job too' {
        $columns = 'Name +Scope +Kind +State +Size +ProcessId +Age'
        $table = Get-SharedMemoryInfo "$prefix*" | Format-Table | Out-String -Width 200
        $table | Should -Match $columns
        $table | Should -BeLike '*FrameChannel Live*'
        $remote = Get-SharedMemoryInfo "$prefix*" | ConvertTo-Deserialized | Format-Table | Out-String -Width 200
        $remote | Should -Match $columns
        $remote | Should -BeLike '*FrameChannel Live*'
    }

    It 'shows a channel''s counters in its list, and none for a plain memory' {
        Get-SharedMemoryInfo "$prefix.camera" | Format-List | Out-String | Should -BeLike '*Published*'
        Get-SharedMemoryInfo "$prefix.plain" | Format-List | Out-String | Should -Not -BeLike '*Published*'
    }

    It 'completes -Name' {
        (Get-Completion "Get-SharedMemoryInfo $prefix").CompletionText | Should -Be "$prefix.camera", "$prefix.plain"
        (Get-Completion "Get-SharedMemoryInfo -Scope Global -Name $prefix").CompletionText | Should -Not -Contain "$prefix.plain"
    }

    It 'gives the size that opening gives, also of a memory that no WinMmf program made' {
        $name = New-TestName 'crate'
        $file = if (Test-OnWindows) { $name } else { "winmmf-$(id -u).$name" }
        $foreign = New-ForeignMemory $file -Size (1020 + 4)
        try {
            if (Test-OnWine) {
                # Wine tells no owner of a section that was made without a descriptor, and such a memory is not opened elevated.
                Get-SharedMemoryInfo $name -IncludeForeign | Select-Object -ExpandProperty Size | Should -BeGreaterOrEqual 1020
            } elseif (Test-OnWindows) {
                $opened = Open-SharedMemory $name
                (Get-SharedMemoryInfo $name).Size | Should -Be $opened.Size
                $opened.Dispose()
            } else {
                # Without a hold of WinMmf's a file there is a leftover.
                (Get-SharedMemoryInfo $name).Kind | Should -Be 'Leftover'
            }
        } finally {
            $foreign.Dispose()
        }
        $memory = New-SharedMemory "$name.2" 1020
        (Get-SharedMemoryInfo "$name.2").Size, (Open-SharedMemory "$name.2").Size, $memory.Size | Should -Be 1020, 1020, 1020
        Close-SharedMemory "$name.2"
    }

    It 'lists memories of other programs with -IncludeForeign only' {
        $name = New-TestName 'foreign'
        $foreign = New-ForeignMemory $name -Size 8KB
        try {
            Get-SharedMemoryInfo "$name*" | Should -BeNullOrEmpty
            $found = Get-SharedMemoryInfo "$($name.Substring(0, $name.Length - 2))*" -IncludeForeign
            $found.Name | Should -BeExactly $name
            $found.Kind | Should -Be 'Foreign'
            $found.State | Should -Be 'Foreign'
            $found.Size | Should -Be 8KB
            $found.ProcessId | Should -BeNullOrEmpty
            (Get-SharedMemoryInfo $name -IncludeForeign).Kind | Should -Be 'Foreign'
            @(Get-SharedMemoryInfo "$prefix*" -IncludeForeign).Kind | Should -Be 'FrameChannel', 'Memory'
            $found | Format-Table | Out-String -Width 200 | Should -Match 'Foreign'
        } finally {
            $foreign.Dispose()
        }
        Get-SharedMemoryInfo "$name*" -IncludeForeign | Should -BeNullOrEmpty
    }
}

Describe 'Get-SharedMemoryInfo -AllUsers' -Skip:(-not $canBeNobody) {
    It 'shows root the Local names of another account, which nothing takes for its own' {
        $folder = Join-Path ([IO.Path]::GetTempPath()) (New-TestName)
        $name = New-TestName 'other'
        $own = New-SharedMemory $name 1KB
        try {
            Copy-Item -Recurse -Path (Split-Path (Get-Module WinMmf).Path) -Destination $folder
            chmod -R a+rX $folder
            $script = "Import-Module '$folder/WinMmf.psd1'; `$null = New-SharedMemory '$name' 3KB; `$null = New-SharedMemory '$name.2' 4KB; 'made'; Start-Sleep 600"
            $start = [Diagnostics.ProcessStartInfo]::new('setpriv')
            foreach ($argument in '--reuid=65534', '--regid=65534', '--clear-groups', 'env', 'HOME=/tmp', (Get-Process -Id $PID).Path, '-NoProfile', '-NonInteractive', '-Command', $script) {
                $start.ArgumentList.Add($argument)
            }
            $start.RedirectStandardOutput = $true
            $other = [Diagnostics.Process]::Start($start)
            $said = $other.StandardOutput.ReadLine()
            if (-not $said) {
                Set-ItResult -Skipped -Because 'another account may not run this PowerShell here'
                return
            }
            @(Get-SharedMemoryInfo "$name*").Size | Should -Be 1KB
            $all = @(Get-SharedMemoryInfo "$name*" -AllUsers)
            $all.Scope | Should -Be 'Local', 'Local:65534', 'Local:65534'
            ($all | Where-Object Scope -NE 'Local').Size | Sort-Object | Should -Be 3KB, 4KB
            ($all | Where-Object Scope -NE 'Local').Kind | Should -Be 'Memory', 'Memory'
            ($all | Where-Object Name -EQ "$name.2").ProcessId | Should -Be $other.Id
            Get-SharedMemoryInfo "$name.2" -AllUsers | Should -Not -BeNullOrEmpty

            $table = $all | Format-Table | Out-String -Width 80
            $table | Should -Match 'Local:65534 +Memory'
            ($table -split '\r?\n' | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80

            # Neither as it is nor as a row of a table is it taken for the caller's own memory of that name.
            $others = $all | Where-Object Scope -NE 'Local'
            foreach ($given in $others, ($others | Select-Object -Property Name, Scope), ($others | ConvertTo-Csv | ConvertFrom-Csv)) {
                foreach ($line in '$given | Close-SharedMemory', '$given | Unlock-SharedMemory', '$given | Write-SharedMemory text', '$given | Read-SharedMemory',
                    '$given | Get-SharedMemoryLock', '$given | Remove-SharedMemory', '$given | Revoke-SharedMemoryAccess -Account Users -Force', '$given | Get-SharedFrame',
                    '$given | Start-CameraPublisher -Synthetic') {
                    . ([scriptblock]::Create("$line -ErrorAction SilentlyContinue -ErrorVariable failure")) | Should -BeNullOrEmpty
                    $failure.Count | Should -Be 2 -Because $line
                    "$($failure[0])" | Should -BeLike "*'Local:65534' is the Local scope of another user*" -Because $line
                }
            }
            $others | Save-SharedFrame -Path TestDrive:/no.png -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure.Count | Should -Be 2
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            Close-SharedMemory "Local:65534\$name" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            $own.IsClosed | Should -BeFalse
        } finally {
            if ($other -and -not $other.HasExited) { $other.Kill(); $other.WaitForExit() }
            $own.Dispose()
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }
}
