using System.Collections.Generic;
using WinMmf.Management.EnvironmentChecks;

namespace WinMmf.Management.Platform;

/// <summary>Checks that only this system has.</summary>
internal interface IEnvironmentProbe
{
    /// <summary>Who runs this process, as part of a sentence: account, session, rights.</summary>
    string DescribeSession();

    /// <summary>How much shared memory there is, who may use which scope, and what ends it.</summary>
    IEnumerable<EnvironmentFinding> ExamineMemory();

    /// <summary>Cameras: whether they may be used, and who uses them.</summary>
    IEnumerable<EnvironmentFinding> ExamineCameras();
}
