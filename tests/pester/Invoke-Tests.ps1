# Runs test files (all beside this script unless some are named) and closes with: N passed, N failed, N skipped
[CmdletBinding()]
param(
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path
)

$ErrorActionPreference = 'Stop'
Import-Module -Name Pester -MinimumVersion 5.0

$configuration = New-PesterConfiguration
$configuration.Run.Path = if ($Path) { $Path } else { $PSScriptRoot }
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = if ($env:CI) { 'Detailed' } else { 'Normal' }
$result = Invoke-Pester -Configuration $configuration

# A file that does not even load has no failed test.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
'{0} passed, {1} failed, {2} skipped' -f $result.PassedCount, $failed, ($result.SkippedCount + $result.NotRunCount)
exit [int] ($failed -gt 0 -or $result.PassedCount -eq 0)
