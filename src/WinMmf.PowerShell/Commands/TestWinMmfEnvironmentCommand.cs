using System.IO;
using System.Management.Automation;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Management.Examination;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Session;

namespace WinMmf.PowerShell.Commands;

/// <summary>Test-WinMmfEnvironment: looks for what prevents WinMmf from working on this machine.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WinMmfEnvironment")]
[OutputType(typeof(bool), typeof(WinMmfEnvironmentFinding))]
public sealed class TestWinMmfEnvironmentCommand : WinMmfCommand
{
    /// <summary>Write every finding instead of one verdict.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(null, Examine);

    private void Examine()
    {
        bool fit = true;
        string directory = Path.GetDirectoryName(typeof(TestWinMmfEnvironmentCommand).Assembly.Location)!;
        foreach (EnvironmentFinding finding in EnvironmentExamination.Run(directory, ShellDescription.Of(SessionState)))
        {
            StoppingToken.ThrowIfCancellationRequested();
            fit &= finding.Status != EnvironmentStatus.Failed;
            if (Detailed)
                WriteObject(new WinMmfEnvironmentFinding(finding));
            else if (finding.Status == EnvironmentStatus.Failed)
                WriteWarning($"{finding.Message} {EnvironmentAdvice.For(finding)}");
            else
                WriteVerbose($"{finding.Check}: {finding.Status}. {finding.Message} {EnvironmentAdvice.For(finding)}".TrimEnd());
        }

        if (!Detailed)
            WriteObject(fit);
    }
}
