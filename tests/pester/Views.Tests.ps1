BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $name = "$prefix." + 'n' * 120
    $camera = "$prefix.camera." + 'c' * 120
    $memory = New-SharedMemory $name -Size 4KB
    $publisher = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 30 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
    Get-SharedMemory "$prefix*" | Close-SharedMemory
}

Describe 'Views' {
    It 'hold at 80 columns, with long names and labels: <_>' -ForEach @(
        '$memory'
        'Get-SharedMemoryInfo $name, $camera'
        'Get-CameraPublisher $camera'
        'Get-CameraPublisherHealth $camera'
        'Get-SharedFrame $camera'
        'Measure-SharedFrame $camera -Count 2'
        'Get-SharedMemoryAccess $name'
        'Get-SharedMemoryHolder $name'
        'Get-SharedMemoryLock $name'
        'Lock-SharedMemory $name -Label ("l" * 32)'
    ) {
        try {
            $objects = @(. ([scriptblock]::Create($_)))
            $lines = ($objects | Format-Table | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() }
            $lines.Count | Should -Be (2 + $objects.Count)
            ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
            foreach ($header in $lines[0].Trim() -split ' +') {
                $selected = $objects[0] | Select-Object -Property $header
                $selected.PSObject.Properties[$header].Value | Should -Be ($objects[0].PSObject.Properties[$header].Value)
            }
        } finally {
            Get-SharedMemoryLock $name | Where-Object Verdict -EQ 'Held' | ForEach-Object { Unlock-SharedMemory $name }
        }
    }

    It 'give numbers and words to monitors, and no pixels' {
        $json = Get-CameraPublisher $camera | ConvertTo-Json | ConvertFrom-Json
        $json.State | Should -BeExactly 'Live'
        $json.Scope | Should -BeExactly 'Local'
        $json.AgeSeconds | Should -BeOfType double
        (Get-SharedFrame $camera | ConvertTo-Json).Length | Should -BeLessThan 2KB
        (Get-SharedMemoryInfo $name | ConvertTo-Json | ConvertFrom-Json).Kind | Should -BeExactly 'Memory'
        (Get-SharedMemoryInfo $name).Size | Should -Be $memory.Size
    }

    It 'show rare counters with -Detailed only' {
        Get-SharedMemoryInfo $camera | Format-List | Out-String | Should -Not -Match 'LeasesIgnored'
        Get-SharedMemoryInfo $camera -Detailed | Out-String | Should -Match 'LeasesIgnored'
        Get-CameraPublisher $camera -Detailed | Out-String | Should -Match 'SourceRestarts'
    }

    It 'are the same in Constrained Language, and so is what scripts read' {
        $script = (Get-ImportLine) + @"
            `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            `$frame = Get-SharedFrame '$camera'
            `$frame.Data.Length
            `$frame | Format-List | Out-String
            Use-SharedFrame '$camera' { `$_.Data.Length }
            Get-SharedMemoryInfo '$name' | Format-List | Out-String
            Get-CameraPublisher '$camera' | Format-Table | Out-String
            Write-SharedMemory '$name' 'text'
            Read-SharedMemory '$name' -Type Text
            Get-SharedMemoryLock '$name' | Format-List | Out-String
            (Measure-SharedFrame '$camera' -Count 2 | Format-Table | Out-String)
"@
        $shell = [PowerShell]::Create()
        try {
            [void] $shell.AddScript($script)
            $given = @($shell.Invoke())
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
        $given[0] | Should -Be (64 * 48)
        $given[1] | Should -Match 'CapturedAt +: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}'
        $given[1] | Should -Match 'Age +: \d+\.\d{3} s'
        $given[2] | Should -Be (64 * 48)
        $given[3] | Should -Match 'CreatedAt +: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d'
        $given[4] | Should -Match 'Live'
        $given[5] | Should -Be 'text'
        $given[6] | Should -Match 'Verdict +: .*Free'
    }
}
