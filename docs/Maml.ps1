# Dot-sourced by Update-Help.ps1: writes help pages as MAML, the form in which Get-Help reads the help of cmdlets.

function Write-Element {
    param([Xml.XmlWriter] $Writer, [string] $Prefix, [string] $Name, [string] $Text, [Collections.IDictionary] $Attribute = @{}, [scriptblock] $Content)

    $namespace = @{
        maml = 'http://schemas.microsoft.com/maml/2004/10'
        command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
        dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
    }
    $Writer.WriteStartElement($Prefix, $Name, $namespace[$Prefix])
    foreach ($key in $Attribute.Keys) { $Writer.WriteAttributeString($key, $Attribute[$key]) }
    if ($Content) { & $Content } elseif ($Text) { $Writer.WriteString($Text) }
    $Writer.WriteEndElement()
}

# One paragraph element, or one for each paragraph.
function Write-Paragraph {
    param([Xml.XmlWriter] $Writer, [string] $Prefix, [string] $Name, [string] $Text, [switch] $Split)

    # Links between pages are no addresses.
    $plain = $Text -replace '\[([^\]]*)\]\([^)]*\)', '$1'
    Write-Element $Writer $Prefix $Name -Content {
        $paragraphs = if ($Split) { $plain -split '\n{2,}' } else { $plain }
        foreach ($paragraph in $paragraphs) { Write-Element $Writer maml para $paragraph.TrimEnd() }
    }
}

function Write-Parameter {
    param([Xml.XmlWriter] $Writer, [Management.Automation.ParameterMetadata] $Parameter, [string] $Set, [string] $Description, [string] $Default)

    $used = if ($Set -and $Parameter.ParameterSets.ContainsKey($Set)) { $Parameter.ParameterSets[$Set] } else { @($Parameter.ParameterSets.Values)[0] }
    $all = @($Parameter.ParameterSets.Values)
    $pipeline = @(
        if ($all | Where-Object ValueFromPipeline) { 'ByValue' }
        if ($all | Where-Object ValueFromPipelineByPropertyName) { 'ByPropertyName' }
    ) -join ', '
    $attribute = [ordered] @{
        required = "$($used.IsMandatory)".ToLowerInvariant()
        variableLength = 'false'
        globbing = "$([bool] ($Parameter.Attributes | Where-Object { $_ -is [SupportsWildcards] }))".ToLowerInvariant()
        pipelineInput = if ($pipeline) { "true ($pipeline)" } else { 'false' }
        position = if ($used.Position -lt 0) { 'named' } else { "$($used.Position)" }
        aliases = if ($Parameter.Aliases) { $Parameter.Aliases -join ', ' } else { 'none' }
    }
    $type = $Parameter.ParameterType
    Write-Element $Writer command parameter -Attribute $attribute -Content {
        Write-Element $Writer maml name $Parameter.Name
        if ($Description) { Write-Paragraph $Writer maml description $Description }
        $accepted = @(Get-AcceptedValue $Parameter)
        if ($accepted) {
            Write-Element $Writer command parameterValueGroup -Content {
                foreach ($value in $accepted) { Write-Element $Writer command parameterValue $value ([ordered] @{ required = 'false'; variableLength = 'false' }) }
            }
        }
        if ($type -ne [switch]) {
            $shown = if ([Nullable]::GetUnderlyingType($type)) { [Nullable]::GetUnderlyingType($type) } else { $type }
            $shown = [Microsoft.PowerShell.ToStringCodeMethods]::Type([psobject] $shown) -replace '^.*\.'
            Write-Element $Writer command parameterValue $shown ([ordered] @{ required = 'true'; variableLength = "$($type.IsArray)".ToLowerInvariant() })
        }
        Write-Element $Writer dev type -Content { Write-Element $Writer maml name $type.ToString() }
        if ($Default) { Write-Element $Writer dev defaultValue $Default }
    }
}

# INPUTS and OUTPUTS: a type and what is said of it.
function Write-TypeList {
    param([Xml.XmlWriter] $Writer, [string] $List, [string] $Item, [string] $Text)

    $types = Split-Section $Text '###'
    Write-Element $Writer command $List -Content {
        foreach ($name in $types.Keys) {
            Write-Element $Writer command $Item -Content {
                Write-Element $Writer dev type -Content { Write-Element $Writer maml name $name }
                Write-Paragraph $Writer maml description $types[$name]
            }
        }
    }
}

