# Runs test files (all beside this script and the one among the samples, unless some are named) and closes with: N passed, N failed, N skipped
[CmdletBinding()]
param(
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path
)

$ErrorActionPreference = 'Stop'
Import-Module -Name Pester -MinimumVersion 5.0

# The sample imports the installed module, unless the one under test is loaded.
. "$PSScriptRoot/WinMmf.TestSetup.ps1"

$configuration = New-PesterConfiguration
$configuration.Run.Path = if ($Path) { $Path } else { $PSScriptRoot, [IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'samples') }
$configuration.Run.PassThru = $true

# What only a real Windows can show (docs/windows.md); the workflow for it says so.
if (-not $env:WINMMF_REAL_WINDOWS) {
    $configuration.Filter.ExcludeTag = 'RealWindows'
}
$configuration.Output.Verbosity = if ($env:CI) { 'Detailed' } else { 'Normal' }
$result = Invoke-Pester -Configuration $configuration

# A file that does not even load has no failed test.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
'{0} passed, {1} failed, {2} skipped' -f $result.PassedCount, $failed, ($result.SkippedCount + $result.NotRunCount)
exit [int] ($failed -gt 0 -or $result.PassedCount -eq 0)
