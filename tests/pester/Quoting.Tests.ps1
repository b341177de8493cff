BeforeAll {
    . "$PSScriptRoot/WinMmf.TestSetup.ps1"

    # The functions that write a value into a command are not public: all commands come from them.
    $type = (Get-Command -Name Get-SharedMemory).ImplementingType.Assembly.GetType('WinMmf.PowerShell.Advice.PowerShellText', $true)
    $flags = [Reflection.BindingFlags] 'Static, Public, NonPublic'

    # The arguments of a command as PowerShell's own parser and evaluator see them; nothing else may be in the line.
    function Get-Argument {
        param([string] $Command)

        $problem = $null
        $tree = [Management.Automation.Language.Parser]::ParseInput($Command, [ref] $null, [ref] $problem)
        $problem | Should -BeNullOrEmpty
        $statement = $tree.EndBlock.Statements
        $statement.Count | Should -Be 1
        $statement[0].PipelineElements.Count | Should -Be 1
        $statement[0].PipelineElements[0].Redirections.Count | Should -Be 0
        foreach ($element in $statement[0].PipelineElements[0].CommandElements | Select-Object -Skip 1) {
            switch ($element.GetType().Name) {
                'StringConstantExpressionAst' { $element.Value }
                'CommandParameterAst' { $element.Extent.Text }
                'ConstantExpressionAst' { $element.Value }
                'ParenExpressionAst' {
                    $element.FindAll({ $args[0] -is [Management.Automation.Language.CommandBaseAst] -and $args[0] -isnot [Management.Automation.Language.CommandExpressionAst] }, $true) | Should -BeNullOrEmpty
                    & ([scriptblock]::Create($element.Extent.Text))
                }
                default { throw "$_ in: $Command" }
            }
        }
    }

    $marks = [char[]] (0x27, 0x22, 0x2018, 0x2019, 0x201A, 0x201B, 0x201C, 0x201D, 0x201E, 0x60, 0xB4, 0x2032, 0xFF07)
}

Describe 'Quoting' {
    It 'Keeps every quotation mark, alone and in pairs, within the argument' {
        foreach ($first in $marks) {
            foreach ($second in $marks) {
                $value = "a$first;Write-Output pwned;$second$first b$second"
                $quoted = $type.GetMethod('Quote', $flags).Invoke($null, @($value))
                Get-Argument "Get-Item $quoted" | Should -BeExactly $value
            }
        }
    }

    It 'Survives random text of all that the language gives a meaning' {
        $alphabet = ($marks -join '') + "ab `$(){}[]<>;&|@#,-%*?=`n`r`t" + [char] 0x85 + [char] 0x2028 + [char] 0x2029 + [char] 0x202E + [char] 0x200B + [char] 0x2013 + [char] 0
        $random = [Random]::new(7)
        for ($round = 0; $round -lt 1000; $round++) {
            $value = -join (0..$random.Next(1, 12) | ForEach-Object { $alphabet[$random.Next($alphabet.Length)] })
            $quoted = $type.GetMethod('Quote', $flags).Invoke($null, @($value))
            @(Get-Argument "Get-Item $quoted") | Should -BeExactly @($value)
            @(Get-Argument "Get-Item $quoted -Force") | Should -BeExactly @($value, '-Force')
        }
    }

    It 'Shows no character that is invisible or turns the line around' {
        foreach ($code in 0..31 + 0x7F + 0x85 + 0xAD + 0x200B + 0x200E + 0x2028 + 0x2029 + 0x202E + 0x2066 + 0xFEFF) {
            $quoted = $type.GetMethod('Quote', $flags).Invoke($null, @("a$([char] $code)b"))
            $quoted.IndexOf([char] $code) | Should -Be -1 -Because "U+$($code.ToString('X4'))"
        }
    }

    It 'Names a memory so that no wildcard in it means another one' {
        foreach ($name in '*', '[ab]', 'cam?', 'a`*', '``', 'a[', ']b[', 'x`') {
            $pattern = @(Get-Argument "Get-Item $($type.GetMethod('QuotePattern', $flags).Invoke($null, @($name)))")[0]
            $name -like $pattern | Should -BeTrue
            'ab' -like $pattern | Should -BeFalse
            [WildcardPattern]::ContainsWildcardCharacters($pattern) | Should -BeFalse
        }
    }

    It 'Is what the commands go through that are suggested: <name>' -ForEach @(
        @{ name = "o'clock" }
        @{ name = 'a' + [char] 0x2019 + ';Write-Output pwned;' + [char] 0x2018 }
        @{ name = '[ab]' }
        @{ name = '$(Get-Date)' }
        @{ name = '-Force' }
        @{ name = 'a`b' }
    ) {
        $name = "$(New-TestName)$name"
        $memory = New-SharedMemory -Name $name -Size 16
        try {
            $arguments = @(Get-Argument ($memory | Debug-SharedMemoryLock).NextCommand)
            $arguments[0] | Should -Be '-Name'
            $name -like $arguments[1] -or $name -ceq $arguments[1] | Should -BeTrue

            # Run as it stands it means this memory.
            $held = & ([scriptblock]::Create(($memory | Debug-SharedMemoryLock).NextCommand))
            $held.Name | Should -BeExactly $name
            $held | Unlock-SharedMemory
        } finally {
            $memory | Close-SharedMemory
        }
    }
}
