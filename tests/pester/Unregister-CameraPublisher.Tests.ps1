BeforeDiscovery {
    $isRoot = $env:OS -ne 'Windows_NT' -and (id -u) -eq 0
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
}

Describe 'Unregister-CameraPublisher' {
    It 'is content with a pattern that nothing matches, and not with a name' {
        Unregister-CameraPublisher "$name*" -ErrorAction Stop | Should -BeNullOrEmpty
        Unregister-CameraPublisher $name -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    Context 'with a unit of ours' -Skip:(-not $isRoot) {
        BeforeAll {
            $folder = "/etc/$name"
            $unit = "/etc/systemd/system/winmmf-$($name.Replace('.', '_')).service"
            $null = New-Item -ItemType Directory -Path $folder, '/etc/systemd/system' -Force
            Set-Content -LiteralPath "$folder/cameras.json" -Value "{ `"publishers`": [ { `"name`": `"$name.a`", `"synthetic`": true } ] }"
            Set-Content -LiteralPath $unit -Value "[Service]`nExecStart=/bin/true`nUser=daemon`n[X-WinMmf]`nConfiguration=$folder/cameras.json"
        }

        AfterAll {
            Remove-Item -LiteralPath $unit, $folder -Recurse -Force
        }

        It 'changes nothing with -WhatIf' {
            Unregister-CameraPublisher "$name.a" -WhatIf
            (Get-CameraPublisherRegistration "$name.a").Name | Should -Be "$name.a"
        }

        It 'says so where systemd does not run the machine, and leaves the file as it is' -Skip:(Test-Path -Path '/run/systemd/system') {
            Unregister-CameraPublisher "$name.a" -ErrorAction SilentlyContinue -ErrorVariable failure
            $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported,*'
            (Get-CameraPublisherRegistration "$name.a").Name | Should -Be "$name.a"
        }

        It 'completes names' {
            (Get-Completion "Unregister-CameraPublisher $name").CompletionText | Should -Be "$name.a"
        }
    }
}