function Write-Example {
    param([Xml.XmlWriter] $Writer, [string] $Title, [string] $Text)

    if ($Text -notmatch '(?s)^```powershell\n(?<code>.*?)\n```\s*(?<rest>.*)$') {
        throw "The example '$Title' does not begin with code."
    }
    $code = $Matches.code
    $rest = ($Matches.rest -replace '(?m)^```.*\n?').Trim()
    Write-Element $Writer command example -Content {
        Write-Element $Writer maml title "--------- $Title ---------"
        Write-Element $Writer dev code $code
        Write-Paragraph $Writer dev remarks $rest -Split
    }
}

function Write-Command {
    param([Xml.XmlWriter] $Writer, [Management.Automation.CmdletInfo] $Command, [string] $Text)

    $sections = Split-Section $Text '##'
    $written = Split-Section $sections['PARAMETERS'] '###'
    Write-Element $Writer command command -Content {
        Write-Element $Writer command details -Content {
            Write-Element $Writer command name $Command.Name
            Write-Paragraph $Writer maml description $sections['SYNOPSIS']
            Write-Element $Writer command verb $Command.Verb
            Write-Element $Writer command noun $Command.Noun
        }
        Write-Paragraph $Writer maml description $sections['DESCRIPTION']
        Write-Element $Writer command syntax -Content {
            foreach ($set in $Command.ParameterSets | Sort-Object -Property @{ Expression = 'IsDefault'; Descending = $true }, Name) {
                Write-Element $Writer command syntaxItem -Content {
                    Write-Element $Writer maml name $Command.Name
                    $ordered = @($set.Parameters | Where-Object Position -GE 0 | Sort-Object -Property Position) +
                        @($set.Parameters | Where-Object { $_.Position -lt 0 -and $_.IsMandatory }) +
                        @($set.Parameters | Where-Object { $_.Position -lt 0 -and -not $_.IsMandatory -and $_.Name -notin $common })
                    foreach ($parameter in $ordered) { Write-Parameter $Writer $Command.Parameters[$parameter.Name] $set.Name }
                }
            }
        }
        Write-Element $Writer command parameters -Content {
            foreach ($title in $written.Keys | Where-Object { $_ -ne 'CommonParameters' }) {
                $default = if ($written[$title] -match "(?m)^DefaultValue: (?!'')'?(.*?)'?$") { $Matches[1] }
                Write-Parameter $Writer $Command.Parameters[$title.TrimStart('-')] '' ($written[$title] -split '```yaml')[0].Trim() $default
            }
        }
        Write-TypeList $Writer inputTypes inputType $sections['INPUTS']
        Write-TypeList $Writer returnValues returnValue $sections['OUTPUTS']
        Write-Element $Writer maml alertSet -Content { Write-Paragraph $Writer maml alert $sections['NOTES'] }
        Write-Element $Writer command examples -Content {
            $examples = Split-Section $sections['EXAMPLES'] '###'
            foreach ($title in $examples.Keys) { Write-Example $Writer $title $examples[$title] }
        }
        Write-Element $Writer command relatedLinks -Content {
            foreach ($link in [regex]::Matches($sections['RELATED LINKS'], '\[([^\]]*)\]').ForEach({ $_.Groups[1].Value })) {
                Write-Element $Writer maml navigationLink -Content {
                    Write-Element $Writer maml linkText $link
                    Write-Element $Writer maml uri
                }
            }
        }
    }
}

function Write-Maml {
    param([Collections.IDictionary[]] $Command, [string] $Path)

    $settings = [Xml.XmlWriterSettings] @{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
    $writer = [Xml.XmlWriter]::Create($Path, $settings)
    try {
        $writer.WriteStartDocument()
        $writer.WriteStartElement('helpItems', 'http://msh')
        foreach ($prefix in 'maml/2004/10', 'command', 'dev/2004/10') {
            $name, $address = switch ($prefix) {
                'maml/2004/10' { 'maml', 'http://schemas.microsoft.com/maml/2004/10' }
                'command' { 'command', 'http://schemas.microsoft.com/maml/dev/command/2004/10' }
                default { 'dev', 'http://schemas.microsoft.com/maml/dev/2004/10' }
            }
            $writer.WriteAttributeString('xmlns', $name, $null, $address)
        }
        $writer.WriteAttributeString('schema', 'maml')
        foreach ($one in $Command) { Write-Command $writer $one.Command $one.Text }
        $writer.WriteEndElement()
        $writer.WriteWhitespace("`n")
    } finally {
        $writer.Dispose()
    }
}
