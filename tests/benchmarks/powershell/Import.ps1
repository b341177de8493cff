# Prints how long importing a module takes in this new process, milliseconds.
param([Parameter(Mandatory)][string] $Module)
$path = (Resolve-Path -LiteralPath $Module).ProviderPath
$watch = [Diagnostics.Stopwatch]::StartNew()
Import-Module $path
$watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
