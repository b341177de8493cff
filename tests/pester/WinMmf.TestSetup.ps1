# Dot-sourced by every test file: imports the module under test and names what tests make.
# WINMMF_MODULE names another module folder than the one that dotnet build puts together.

$modulePath = if ($env:WINMMF_MODULE) {
    $env:WINMMF_MODULE
} else {
    [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'module', 'WinMmf'))
}

if (-not (Get-Module -Name WinMmf)) {
    Import-Module -Name $modulePath -ErrorAction Stop
}

# A name that no other test, and no other run beside this one, uses.
function New-TestName {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Makes a text only.')]
    [OutputType([string])]
    param([string] $Label = 'name')

    'pester.{0}.{1}.{2}' -f $PID, $Label, [guid]::NewGuid().ToString('N').Substring(0, 8)
}

# True where the module's publisher has its OpenCV process, and the library that this needs on Linux is installed.
function Test-HasOpenCv {
    [OutputType([bool])]
    param()

    $folder = [IO.Path]::Combine($modulePath, 'publisher', 'opencv')
    $native = [IO.Path]::Combine($folder, 'runtimes', 'linux-x64', 'native', 'libOpenCvSharpExtern.so')
    [IO.File]::Exists($native) -and [bool] (Get-ChildItem -Path '/usr/lib*/*/libgtk-3.so.0', '/usr/lib*/libgtk-3.so.0' -ErrorAction Ignore)
}

# The start of a script for a session of its own.
function Get-ImportLine {
    [OutputType([string])]
    param()

    "Import-Module -Name '$($modulePath.Replace("'", "''"))'; "
}

# Runs a script in a session of its own, ends it as Ctrl+C does after a while, and says how long the end took.
function Measure-Stop {
    [OutputType([TimeSpan])]
    param([string] $Script, [int] $AfterMilliseconds = 700)

    $shell = [PowerShell]::Create()
    try {
        # One script, not several statements: PowerShell starts the next statement although the shell is gone by then.
        [void] $shell.AddScript((Get-ImportLine) + $Script)
        $running = $shell.BeginInvoke()
        $imported = [Diagnostics.Stopwatch]::StartNew()
        while ($imported.ElapsedMilliseconds -lt $AfterMilliseconds) {
            if ($running.IsCompleted) {
                throw "The script ended by itself after $($imported.ElapsedMilliseconds) ms: $($shell.Streams.Error)"
            }
            Start-Sleep -Milliseconds 20
        }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed
    } finally {
        $shell.Dispose()
    }
}

# The shortest of several ends: a busy machine may hold up any one of them, but not make a slow one quick.
function Measure-FastestStop {
    [OutputType([TimeSpan])]
    param([string] $Script)

    $fastest = [TimeSpan]::MaxValue
    for ($i = 0; $i -lt 5 -and $fastest.TotalMilliseconds -ge 150; $i++) {
        $taken = Measure-Stop $Script
        if ($taken -lt $fastest) {
            $fastest = $taken
        }
    }
    $fastest
}

# What completion offers at the end of a line.
function Get-Completion {
    [OutputType([Management.Automation.CompletionResult])]
    param([string] $Line)

    [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
}

# An object as it arrives from a job or another machine.
function ConvertTo-Deserialized {
    param([Parameter(ValueFromPipeline)] $InputObject)

    process {
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($InputObject))
    }
}

# True on Windows, under Wine too. The variables IsWindows and IsLinux are not there in Windows PowerShell.
function Test-OnWindows {
    [OutputType([bool])]
    param()

    [Environment]::OSVersion.Platform -eq 'Win32NT'
}

# True where Windows is Wine, which has no store of account rights, no session 0 and no default access lists.
function Test-OnWine {
    [OutputType([bool])]
    param()

    (Test-OnWindows) -and (Test-Path -Path 'HKCU:\Software\Wine')
}

# A memory of another program: a section that WinMmf did not make, or a file beside its files. Dispose ends it.
function New-ForeignMemory {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Of the tests themselves.')]
    param([string] $Name, [long] $Size)

    if (Test-OnWindows) {
        return [IO.MemoryMappedFiles.MemoryMappedFile]::CreateNew("Local\$Name", $Size)
    }
    $file = [IO.FileStream]::new("/dev/shm/$Name", [IO.FileMode]::CreateNew, [IO.FileAccess]::ReadWrite, [IO.FileShare]::Delete, 4096, [IO.FileOptions]::DeleteOnClose)
    $file.SetLength($Size)
    $file
}
