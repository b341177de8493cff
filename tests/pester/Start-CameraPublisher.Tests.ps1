BeforeDiscovery {
    $hasFfmpeg = [bool] (Get-Command -Name ffmpeg -CommandType Application -ErrorAction SilentlyContinue)
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $hasOpenCv = Test-HasOpenCv
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $prefix = New-TestName
}

AfterAll {
    Get-CameraPublisher "$prefix*" | Stop-CameraPublisher -Force
}

Describe 'Start-CameraPublisher' {
    It 'starts a publisher and returns when its first frame can be read' {
        $publisher = Start-CameraPublisher "$prefix.one" -Synthetic -Width 80 -Height 60 -FrameRate 25 -PixelFormat Bgra32 -Slots 5
        $publisher | Should -BeOfType WinMmf.PowerShell.Output.CameraPublisher
        $publisher.Name | Should -Be "$prefix.one"
        $publisher.Scope | Should -Be 'Local'
        $publisher.State | Should -Be 'Live'
        $publisher.Width | Should -Be 80
        $publisher.Height | Should -Be 60
        $publisher.PixelFormat | Should -Be 'Bgra32'
        $publisher.FrameRate | Should -Be 25
        $publisher.Slots | Should -Be 5
        $publisher.FrameNumber | Should -BeGreaterThan 0
        (Get-Process -Id $publisher.ProcessId).HasExited | Should -BeFalse
        (Get-SharedFrame "$prefix.one" -TimeoutSec 0).Length | Should -Be (80 * 60 * 4)
    }

    It 'locks frames in memory and shows what is really locked' {
        $publisher = Start-CameraPublisher "$prefix.locked" -Synthetic -Width 320 -Height 240 -Resident Locked -WarningVariable less -WarningAction SilentlyContinue
        if (Test-OnWine) {
            $less -join ' ' | Should -BeLike '*confirms 0 of*'
        } else {
            $less | Should -BeNullOrEmpty
            $publisher.LockedBytes | Should -BeGreaterThan (320 * 240 * 3 * 4)
        }
        (Get-SharedMemoryInfo "$prefix.locked").LockedBytes | Should -Be $publisher.LockedBytes
        (Get-Completion 'Start-CameraPublisher x -Synthetic -Resident L').CompletionText | Should -Be 'LargePages', 'Locked'
    }

    It 'outlives the session that started it' {
        $shell = [PowerShell]::Create()
        $null = $shell.AddScript((Get-ImportLine) + "Start-CameraPublisher '$prefix.outlives' -Synthetic -Width 64 -Height 48").Invoke()
        $shell.Runspace.Dispose()
        (Get-SharedFrame "$prefix.outlives").Width | Should -Be 64
    }

    It 'refuses a name that another publisher has, and says who' {
        $null = Start-CameraPublisher "$prefix.twice" -Synthetic -Width 64 -Height 48
        $null = Start-CameraPublisher "$prefix.twice" -Synthetic -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ChannelInUse,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceBusy'
        $failure[0].TargetObject | Should -Be "$prefix.twice"
        $failure[0].Exception.Message | Should -BeLike "*process $((Get-CameraPublisher "$prefix.twice").ProcessId)*"
    }

    It 'takes over from a publisher that was killed' {
        $first = Start-CameraPublisher "$prefix.again" -Synthetic -Width 64 -Height 48 -FrameRate 50
        Stop-Process -Id $first.ProcessId -Force
        $second = Start-CameraPublisher "$prefix.again" -Synthetic -Width 64 -Height 48 -FrameRate 50
        $second.ProcessId | Should -Not -Be $first.ProcessId
        $second.State | Should -Be 'Live'
    }

    It 'refuses a plain memory''s name' {
        $memory = New-SharedMemory "$prefix.plain" -Size 1KB
        try {
            $null = Start-CameraPublisher "$prefix.plain" -Synthetic -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'AlreadyExists,*'
        } finally {
            $memory.Dispose()
        }
    }

    It 'starts several from one table, and with -Force replaces those that run' {
        $rows = "Name,Scope,Width,Height,Force`n$prefix.csv.1,Local,64,48,True`n$prefix.csv.2,Global,64,32,False" | ConvertFrom-Csv
        $first = @($rows | Start-CameraPublisher -Synthetic -ErrorAction Stop)
        $first.Name | Should -Be "$prefix.csv.1", "$prefix.csv.2"
        $first.Scope | Should -Be 'Local', 'Global'
        $second = @($rows | Start-CameraPublisher -Synthetic -FrameRate 15 -ErrorAction SilentlyContinue -ErrorVariable failure)
        $failure.Count | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ChannelInUse,*'
        $failure[0].TargetObject | Should -Be "$prefix.csv.2"
        $second.Name | Should -Be "$prefix.csv.1"
        $second.ProcessId | Should -Not -Be $first[0].ProcessId
        $second.FrameRate | Should -Be 15
        @(Get-CameraPublisher "$prefix.csv*").ProcessId | Sort-Object | Should -Be (@($second.ProcessId, $first[1].ProcessId) | Sort-Object)
    }

    It 'takes an empty cell of a table for a value that is not given: <_>' -ForEach @(
        'Width', 'Height', 'FrameRate', 'PixelFormat', 'Slots', 'Scope', 'ReadAccess', 'Sddl', 'Resident', 'MirrorName', 'MirrorAccess', 'MirrorWaitSec',
        'LogPath', 'Force', 'TimeoutSec'
    ) {
        $file = Join-Path $TestDrive 'cameras.csv'
        Set-Content -LiteralPath $file -Value "Name,$_", "$prefix.empty,"
        $started = Import-Csv -LiteralPath $file | Start-CameraPublisher -Synthetic -ErrorAction Stop
        Stop-CameraPublisher "$prefix.empty"
        $started.Width, $started.Height, $started.PixelFormat, $started.Scope, $started.LockedBytes | Should -Be 1280, 720, 'Bgr24', 'Local', 0
    }

    It 'takes from each row what it has, whatever the row before had' {
        $file = Join-Path $TestDrive 'mixed.csv'
        Set-Content -LiteralPath $file -Value 'Name,Width,Height,PixelFormat,FrameRate', "$prefix.mixed.1,64,48,Gray8,5", "$prefix.mixed.2,,,,", "$prefix.mixed.3,0,,,"
        $started = @(Import-Csv -LiteralPath $file | Start-CameraPublisher -Synthetic -ErrorAction SilentlyContinue -ErrorVariable failure)
        $started.Format | Should -Be '64x48 Gray8', '1280x720 Bgr24'
        $started.FrameRate | Should -Be 5, 30
        $failure.Count | Should -Be 1
        "$($failure[0])" | Should -BeLike '*A value of 0 is impossible. Give 1 to 65535.*'
        { Start-CameraPublisher "$prefix.prompt" -Synthetic -Width '' } | Should -Throw -ErrorId 'InvalidArgument,*'
        { Start-CameraPublisher "$prefix.prompt" -Synthetic -LogPath $null } | Should -Throw -ErrorId 'InvalidArgument,*'
        Get-CameraPublisher "$prefix.prompt*" | Should -BeNullOrEmpty
    }

    It 'takes files and cameras from one table, each row by what it has' -Skip:(-not $hasFfmpeg) {
        $clip = Join-Path $TestDrive 'row.avi'
        ffmpeg -loglevel error -y -f lavfi -i testsrc=size=96x64:rate=10 -t 2 -c:v mjpeg $clip
        $file = Join-Path $TestDrive 'sources.csv'
        Set-Content -LiteralPath $file -Value @(
            'Name,Path,Camera,Backend,InputFormat,Loop,NoPace,StallTimeoutSec,Width'
            "$prefix.row.1,$clip,,,,True,,,"
            "$prefix.row.2,,no such camera,,,,,,64"
            "$prefix.row.3,,,,,,,,"
            "$prefix.row.4,$clip,both,,,,,,"
            "$prefix.row.5,testsrc=size=64x48:rate=25,,Ffmpeg,lavfi,,False,5,32"
        )
        $started = @(Import-Csv -LiteralPath $file | Start-CameraPublisher -ErrorAction SilentlyContinue -ErrorVariable failure)
        $started.Name | Should -Be "$prefix.row.1", "$prefix.row.5"
        $started.Width | Should -Be 96, 32
        $failure.FullyQualifiedErrorId -replace ',.*' | Should -Be 'CameraNotFound', 'InvalidArgument', 'InvalidArgument'
        "$($failure[1])" | Should -BeLike 'There is nothing to publish*'
        "$($failure[2])" | Should -BeLike '*are two sources*'
        { Start-CameraPublisher "$prefix.prompt" -Path '' } | Should -Throw -ErrorId 'InvalidArgument,*'

        # An empty cell at the end of a row is null.
        Set-Content -LiteralPath $file -Value 'Name,Path,Camera', "$prefix.row.6,$clip,", "$prefix.row.7,,"
        $started = @(Import-Csv -LiteralPath $file | Start-CameraPublisher -ErrorAction SilentlyContinue -ErrorVariable failure)
        $started.Name | Should -Be "$prefix.row.6"
        "$($failure[0])" | Should -BeLike 'There is nothing to publish*'
        Set-Content -LiteralPath $file -Value 'Name,Camera,Path', "$prefix.row.8,no such camera,"
        $null = Import-Csv -LiteralPath $file | Start-CameraPublisher -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CameraNotFound,*'
    }

    It 'says with -WhatIf whom -Force would replace, and stops nobody' {
        $running = Start-CameraPublisher "$prefix.replace" -Synthetic -Width 64 -Height 48
        $said = (Get-ImportLine) + "Start-CameraPublisher '$prefix.replace' -Synthetic -Force -WhatIf"
        $text = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $said | Out-String
        $text | Should -BeLike "*in place of process $($running.ProcessId)*"
        (Get-CameraPublisher "$prefix.replace").ProcessId | Should -Be $running.ProcessId

        # A request that makes no sense costs nobody the channel.
        Start-CameraPublisher "$prefix.replace" -Path 'x.mp4' -Force -MirrorAccess Users -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-CameraPublisher "$prefix.replace").ProcessId | Should -Be $running.ProcessId
    }

    It 'says why it failed, in the log from the first moment too' {
        $log = Join-Path $TestDrive 'failed.log'
        $null = Start-CameraPublisher "$prefix.failed" -Path (Join-Path $TestDrive 'missing.mp4') -LogPath $log -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 1
        $lines = @(Get-Content -LiteralPath $log)
        $lines[0] | Should -Match '^\d{4}-\d\d-\d\dT\S+Z starts, process \d+$'
        $lines[-1] | Should -BeLike "* failed: $(($failure[0].FullyQualifiedErrorId -split ',')[0]): *"
    }

    It 'is asked by the state why the source failed: LastError, with its time' -Skip:(-not (Get-Command ffmpeg -ErrorAction Ignore)) {
        $publisher = Start-CameraPublisher "$prefix.lasterror" 'testsrc=size=64x48:rate=25:duration=2' -InputFormat lavfi -ErrorAction Stop
        $publisher.LastError | Should -BeNullOrEmpty
        $publisher.SourceState | Should -Be 'Running'
        for ($i = 0; $i -lt 600 -and -not $publisher.LastError; $i++) {
            Start-Sleep -Milliseconds 50
            $publisher = Get-CameraPublisher "$prefix.lasterror"
        }
        $publisher.LastError | Should -BeLike 'PublisherFailed: *ended after*'
        $publisher.SourceState | Should -BeIn 'Failed', 'Running'
        (Get-SharedMemoryInfo "$prefix.lasterror").SourceState | Should -BeIn 'Failed', 'Running'
        $publisher.LastErrorAt | Should -BeGreaterThan (Get-Date).AddMinutes(-5)
        $publisher | Format-List | Out-String | Should -Match 'LastError +: .*ended after'
        (Get-SharedMemoryInfo "$prefix.lasterror").LastError | Should -BeLike '*ended after*'
        ($publisher | ConvertTo-Json | ConvertFrom-Json).LastError | Should -BeLike '*ended after*'
        Stop-CameraPublisher "$prefix.lasterror" -Force
    }

    It 'takes its parameters from a table and goes on after a bad row' {
        $rows = "Name,Width,Height,FrameRate,PixelFormat`nbad/name,64,48,10,Bgr24`n$prefix.table,72,48,12.5,Yuy2" | ConvertFrom-Csv
        $started = $rows | Start-CameraPublisher -Synthetic -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidName,*'
        $started.Name | Should -Be "$prefix.table"
        $started.Width | Should -Be 72
        $started.FrameRate | Should -Be 12.5
        $started.PixelFormat | Should -Be 'Yuy2'
    }

    It 'starts nothing with -WhatIf' {
        Start-CameraPublisher "$prefix.whatif" -Synthetic -WhatIf | Should -BeNullOrEmpty
        Get-CameraPublisher "$prefix.whatif*" | Should -BeNullOrEmpty
    }

    It 'gives the publisher''s own reason for an impossible format' {
        $null = Start-CameraPublisher "$prefix.odd" -Synthetic -Width 63 -Height 48 -PixelFormat Nv12 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidFormat,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'lists the formats that frames have for one that is none, and refuses a folder as log' {
        foreach ($line in 'Start-CameraPublisher x -Synthetic -PixelFormat rgb24', 'Start-CameraPublisher x -Synthetic -PixelFormat None', 'Get-SharedFrame x -PixelFormat rgb24') {
            $failure = try { . ([scriptblock]::Create($line)) } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
            "$failure" | Should -BeLike '*is no pixel format. Choose one of: *Nv12*'
            "$failure" -replace "'None'" | Should -Not -BeLike '*None*'
        }
        foreach ($folder in [string] $TestDrive, [IO.Path]::GetPathRoot([string] $TestDrive)) {
            $null = Start-CameraPublisher "$prefix.log" -Synthetic -LogPath $folder -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            "$($failure[0])" | Should -BeLike '*is a folder. -LogPath names a file.*'
        }
    }

    It 'says of a refused connection one cause and one remedy' -Skip:(-not $hasFfmpeg) {
        foreach ($address in 'rtsp://127.0.0.1:9/x', 'http://127.0.0.1:9/x') {
            $null = Start-CameraPublisher "$prefix.refused" $address -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure.Count | Should -Be 1
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'SourceUnreachable,*'
            "$($failure[0])" | Should -Match "^'$([regex]::Escape($address))' refuses the connection: [^:]+: [^;/]*tcp://127\.0\.0\.1:9\S* failed: Connection refused\. Check the port, and that the sender runs\.$"
            $failure[0].ErrorDetails.RecommendedAction | Should -BeNullOrEmpty
        }
        $null = Start-CameraPublisher "$prefix.refused" 'x' -InputFormat 'nono' -ErrorAction SilentlyContinue -ErrorVariable failure
        "$($failure[0])" | Should -BeLike "*has no such input format ('nono')*"
    }

    It 'gives a reason for a file that does not exist' {
        $null = Start-CameraPublisher "$prefix.nofile" (Join-Path $TestDrive 'no such file.mp4') -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike '*no such file.mp4*'
        Get-CameraPublisher "$prefix.nofile*" | Should -BeNullOrEmpty
    }

    It 'plays a file whose name has blanks and quotation marks' -Skip:(-not $hasFfmpeg) {
        $file = Join-Path $TestDrive 'a "test" file.mkv'
        if ($IsWindows) { $file = Join-Path $TestDrive "a 'test' file.mkv" }
        ffmpeg -loglevel error -f lavfi -i testsrc=size=96x64:rate=10 -t 2 -c:v mjpeg $file
        $publisher = Start-CameraPublisher "$prefix.file" $file -Loop
        $publisher.Width | Should -Be 96
        $publisher.Height | Should -Be 64
        Start-Sleep -Seconds 3
        (Get-CameraPublisher "$prefix.file").State | Should -Be 'Live' -Because '-Loop begins anew'
    }

    It 'opens a device by its input format, with options for it, and logs' -Skip:(-not $hasFfmpeg) {
        $log = Join-Path $TestDrive 'device.log'
        $publisher = Start-CameraPublisher "$prefix.device" 'testsrc=size=64x48:rate=25' -InputFormat lavfi -InputOption @{ probesize = 32 } -LogPath $log
        $publisher.Width | Should -Be 64
        $publisher.State | Should -Be 'Live'
        Stop-CameraPublisher "$prefix.device"
        Get-Content $log | Should -HaveCount 4
        Get-Content $log -TotalCount 1 | Should -BeLike '*starts, process*'
        Get-Content $log -Tail 1 | Should -BeLike '*ended (Stop)*'
    }

    It 'passes MJPEG through undecoded' -Skip:(-not $hasFfmpeg) {
        $file = Join-Path $TestDrive 'mjpeg.avi'
        ffmpeg -loglevel error -f lavfi -i testsrc=size=96x64:rate=10 -t 2 -c:v mjpeg $file
        $null = Start-CameraPublisher "$prefix.mjpg" $file -Loop -PixelFormat Mjpg
        $frame = Get-SharedFrame "$prefix.mjpg"
        $frame.PixelFormat | Should -Be 'Mjpg'
        $frame.Width | Should -Be 96
        $frame.Data[0..1] | Should -Be 0xFF, 0xD8
        $frame.Data[-2..-1] | Should -Be 0xFF, 0xD9
    }

    It 'gives the reason for an option or a format that makes no sense' {
        $null = Start-CameraPublisher "$prefix.bad" 'http://127.0.0.1:9/x' -InputOption @{ '-y' = 1 } -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $null = Start-CameraPublisher "$prefix.bad" 'http://127.0.0.1:9/x' -Loop -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'finds no camera where there is none of that name, and says what there is, before it starts anything' {
        $null = Start-CameraPublisher "$prefix.camera" -Camera 'no such camera' -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CameraNotFound,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure[0].TargetObject | Should -Be "$prefix.camera"
        Get-SharedMemoryInfo "$prefix.camera*" | Should -BeNullOrEmpty
        $row = [pscustomobject] @{ Name = "$prefix.row"; Camera = 'no such camera'; Width = 64; Height = 48; Backend = 'OpenCv' }
        $null = $row | Start-CameraPublisher -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'CameraNotFound,*'
        $null = Start-CameraPublisher "$prefix.nothing" -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        { Start-CameraPublisher "$prefix.both" -Camera x -Path y } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'takes cameras from the pipeline, each under a name of its own, and completes them' {
        $cameras = @(Get-CameraDevice)
        $text = @($cameras | Start-CameraPublisher -WhatIf -ErrorVariable failure -ErrorAction SilentlyContinue)
        $text | Should -BeNullOrEmpty
        $failure | Should -BeNullOrEmpty
        @((Get-Completion "Start-CameraPublisher $prefix.x -Camera ").CompletionText).Count | Should -BeGreaterOrEqual $cameras.Count
        Get-Completion "Start-CameraPublisher $prefix.x -Camera nosuchcamera" | Should -BeNullOrEmpty
    }

    It 'warns of wider access, and wants a memory for it' {
        $null = Start-CameraPublisher "$prefix.wide" -Scope Global -Synthetic -Width 64 -Height 48 -MirrorName "$prefix.w" -MirrorAccess Users -WarningAction SilentlyContinue -WarningVariable warning
        "$warning" | Should -BeLike '*Users may write the mirror*'
        $null = Start-CameraPublisher "$prefix.wide2" -Scope Global -Synthetic -Width 64 -Height 48 -MirrorName "$prefix.w2" -WriteAccess Everyone -WarningAction SilentlyContinue -WarningVariable warning
        "$warning" | Should -BeLike '*Everyone may write the mirror*'
        Test-SharedMemoryAccess "$prefix.w2" Everyone -ClientType WinMmfCrate | Should -BeTrue
        $null = Start-CameraPublisher "$prefix.none" -Synthetic -MirrorAccess Users -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'lives with larger frames than a mirror that others keep, and says how to go on' {
        $memory = New-SharedMemory "$prefix.small" 1KB
        try {
            $publisher = Start-CameraPublisher "$prefix.larger" -Synthetic -Width 64 -Height 48 -MirrorName "$prefix.small" -WarningAction SilentlyContinue -WarningVariable warning -ErrorAction Stop
            $publisher.State | Should -Be 'Live'
            "$warning" | Should -BeLike '*exists with 1024 bytes of data, and a frame has 9216. End the programs that have it open*'
        } finally {
            $memory.Dispose()
        }
    }

    It 'ends what it started when the first frame does not come in time' {
        $null = Start-CameraPublisher "$prefix.slow" -Synthetic -TimeoutSec 0 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'Timeout,*'
        $failure[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        Get-SharedMemoryInfo "$prefix.slow*" | Should -BeNullOrEmpty
    }

    It 'ends what it started at Ctrl+C' -Skip:($env:OS -eq 'Windows_NT') {
        $program = Join-Path $TestDrive 'slow-publisher'
        $started = Join-Path $TestDrive 'started'
        Set-Content -Path $program -Value "#!/bin/sh`necho `$`$ > '$started'`nexec sleep 600"
        chmod +x $program
        $before = $env:WINMMF_PUBLISHER
        try {
            $env:WINMMF_PUBLISHER = $program
            (Measure-Stop "Start-CameraPublisher '$prefix.slow' -Synthetic -TimeoutSec 600" -AfterMilliseconds 1500).TotalSeconds | Should -BeLessThan 3
        } finally {
            $env:WINMMF_PUBLISHER = $before
        }
        Get-Process -Id (Get-Content $started) -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'says how to mend a missing publisher program' {
        $before = $env:WINMMF_PUBLISHER
        try {
            $env:WINMMF_PUBLISHER = Join-Path $TestDrive 'nothing-here'
            $null = Start-CameraPublisher "$prefix.noprogram" -Synthetic -ErrorAction SilentlyContinue -ErrorVariable failure
        } finally {
            $env:WINMMF_PUBLISHER = $before
        }
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ProgramNotFound,*'
        $failure[0].Exception.Message | Should -BeLike '*WINMMF_PUBLISHER*'
    }

    It 'starts no publisher by a path that depends on the folder, and says so' {
        $before = $env:WINMMF_PUBLISHER
        try {
            $env:WINMMF_PUBLISHER = 'WinMmf.Publisher'
            $null = Start-CameraPublisher "$prefix.relative" -Synthetic -ErrorAction SilentlyContinue -ErrorVariable failure
        } finally {
            $env:WINMMF_PUBLISHER = $before
        }
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ProgramNotTrusted,*'
        $failure[0].ErrorDetails.RecommendedAction | Should -Be 'Give its full path.'
    }

    It 'wants either a path or -Synthetic' {
        { Start-CameraPublisher "$prefix.both" -Path 'x.mp4' -Synthetic } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'opens numbered pictures by OpenCV, whose process ends with the publisher' -Skip:(-not $hasOpenCv) {
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'scans')
        Start-CameraPublisher "$prefix.scan" -Synthetic -Width 64 -Height 48 | Out-Null
        1..3 | ForEach-Object { Get-SharedFrame "$prefix.scan" | Save-SharedFrame (Join-Path $folder "scan_$_.bmp") }
        $publisher = Start-CameraPublisher "$prefix.opencv" (Join-Path $folder 'scan_%d.bmp') -Backend OpenCv -FrameRate 50 -Loop
        $publisher.Width, $publisher.Height, "$($publisher.PixelFormat)", $publisher.FrameRate, $publisher.State | Should -Be 64, 48, 'Bgr24', 50, 'Live'
        Stop-CameraPublisher "$prefix.opencv" -Confirm:$false
        { Start-CameraPublisher "$prefix.opencv" (Join-Path $folder 'scan_1.bmp') -Backend OpenCv -PixelFormat Mjpg } |
            Should -Throw -ErrorId 'InvalidFormat,*'
        (Get-Completion 'Start-CameraPublisher x y -Backend O').CompletionText | Should -Be 'OpenCv'
        { Start-CameraPublisher "$prefix.opencv" -Synthetic -Backend OpenCv } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'completes -Name, -InputFormat, -InputOption, -PixelFormat and -ReadAccess' {
        (Get-Completion 'Start-CameraPublisher x y -InputFormat d').CompletionText | Should -Be 'dshow'
        (Get-Completion "Start-CameraPublisher -Name $prefix.on").CompletionText | Should -Not -Contain "$prefix.one" -Because 'it is taken'
        (Get-Completion "Start-CameraPublisher -Force -Name $prefix.on").CompletionText | Should -Be "$prefix.one"
        (Get-Completion 'Start-CameraPublisher x y -InputOption ').CompletionText | Should -Contain "@{ rtsp_transport = 'tcp' }"
        (Get-Completion 'Start-CameraPublisher x -Synthetic -PixelFormat Bgr').CompletionText | Should -Be 'Bgr24', 'Bgra32'
        foreach ($line in 'Start-CameraPublisher x -Synthetic -PixelFormat ', 'Get-SharedFrame x -PixelFormat ') {
            (Get-Completion $line).CompletionText | Should -Contain 'Nv12'
            (Get-Completion $line).CompletionText | Should -Not -Contain 'None'
        }
        (Get-Completion 'Start-CameraPublisher x -Synthetic -ReadAccess E').CompletionText | Should -Contain 'Everyone'
    }

    It 'runs the publishers of a configuration file, and applies a change of it to those that it concerns' {
        $file = Join-Path $TestDrive 'cameras.json'
        $entry = '{{ "name": "{0}", "synthetic": true, "width": 64, "height": 48, "frameRate": {1}, "logPath": "{0}.log" }}'
        Set-Content -Path $file -Value "{ ""publishers"": [ $($entry -f "$prefix.file.a", 10), $($entry -f "$prefix.file.b", 10) ] }"
        $started = @(Start-CameraPublisher -ConfigurationPath $file -LogPath (Join-Path $TestDrive 'run.log') -TimeoutSec 60)
        $started.Name | Should -Be "$prefix.file.a", "$prefix.file.b"
        $started.State | Should -Be 'Live', 'Live'

        $null = Start-CameraPublisher -ConfigurationPath $file -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ConfigurationInUse,*'

        Set-Content -Path $file -Value "{ ""publishers"": [ $($entry -f "$prefix.file.a", 10), $($entry -f "$prefix.file.b", 20) ] }"
        $until = [DateTime]::UtcNow.AddSeconds(60)
        while ((Get-CameraPublisher "$prefix.file.b" -ErrorAction Ignore).FrameRate -ne 20 -and [DateTime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 100 }
        (Get-CameraPublisher "$prefix.file.b").FrameRate | Should -Be 20
        (Get-CameraPublisher "$prefix.file.a").ProcessId | Should -Be $started[0].ProcessId

        # What is stopped stays stopped; with the last one the process that runs the file ends, and the file can be run again.
        Stop-CameraPublisher "$prefix.file.*"
        while (-not (Select-String -Path (Join-Path $TestDrive 'run.log') -Pattern 'every publisher' -Quiet) -and [DateTime]::UtcNow -lt $until) {
            Start-Sleep -Milliseconds 100
        }
        Get-CameraPublisher "$prefix.file.*" | Should -BeNullOrEmpty
        Get-Content -Path (Join-Path $TestDrive 'run.log') -Raw | Should -BeLike '*1 changed, 1 untouched*every publisher was stopped*'
    }

    It 'refuses a configuration file with errors before anything is started, and other parameters beside it' {
        $file = Join-Path $TestDrive 'bad.json'
        Set-Content -Path $file -Value "{ ""publishers"": [`n { ""name"": ""$prefix.bad"", ""synthetic"": true, ""width"": 0 } ] }"
        $null = Start-CameraPublisher -ConfigurationPath $file -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
        $failure[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure[0].Exception.Message | Should -BeLike '*bad.json(2,*width*'
        $null = Start-CameraPublisher -ConfigurationPath $file -Width 3 -Slots 5 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $failure[0].Exception.Message | Should -BeLike '*-Slots, -Width*'
    }
}
