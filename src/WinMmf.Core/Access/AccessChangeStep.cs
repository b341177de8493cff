using WinMmf.Security;

namespace WinMmf.Access;

/// <summary>What a plan does to one object.</summary>
internal sealed class AccessChangeStep
{
    internal AccessChangeStep(AccessObject target, string after)
    {
        Target = target;
        After = after;
    }

    /// <summary>The object.</summary>
    public AccessObject Target { get; }

    /// <summary>Its descriptor before.</summary>
    public string Before => Target.Descriptor;

    /// <summary>Its descriptor afterwards.</summary>
    public string After { get; }
}
