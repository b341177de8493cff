namespace WinMmf.Management.Registration;

/// <summary>What registering has done.</summary>
internal enum RegistrationChange
{
    /// <summary>All was so already.</summary>
    Unchanged,

    /// <summary>It was there, and is another now.</summary>
    Changed,

    /// <summary>It was not there.</summary>
    Added,
}
