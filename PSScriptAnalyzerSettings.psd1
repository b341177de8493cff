@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # Pester hands variables from one block to another, which the rule cannot see.
        'PSUseDeclaredVarsMoreThanAssignments'
    )
}
