<#
.SYNOPSIS
Brings the help pages in step with the cmdlets, and makes the module's help files from them.

.DESCRIPTION
The pages in docs/en-US are written by people, except for what the cmdlets themselves say: the SYNTAX section and the block of facts
below each parameter are made from the built module. A new parameter gets a section with {{ Fill in }}; that of a
parameter that is gone is left out.

The pages become MAML, and the about_ topics text files, which is what Get-Help reads in every version of PowerShell. Needs
nothing but the built module.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A step of the build.')]
[CmdletBinding()]
param(
    [string] $Page = (Join-Path $PSScriptRoot 'en-US'),
    [string] $Output = (Join-Path $PSScriptRoot '../module/en-US'),
    [string] $Module = (Join-Path $PSScriptRoot '../artifacts/module/WinMmf')
)

$ErrorActionPreference = 'Stop'
Import-Module -Name $Module
$common = [Management.Automation.Cmdlet]::CommonParameters

# The sections of a page or of one of its sections: title to text, in their order.
function Split-Section {
    param([string] $Text, [string] $Heading)

    $sections = [ordered] @{}
    foreach ($part in "`n$Text" -split "`n$Heading " | Select-Object -Skip 1) {
        $title, $body = $part -split "`n", 2
        $sections[$title.Trim()] = "$body".Trim()
    }
    $sections
}

function Get-SetName {
    param([string] $Name)

    if ($Name -eq '__AllParameterSets') { '(All)' } else { $Name }
}

# What may be given for a parameter, where that is a list of words.
function Get-AcceptedValue {
    param([Management.Automation.ParameterMetadata] $Parameter)

    $listed = $Parameter.Attributes | Where-Object { $_ -is [ValidateSet] }
    if ($listed) { return $listed.ValidValues }
    $type = $Parameter.ParameterType
    if ([Nullable]::GetUnderlyingType($type)) { $type = [Nullable]::GetUnderlyingType($type) }
    if ($type.IsArray) { $type = $type.GetElementType() }
    if ($type.IsEnum) { $type.GetEnumNames() }
}

# The syntax of all parameter sets, in lines of at most 100 characters.
function Format-Syntax {
    param([Management.Automation.CmdletInfo] $Command)

    foreach ($set in $Command.ParameterSets | Sort-Object -Property @{ Expression = 'IsDefault'; Descending = $true }, Name) {
        "### $($set.Name)$(if ($set.IsDefault -and $set.Name -ne '__AllParameterSets') { ' (Default)' })", '', '```'
        $line = $Command.Name
        foreach ($word in [regex]::Matches($set.ToString(), '\[\[[^\]]+\] <[^>]+>\]|\[[^\]]+\] <[^>]+>|\[[^\[\]]+(\[\][^\]]*)?\]|-\w+( <[^>]+>)?').Value) {
            if ($line.Length + 1 + $word.Length -gt 100) {
                $line
                $line = ''
            }
            $line += " $word"
        }
        $line
        '```', ''
    }
}

# The block of facts below a parameter's text.
function Format-Fact {
    param([Management.Automation.ParameterMetadata] $Parameter, [string] $Default)

    $wildcards = [bool] ($Parameter.Attributes | Where-Object { $_ -is [SupportsWildcards] })
    "Type: $($Parameter.ParameterType.ToString())"
    "DefaultValue: $(if ($Default) { $Default } else { "''" })"
    "SupportsWildcards: $("$wildcards".ToLowerInvariant())"
    if ($Parameter.Aliases) { 'Aliases:'; $Parameter.Aliases | ForEach-Object { "- $_" } } else { 'Aliases: []' }
    'ParameterSets:'
    foreach ($name in $Parameter.ParameterSets.Keys | Sort-Object) {
        $set = $Parameter.ParameterSets[$name]
        "- Name: $(Get-SetName $name)"
        "  Position: $(if ($set.Position -lt 0) { 'Named' } else { $set.Position })"
        foreach ($pair in ('IsRequired', 'IsMandatory'), ('ValueFromPipeline', 'ValueFromPipeline'), ('ValueFromPipelineByPropertyName', 'ValueFromPipelineByPropertyName'), ('ValueFromRemainingArguments', 'ValueFromRemainingArguments')) {
            "  $($pair[0]): $("$($set.($pair[1]))".ToLowerInvariant())"
        }
    }
    'DontShow: false'
    $accepted = @(Get-AcceptedValue $Parameter)
    if ($accepted) { 'AcceptedValues:'; $accepted | ForEach-Object { "- $_" } } else { 'AcceptedValues: []' }
    "HelpMessage: ''"
}

