<#
.SYNOPSIS
A front end in PowerShell: builds, tests and makes the help.

.DESCRIPTION
Everything builds with `dotnet build` alone; this script saves typing. Tasks run in the order given.

Build    dotnet build of the solution. The ready module lies in artifacts/module/WinMmf.
Test     dotnet test of the solution, then Pester.
Pester   The cmdlets' tests in a PowerShell of their own.
Analyze  PSScriptAnalyzer over all scripts. Changes nothing.
Format   dotnet format as a check. Changes nothing.
Help     Brings the pages in docs/en-US in step with the built module, and makes the help files in module/en-US from them.
Package  What is installed elsewhere, in artifacts/package: the module for PCs with nothing but Windows PowerShell 5.1 (a folder,
         a zip and a nupkg; its publisher brings its own run-time, for win-x64), and WinMmf.Core as a NuGet package with
         symbols. Always a Release build. Sources in the package: test picture and ffmpeg. The OpenCV process is
         not in the package yet; docs/install.md explains what is.
Clean    Removes what the build makes.

.EXAMPLE
./build.ps1 Build, Test

Builds, then runs all tests.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pester', 'Analyze', 'Format', 'Help', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'WinMmf.PowerShell.sln'

# Runs a program and ends the build where the program fails.
function Invoke-Program {
    param([string] $Program, [string[]] $Argument)

    & $Program @Argument
    if ($LASTEXITCODE -ne 0) {
        throw "$Program $Argument ended with code $LASTEXITCODE."
    }
}

function Invoke-PesterTask {
    # Without an installed Pester 5, the one from the package registry: laid out below artifacts, where the script looks for it.
    if (-not (Get-Module -Name Pester -ListAvailable | Where-Object Version -ge 5.0)) {
        Invoke-Program dotnet 'build', (Join-Path $PSScriptRoot 'tests/pester/shell')
    }

    # A process of its own: this one would keep the module's assembly loaded, and the next build could not replace it.
    $shell = (Get-Process -Id $PID).Path
    Invoke-Program $shell '-NoLogo', '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'tests/pester/Invoke-Tests.ps1')
}

function Invoke-AnalyzeTask {
    # Folder by folder: artifacts may hold a Wine prefix, whose drive Z: is the whole machine.
    $folders = 'docs', 'module', 'src', 'tests' | ForEach-Object { Join-Path $PSScriptRoot $_ }
    $scripts = Get-ChildItem -Path (@($folders) + $PSCommandPath) -Include '*.ps1', '*.psm1', '*.psd1' -File -Recurse |
        Where-Object { $_.FullName -notmatch '[\\/](bin|obj)[\\/]' }
    $findings = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings (Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1') })
    $findings
    if ($findings) {
        throw "PSScriptAnalyzer found $($findings.Count) faults in $($scripts.Count) scripts."
    }
}

foreach ($name in $Task) {
    switch ($name) {
        'Build' { Invoke-Program dotnet 'build', $solution, '-c', $Configuration }
        'Test' { Invoke-Program dotnet 'test', $solution, '-c', $Configuration; Invoke-PesterTask }
        'Pester' { Invoke-PesterTask }
        'Analyze' { Invoke-AnalyzeTask }
        'Format' { Invoke-Program dotnet 'format', $solution, '--verify-no-changes', '--no-restore' }
        'Help' { & (Join-Path $PSScriptRoot 'docs/Update-Help.ps1') }
        'Package' {
            Invoke-Program dotnet 'pack', (Join-Path $PSScriptRoot 'src/WinMmf.Package'), '-c', 'Release'
            Invoke-Program dotnet 'pack', (Join-Path $PSScriptRoot 'src/WinMmf.Core'), '-c', 'Release', '-p:ContinuousIntegrationBuild=true',
            '--artifacts-path', (Join-Path $PSScriptRoot 'artifacts/package-build-core')
        }
        'Clean' {
            Invoke-Program dotnet 'clean', $solution, '-c', $Configuration, '-v', 'quiet'
            Remove-Item -Path (Join-Path $PSScriptRoot 'artifacts') -Recurse -Force -ErrorAction Ignore
        }
    }
}
