BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    Add-Type -AssemblyName System.IO.Compression, System.IO.Compression.FileSystem
    $folder = Join-Path ([IO.Path]::GetTempPath()) (New-TestName)
    $null = New-Item -ItemType Directory -Path $folder
    $camera = New-TestName 'camera'
    $log = Join-Path $folder 'publisher.log'
    $null = Start-CameraPublisher $camera -Synthetic -Width 64 -Height 48 -LogPath $log
    $memory = New-SharedMemory (New-TestName 'memory') -Size 1KB

    # The files of a zip, as a table of texts.
    function Read-Zip {
        param([string] $Path)

        $zip = [IO.Compression.ZipFile]::OpenRead($Path)
        try {
            $files = @{}
            foreach ($entry in $zip.Entries) {
                $reader = [IO.StreamReader]::new($entry.Open())
                $files[$entry.FullName] = $reader.ReadToEnd()
                $reader.Dispose()
            }
            $files
        } finally {
            $zip.Dispose()
        }
    }
}

AfterAll {
    Stop-CameraPublisher $camera -Force
    $memory.Dispose()
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'Export-WinMmfDiagnostic' {
    It 'packs what a ticket needs, and no picture' {
        $path = Join-Path $folder 'ticket.zip'
        $file = Export-WinMmfDiagnostic $path
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be $path
        $files = Read-Zip $path
        foreach ($name in 'module.txt', 'environment.txt', 'privileges.txt', 'memories.txt', 'access.txt', 'locks.txt', 'holders.txt', 'publishers.txt', 'contents.txt') {
            $files.Keys | Should -Contain $name
        }
        $files['contents.txt'] | Should -Not -Match 'MISSING'
        $files['module.txt'] | Should -Match 'PSVersion'
        $files['module.txt'] | Should -Match '[0-9a-f]{64} \d+ .*WinMmf\.PowerShell\.dll'
        $files['environment.txt'] | Should -Match 'Check +: Ffmpeg'
        $files['memories.txt'] | Should -Match ([regex]::Escape($camera))
        $files['access.txt'] | Should -Match ([regex]::Escape($camera))
        $files['locks.txt'] | Should -Match ([regex]::Escape($memory.Name))
        $files['holders.txt'] | Should -Match "ProcessId +: $PID"
        $files['publishers.txt'] | Should -Match 'published : \d+'
        $files["logs/Local-$camera.log"] | Should -Match 'first frame'
        @($files.Keys -like 'frames/*').Count | Should -Be 0
        @($files.Keys -like 'errors/*').Count | Should -Be 0
    }

    It 'packs a picture of each channel where it is asked for' {
        $path = Join-Path $folder 'picture.zip'
        $null = Export-WinMmfDiagnostic $path -IncludeFrame
        $zip = [IO.Compression.ZipFile]::OpenRead($path)
        try {
            $picture = $zip.GetEntry("frames/Local-$camera.png")
            $stream = $picture.Open()
            $start = [byte[]]::new(4)
            $null = $stream.Read($start, 0, 4)
            $start | Should -Be 0x89, 0x50, 0x4E, 0x47
            $stream.Dispose()
        } finally {
            $zip.Dispose()
        }
    }

    It 'never replaces a file without -Force' {
        $path = Join-Path $folder 'there.zip'
        Set-Content -Path $path -Value 'mine'
        $null = Export-WinMmfDiagnostic $path -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        Get-Content $path | Should -Be 'mine'
        (Export-WinMmfDiagnostic $path -Force).Length | Should -BeGreaterThan 500
    }

    It 'writes nothing with -WhatIf' {
        Export-WinMmfDiagnostic (Join-Path $folder 'none.zip') -WhatIf | Should -BeNullOrEmpty
        Test-Path (Join-Path $folder 'none.zip*') | Should -BeFalse
    }

    It 'finds a name of its own in a folder' {
        $sub = Join-Path $folder 'sub'
        $null = New-Item -ItemType Directory -Path $sub
        $file = Export-WinMmfDiagnostic $sub
        $file.Name | Should -BeLike 'WinMmf-*.zip'
        @(Get-ChildItem $sub).Count | Should -Be 1
    }

    It 'says where it cannot write' {
        $null = Export-WinMmfDiagnostic (Join-Path $folder 'no/such/folder.zip') -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'SaveFailed,*'
    }
}
