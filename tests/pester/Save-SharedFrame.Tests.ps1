BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
    $camera = "$prefix.camera"
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -FrameRate 50 -PixelFormat Gray8
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Save-SharedFrame' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path $folder
    }

    It 'saves the newest frame of a channel and gives the file' {
        $file = Save-SharedFrame "$folder/door.png" -Name $camera
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -Be 'door.png'
        [IO.File]::ReadAllBytes($file.FullName)[0..3] | Should -Be 0x89, 0x50, 0x4E, 0x47
    }

    It 'saves frames from the pipeline, each under a name of its own in a folder' {
        $files = @(Watch-SharedFrame $camera -Count 3 -TimeoutSec 30 | Save-SharedFrame "$folder/")
        $files.Count | Should -Be 3
        @($files.Name | Select-Object -Unique).Count | Should -Be 3
        $files[0].Name | Should -Match ([regex]::Escape($camera) + '-\d{6}\.png')
    }

    It 'fills placeholders and relative paths' {
        Push-Location $folder
        try {
            $frame = Get-SharedFrame $camera
            $file = $frame | Save-SharedFrame '{FrameNumber:000}_{Width}.bmp'
            $file.FullName | Should -Be (Join-Path $folder ('{0:000}_64.bmp' -f $frame.FrameNumber))
            $file.Length | Should -Be (54 + 64 * 3 * 48)
        } finally {
            Pop-Location
        }
    }

    It 'saves the bytes as they are, from a copy and in place' {
        $frame = Get-SharedFrame $camera
        $file = $frame | Save-SharedFrame "$folder/a.raw"
        [Linq.Enumerable]::SequenceEqual([IO.File]::ReadAllBytes($file.FullName), $frame.Data) | Should -BeTrue
        $inPlace = Use-SharedFrame $camera { $_ | Save-SharedFrame "$folder/b.bin" -Format Raw }
        $inPlace.Length | Should -Be (64 * 48)
    }

    It 'saves a JPEG without any other program' {
        $before = $env:WINMMF_FFMPEG
        $env:WINMMF_FFMPEG = Join-Path $folder 'no-ffmpeg'
        try {
            $file = Get-SharedFrame $camera | Save-SharedFrame "$folder/a.jpg"
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            $bytes[0..1] | Should -Be 0xFF, 0xD8
            $bytes[-2..-1] | Should -Be 0xFF, 0xD9
            @(Get-ChildItem $folder -Force).Count | Should -Be 1
        } finally {
            $env:WINMMF_FFMPEG = $before
        }
    }

    It 'replaces a file, keeps it with -NoClobber, and replaces a read-only one with -Force only' {
        $file = Save-SharedFrame "$folder/a.png" -Name $camera
        Set-Content -Path $file.FullName -Value 'old'
        $null = Save-SharedFrame "$folder/a.png" -Name $camera -NoClobber -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content $file.FullName | Should -Be 'old'

        (Get-Item $file.FullName).IsReadOnly = $true
        $null = Save-SharedFrame "$folder/a.png" -Name $camera -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileReadOnly,*'
        Get-Content $file.FullName | Should -Be 'old'
        (Save-SharedFrame "$folder/a.png" -Name $camera -Force).Length | Should -BeGreaterThan 100
        @(Get-ChildItem $folder -Force).Count | Should -Be 1
    }

    It 'loses nothing when the disk is full' -Skip:(-not ($IsLinux -and (id -u) -eq '0')) {
        mount -t tmpfs -o size=8k tmpfs $folder 2>$null
        if ($LASTEXITCODE -ne 0) {
            Set-ItResult -Skipped -Because 'nothing may be mounted here'
            return
        }
        try {
            Set-Content -Path "$folder/a.bmp" -Value 'old'
            $null = Save-SharedFrame "$folder/a.bmp" -Name $camera -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'DiskFull,*'
            $failure[0].CategoryInfo.Category | Should -Be 'WriteError'
            Get-Content "$folder/a.bmp" | Should -Be 'old'
            @(Get-ChildItem $folder -Force).Count | Should -Be 1
        } finally {
            umount $folder
        }
    }

    It 'saves the very frame that a job or a file gave, or says why not' {
        $frame = Get-SharedFrame $camera
        Start-Sleep -Milliseconds 60
        $file = $frame | ConvertTo-Deserialized | Save-SharedFrame "$folder/given.raw"
        [Linq.Enumerable]::SequenceEqual([IO.File]::ReadAllBytes($file.FullName), $frame.Data) | Should -BeTrue
        $file = $frame | Select-Object *, Data | Save-SharedFrame "$folder/selected.raw"
        [Linq.Enumerable]::SequenceEqual([IO.File]::ReadAllBytes($file.FullName), $frame.Data) | Should -BeTrue

        $without = @(
            $frame | Select-Object Name, Scope, FrameNumber
            $frame | Select-Object *
            $frame | ConvertTo-Json | ConvertFrom-Json
            [pscustomobject] @{ Name = $camera; Scope = 'Local' }
            Use-SharedFrame $camera { $_ }
            $camera
        )
        foreach ($object in $without) {
            $null = $object | Save-SharedFrame "$folder/none.png" -TimeoutSec 5 -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'NoPixels,*'
        }
        Test-Path "$folder/none.png" | Should -BeFalse
    }

    It 'refuses paths that are no files, and makes no folder without a word' {
        $frame = Get-SharedFrame $camera
        foreach ($path in 'Variable:/p.png', 'Env:/', 'Function:/p.png') {
            $null = $frame | Save-SharedFrame $path -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            "$failure" | Should -BeLike '*provider*'
        }
        $null = $frame | Save-SharedFrame "$folder/new/p.png" -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'SaveFailed,*'
        Test-Path "$folder/new" | Should -BeFalse
        ($frame | Save-SharedFrame "$folder/new/p.png" -Force).Name | Should -Be 'p.png'
        ($frame | Save-SharedFrame "$folder/a%03d.png").Name | Should -Be 'a%03d.png'
    }

    It 'changes nothing with -WhatIf' {
        Save-SharedFrame "$folder/a.png" -Name $camera -WhatIf | Should -BeNullOrEmpty
        @(Get-ChildItem $folder -Force).Count | Should -Be 0
    }

    It 'refuses an extension that misleads' {
        $null = Save-SharedFrame "$folder/a.gif" -Name $camera -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'fails for a missing channel, and stops at Ctrl+C' {
        $null = Save-SharedFrame "$folder/a.png" -Name "$prefix.missing" -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        (Measure-Stop "Save-SharedFrame '$folder/a.png' -Name '$prefix.never' -TimeoutSec 600").TotalSeconds | Should -BeLessThan 5
    }

    It 'binds from what the other cmdlets give, and completes -Name' {
        (Get-CameraPublisher $camera | Save-SharedFrame "$folder/c.png").Name | Should -Be 'c.png'
        (Get-Completion "Save-SharedFrame -Name $camera").CompletionText | Should -Be $camera
    }
}
