using System.Collections.Generic;
using System.Management.Automation;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Completion;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;

namespace WinMmf.PowerShell.Commands;

/// <summary>Test-SharedMemoryAccess: says whether an account can use a shared memory, why not, and which command changes that.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SharedMemoryAccess")]
[OutputType(typeof(bool), typeof(SharedMemoryAccessTest))]
public sealed class TestSharedMemoryAccessCommand : NameCommand
{
    private static readonly AccessUse[] AllUses = [AccessUse.Read, AccessUse.Write, AccessUse.Publish];

    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesOfObjects]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SharedNameCompleter))]
    public override string[] Name { get; set; } = [];

    /// <summary>The account; the caller if not given.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string? Account { get; set; }

    /// <summary>The session from which it comes (Windows); the caller's if not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int? SessionId { get; set; }

    /// <summary>What it wants.</summary>
    [Parameter]
    public AccessUse Access { get; set; }

    /// <summary>The kind of program.</summary>
    [Parameter]
    public MemoryClientType ClientType { get; set; }

    /// <summary>Write everything instead of one verdict.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    private protected override void Process(Target target)
    {
        bool isAsked = MyInvocation.BoundParameters.ContainsKey(nameof(Access));
        foreach (SharedName name in Names(target))
        {
            StoppingToken.ThrowIfCancellationRequested();
            if (Detailed)
            {
                foreach (AccessUse use in isAsked ? [Access] : AllUses)
                    WriteObject(new SharedMemoryAccessTest(Predict(name, use)));
                continue;
            }

            AccessVerdict verdict = Predict(name, Access);
            string text = verdict.Remedy is null ? verdict.Message : $"{verdict.Message} {AccessAdvice.Sentence(verdict.Remedy)}";
            if (verdict.IsAllowed)
                WriteVerbose(text);
            else
                WriteWarning(text);
            WriteObject(verdict.IsAllowed);
        }
    }

    private AccessVerdict Predict(SharedName name, AccessUse use) =>
        MemoryAccess.Predict(name, use, Account, SessionId, ClientType == MemoryClientType.WinMmfCrate);

    /// <summary>What is there under the name; else the name as it would be looked for, which is also an answer.</summary>
    private List<SharedName> Names(Target target)
    {
        List<SharedName> names = [];
        try
        {
            foreach (AccessReport report in TargetFinder.FindAccess(target))
                names.Add(report.Name);
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.NotFound)
        {
            names.Add(new SharedName(target.Name, Scope ?? NameScope.Local));
        }

        // Who opens without a scope gets the Local one.
        if (!target.IsPattern && names.Count > 1)
        {
            WarnIfInBothScopes(true, names[0]);
            names.RemoveRange(1, names.Count - 1);
        }

        return names;
    }
}
