# Runs test files (all beside this script and the one among the samples, unless some are named) and closes with: N passed, N failed, N skipped
# WINMMF_RAN names a file for the list of the tests that ran: result, a tab, and the test's name, one a line.
[CmdletBinding()]
param(
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path
)

$ErrorActionPreference = 'Stop'
$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))

# The Pester that tests/pester/shell laid out, or the one that is installed.
$pester = [IO.Path]::Combine($root, 'artifacts', 'shell', 'modules', 'Pester', 'Pester.psd1')
if (Test-Path -LiteralPath $pester) {
    Import-Module -Name $pester
} else {
    Import-Module -Name Pester -MinimumVersion 5.0
}

# The sample imports the installed module, unless the one under test is loaded.
. "$PSScriptRoot/WinMmf.TestSetup.ps1"

$configuration = New-PesterConfiguration
$configuration.Run.Path = if ($Path) { $Path } else { $PSScriptRoot, [IO.Path]::Combine($root, 'docs', 'samples') }
$configuration.Run.PassThru = $true

# What only a real Windows can show (docs/windows.md); the workflow for it says so.
if (-not $env:WINMMF_REAL_WINDOWS) {
    $configuration.Filter.ExcludeTag = 'RealWindows'
}
$configuration.Output.Verbosity = if ($env:CI) { 'Detailed' } else { 'Normal' }
"PowerShell $($PSVersionTable.PSVersion) ($($PSVersionTable.PSEdition)), Pester $((Get-Module -Name Pester).Version)"
if ($PSVersionTable.PSEdition -eq 'Core') {
    'PowerShell 7 does not stand for Windows PowerShell 5.1: that is another runtime and another class library, and nothing here shows the module there.'
}
$result = Invoke-Pester -Configuration $configuration

if ($env:WINMMF_RAN) {
    $lines = foreach ($test in $result.Tests) {
        if ($test.Result -ne 'NotRun') {
            "{0}`t{1}: {2}" -f $test.Result.ToLowerInvariant(), (Split-Path -Path $test.ScriptBlock.File -Leaf), ($test.Path -join ' > ')
        }
    }
    [IO.File]::WriteAllLines($env:WINMMF_RAN, [string[]] @($lines))
}

# A file that does not even load has no failed test.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
'{0} passed, {1} failed, {2} skipped' -f $result.PassedCount, $failed, ($result.SkippedCount + $result.NotRunCount)
exit [int] ($failed -gt 0 -or $result.PassedCount -eq 0)