# A page with its generated parts made anew.
function Update-Page {
    param([string] $Text, [Management.Automation.CmdletInfo] $Command)

    $sections = Split-Section $Text '##'
    $written = Split-Section $sections['PARAMETERS'] '###'
    $parameters = foreach ($name in $Command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object) {
        $old = $written["-$name"]
        $default = if ($old -match "(?m)^DefaultValue: (?!'')(.*)$") { $Matches[1] }
        $words = if ($old) { ($old -split '```yaml')[0].Trim() } else { '{{ Fill in }}' }
        "### -$name", '', $words, '', '```yaml'
        Format-Fact $Command.Parameters[$name] $default
        '```', ''
    }
    $sections['SYNTAX'] = ((Format-Syntax $Command) -join "`n").Trim()
    $sections['PARAMETERS'] = (@($parameters) + '### CommonParameters', '', $written['CommonParameters']) -join "`n"
    $head = ($Text -split "`n## ", 2)[0].Trim()
    $body = foreach ($title in $sections.Keys) { "## $title`n`n$($sections[$title])" }
    (@($head) + $body) -join "`n`n" -replace '\z', "`n"
}

# Words filled into lines of at most 80 characters.
function Format-Paragraph {
    param([string] $Text, [string] $First, [string] $Next)

    $line = $First
    $isEmpty = $true
    foreach ($word in $Text -split '\s+') {
        if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt 80) {
            $line
            $line = $Next
            $isEmpty = $true
        }
        $line += if ($isEmpty) { $word } else { " $word" }
        $isEmpty = $false
    }
    $line
}

# The Markdown that the topics use as plain text: headings, paragraphs, lists, code.
function ConvertTo-HelpText {
    param([string] $Markdown)

    $isCode = $false
    $isBelowHeading = $false
    $paragraph = ''
    $lines = foreach ($line in @($Markdown -split "`r?`n") + '') {
        $isFence = $line.StartsWith('```')
        if ($isCode -and -not $isFence) {
            "        $line".TrimEnd()
            continue
        }
        if ($paragraph -and ($isFence -or $line -notmatch '^[^#\s-]')) {
            $isItem = $paragraph.StartsWith('- ')
            Format-Paragraph $paragraph -First '    ' -Next $(if ($isItem) { '      ' } else { '    ' })
            $paragraph = ''
        }
        if ($isFence) {
            $isCode = -not $isCode
        } elseif ($line -match '^# (.*)') {
            'TOPIC', "    $($Matches[1])", ''
        } elseif ($line -match '^## (.*)') {
            $Matches[1].ToUpperInvariant()
        } elseif ($line -match '^### (.*)') {
            "  $($Matches[1])"
        } elseif ($line) {
            $plain = $line -replace '\[([^\]]*)\]\([^)]*\)', '$1' -replace '[`*]', ''
            $paragraph = if ($paragraph) { "$paragraph $plain" } else { $plain }
        } elseif (-not $isBelowHeading) {
            ''
        }

        # Get-Help takes the fifth line for the synopsis, so no line is empty between a heading and its text.
        $isBelowHeading = $line -match '^##? '
    }
    ($lines -join "`n").TrimEnd() + "`n"
}

. (Join-Path $PSScriptRoot 'Maml.ps1')

$text = [Text.UTF8Encoding]::new($false)
$commands = foreach ($command in Get-Command -Module WinMmf | Sort-Object -Property Name) {
    $path = Join-Path $Page "$($command.Name).md"
    $was = [IO.File]::ReadAllText($path) -replace "`r"
    $is = Update-Page $was $command
    if ($is -cne $was) {
        [IO.File]::WriteAllText($path, $is, $text)
    }
    @{ Command = $command; Text = $is }
}

$null = New-Item -ItemType Directory -Path $Output -Force
$target = Join-Path (Resolve-Path $Output).Path 'WinMmf.PowerShell.dll-Help.xml'
Write-Maml $commands $target
Get-Item -Path $target

foreach ($topic in Get-ChildItem -Path $Page -Filter 'about_*.md') {
    $target = Join-Path (Resolve-Path $Output).Path "$($topic.BaseName).help.txt"
    [IO.File]::WriteAllText($target, (ConvertTo-HelpText ([IO.File]::ReadAllText($topic.FullName))), $text)
    Get-Item -Path $target
}
