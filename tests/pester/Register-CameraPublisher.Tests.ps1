BeforeDiscovery {
    $isRoot = $env:OS -ne 'Windows_NT' -and (id -u) -eq 0
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
    $account = if (Test-OnWindows) { 'NT AUTHORITY\LocalService' } else { 'daemon' }

    # What -WhatIf prints goes to the host: a session of its own shows it.
    function Get-Printed {
        param([string] $Command)

        $shell = (Get-Process -Id $PID).Path
        (& $shell -NoLogo -NoProfile -NonInteractive -Command "$(Get-ImportLine) $Command" 2>&1 | Out-String) -replace "`r"
    }
}

Describe 'Register-CameraPublisher' {
    Context 'on Linux' -Skip:(-not $isRoot) {
        BeforeAll {
            $folder = "/etc/$name"
            $null = New-Item -ItemType Directory -Path $folder
            $file = "$folder/cameras.json"
            $null = New-Item -ItemType Directory -Path "$folder/open"
            chmod 0777 "$folder/open"
        }

        AfterAll {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }

        It 'prints the hardened unit with -WhatIf, and changes nothing' {
            $text = Get-Printed "Register-CameraPublisher '$name' -Synthetic -Account daemon -ConfigurationPath '$file' -WhatIf"
            $text | Should -Match '(?m)^ExecStart=\S+WinMmf\.Publisher.* run --configuration '
            $text | Should -Match '(?m)^User=daemon$'
            $text | Should -Match '(?m)^NoNewPrivileges=yes$'
            $text | Should -Match '(?m)^PrivateNetwork=yes$'
            $text | Should -BeLike "*What if: *Global\$name*"
            Test-Path -LiteralPath $file | Should -BeFalse
        }

        It 'gives network only to a publisher whose source is an address, and shows no password' {
            $text = Get-Printed "Register-CameraPublisher '$name' -Path 'rtsp://user:secret@camera/stream' -Account daemon -ConfigurationPath '$file' -WhatIf"
            $text | Should -Not -Match 'PrivateNetwork'
            $text | Should -Match '(?m)^RestrictAddressFamilies=.*AF_INET6'
            $text | Should -Not -Match 'secret'
        }

        It 'refuses a configuration in a folder that ordinary users can write, and names folder and account' {
            Register-CameraPublisher $name -Synthetic -Account daemon -ConfigurationPath "$folder/open/cameras.json" -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'ProgramNotTrusted,*'
            "$failure" | Should -BeLike "*every account can change '$folder/open'*"
        }

        It 'refuses a folder whose owner is an ordinary user, also behind a link' {
            $null = New-Item -ItemType Directory -Path "$folder/theirs/deep"
            chown daemon "$folder/theirs"
            $null = New-Item -ItemType SymbolicLink -Path "$folder/link" -Target "$folder/theirs/deep"
            Register-CameraPublisher $name -Synthetic -Account daemon -ConfigurationPath "$folder/link/cameras.json" -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'ProgramNotTrusted,*'
            "$failure" | Should -BeLike "*daemon can change '$folder/theirs'*"
        }

        It 'says that an account is missing, and how to make it' {
            Register-CameraPublisher $name -Synthetic -Account nobody-has-this-name -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'UnknownAccount,*'
            "$failure" | Should -BeLike '*useradd --system*'
        }

        It 'says so where systemd does not run the machine, and writes nothing' -Skip:(Test-Path -Path '/run/systemd/system') {
            Register-CameraPublisher $name -Synthetic -Account daemon -ConfigurationPath $file -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
            Test-Path -LiteralPath $file | Should -BeFalse
        }

        It 'takes a whole file, and refuses one with errors' {
            Set-Content -LiteralPath "$folder/two.json" -Value '{ "publishers": [ { "name": "a", "synthetic": true }, { "name": "b", "synthetic": true } ] }'
            Get-Printed "Register-CameraPublisher -ConfigurationPath '$folder/two.json' -Account daemon -WhatIf" | Should -BeLike '*What if: *Local\a, Local\b*'
            Set-Content -LiteralPath "$folder/bad.json" -Value '{ "publishers": [ { "name": "a", "synthetics": true } ] }'
            Register-CameraPublisher -ConfigurationPath "$folder/bad.json" -Account daemon -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
            Register-CameraPublisher -ConfigurationPath "$folder/two.json" -Width 640 -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        }
    }

    It 'refuses what the system does not have' {
        $other = if (Test-OnWindows) { 'Systemd' } else { 'Service' }
        Register-CameraPublisher $name -Synthetic -As $other -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
    }

    It 'refuses a service that starts when somebody signs in' {
        Register-CameraPublisher $name -Synthetic -As Service -Trigger LogOn -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$failure" | Should -BeLike '*only a ScheduledTask starts*'
    }

    It 'reports contradictions of the source as Start-CameraPublisher does' {
        Register-CameraPublisher $name -Synthetic -MirrorAccess Users -WhatIf -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'completes ways, triggers and accounts' {
        (Get-Completion 'Register-CameraPublisher x -As ').CompletionText | Should -Be 'ScheduledTask', 'Service', 'Systemd'
        (Get-Completion 'Register-CameraPublisher x -Trigger ').CompletionText | Should -Contain 'LogOn'
    }
}
