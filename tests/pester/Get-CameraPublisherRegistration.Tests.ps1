BeforeDiscovery {
    $isRoot = $env:OS -ne 'Windows_NT' -and (id -u) -eq 0
}

BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"
    $name = New-TestName
}

Describe 'Get-CameraPublisherRegistration' {
    It 'is content with a pattern that nothing matches, and not with a name' {
        Get-CameraPublisherRegistration "$name*" -ErrorAction Stop | Should -BeNullOrEmpty
        Get-CameraPublisherRegistration $name -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        "$failure" | Should -BeLike '*Get-CameraPublisherRegistration lists*'
    }

    # A unit that systemd was never told of: what is read is the folder.
    Context 'with a unit of ours' -Skip:(-not $isRoot) {
        BeforeAll {
            $folder = "/etc/$name"
            $unit = "/etc/systemd/system/winmmf-$($name.Replace('.', '_')).service"
            $null = New-Item -ItemType Directory -Path $folder, '/etc/systemd/system' -Force
            Set-Content -LiteralPath "$folder/cameras.json" -Value "{ `"publishers`": [
                { `"name`": `"$name.a`", `"scope`": `"Global`", `"synthetic`": true, `"readAccess`": [`"Users`"] },
                { `"name`": `"$name.b`", `"path`": `"rtsp://user:secret@camera/`" } ] }"
            Set-Content -LiteralPath $unit -Value "[Service]`nExecStart=/bin/true`nUser=daemon`n[X-WinMmf]`nConfiguration=$folder/cameras.json"
        }

        AfterAll {
            Remove-Item -LiteralPath $unit, $folder -Recurse -Force
        }

        It 'shows each publisher of its file' {
            $found = @(Get-CameraPublisherRegistration "$name*")
            $found | ForEach-Object { $_ | Should -BeOfType WinMmf.PowerShell.Output.CameraPublisherRegistration }
            $found.Name | Should -Be "$name.a", "$name.b"
            $found[0].Scope | Should -Be 'Global'
            $found[0].As | Should -Be 'Systemd'
            $found[0].Account | Should -Be 'daemon'
            $found[0].ReadAccess | Should -Be 'Users'
            $found[0].ConfigurationPath | Should -Be "$folder/cameras.json"
            $found[0].Change | Should -BeNullOrEmpty
            "$($found[1].Source)" | Should -Not -Match 'secret'
        }

        It 'looks for scope and way' {
            (Get-CameraPublisherRegistration "$name*" -Scope Local).Name | Should -Be "$name.b"
            Get-CameraPublisherRegistration "$name*" -As Service | Should -BeNullOrEmpty
            Get-CameraPublisherRegistration "$name.a" | Get-CameraPublisherHealth -SampleSec 0 | ForEach-Object { $_.Status | Should -Be 'Critical' }
        }

        It 'completes names' {
            (Get-Completion "Get-CameraPublisherRegistration $name").CompletionText | Should -Be "$name.a", "$name.b"
        }

        It 'names a file with errors and goes on' {
            Set-Content -LiteralPath "$folder/cameras.json" -Value '{ "publishers": 5 }'
            Get-CameraPublisherRegistration "$name*" -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            "$said" | Should -BeLike "*$folder/cameras.json(1,*"
        }
    }
}
