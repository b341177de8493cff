<#
.SYNOPSIS
Makes the module's help file from the help pages.

.DESCRIPTION
Microsoft.PowerShell.PlatyPS reads the pages and writes MAML. What its version 1.0 leaves out or gets wrong is
mended here: an example's code goes where Get-Help looks for code, without Markdown's fences; default values are
added; links between pages lose their file names, which are no addresses.

The about_ topics become text files, which is what Get-Help reads in every version of PowerShell.
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A step of the build.')]
[CmdletBinding()]
param(
    [string] $Page = (Join-Path $PSScriptRoot 'en-US'),
    [string] $Output = (Join-Path $PSScriptRoot '../module/en-US')
)

$ErrorActionPreference = 'Stop'
Import-Module -Name Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'

# The code of an example to dev:code; output and remark, paragraph by paragraph, to dev:remarks.
function Edit-Example {
    param([Xml.XmlElement] $Example)

    $text = @($Example.introduction.para | Where-Object { $_ -and $_.Trim([char] 0x80, ' ', "`n") }) -join "`n`n"
    if ($text -notmatch '(?s)^```powershell\n(?<code>.*?)\n```\s*(?<rest>.*)$') {
        throw "The example '$($Example.title)' does not begin with code."
    }
    $Example['code', $dev].InnerText = $Matches.code
    $rest = $Matches.rest -replace '(?m)^```.*\n?', ''
    [void] $Example.RemoveChild($Example['introduction', $maml])
    foreach ($paragraph in $rest.Trim() -split '\n{2,}') {
        $element = $Example.OwnerDocument.CreateElement('maml', 'para', $maml)
        $element.InnerText = $paragraph.TrimEnd()
        [void] $Example['remarks', $dev].AppendChild($element)
    }
}

function Add-DefaultValue {
    param([Xml.XmlElement] $Command, $Parameter)

    foreach ($element in $Command.parameters.parameter) {
        $default = ($Parameter | Where-Object Name -eq $element.name).DefaultValue
        if ($default) {
            $value = $Command.OwnerDocument.CreateElement('dev', 'defaultValue', $dev)
            $value.InnerText = $default
            [void] $element.AppendChild($value)
        }
    }
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

$made = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
try {
    $pages = @(Import-MarkdownCommandHelp -Path (Get-ChildItem -Path $Page -Filter '*-*.md').FullName)
    $file = $pages | Export-MamlCommandHelp -OutputFolder $made
    $help = [xml]::new()
    $help.Load($file.FullName)
} finally {
    Remove-Item -Path $made -Recurse -Force -ErrorAction Ignore
}

foreach ($command in $help.helpItems.ChildNodes) {
    $command.examples.example | ForEach-Object { Edit-Example $_ }
    Add-DefaultValue $command ($pages | Where-Object Title -eq $command.details.name).Parameters
    foreach ($link in @($command.relatedLinks.navigationLink)) {
        if ($link.linkText -eq 'Online Version') {
            [void] $link.ParentNode.RemoveChild($link)
        } else {
            $link['uri', $maml].InnerText = ''
        }
    }
}

$null = New-Item -ItemType Directory -Path $Output -Force
$settings = [Xml.XmlWriterSettings] @{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$target = Join-Path (Resolve-Path $Output).Path $file.Name
$writer = [Xml.XmlWriter]::Create($target, $settings)
try {
    $help.Save($writer)
    $writer.WriteRaw("`n")
} finally {
    $writer.Dispose()
}
Get-Item -Path $target

foreach ($topic in Get-ChildItem -Path $Page -Filter 'about_*.md') {
    $text = ConvertTo-HelpText ([IO.File]::ReadAllText($topic.FullName))
    $target = Join-Path (Resolve-Path $Output).Path "$($topic.BaseName).help.txt"
    [IO.File]::WriteAllText($target, $text, [Text.UTF8Encoding]::new($false))
    Get-Item -Path $target
}
