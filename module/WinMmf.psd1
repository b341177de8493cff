@{
    RootModule             = 'WinMmf.PowerShell.dll'
    # The build puts the version and the prerelease of the git tag in these places (Directory.Build.targets).
    ModuleVersion          = '0.0.0'
    GUID                   = 'ccb959bf-5091-47e7-a464-d750c9d93a00'
    Author                 = 'The WinMmf developers'
    CompanyName            = 'The WinMmf developers'
    Copyright              = '(c) The WinMmf developers. MIT licence.'
    Description            = 'Share one camera among many programs: a publisher owns the camera and puts each frame into named shared memory, where any number of readers take the newest one at memory speed. Works with winmmf memories, on Windows and Linux.'

    CompatiblePSEditions   = @('Desktop', 'Core')
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'

    TypesToProcess         = @('WinMmf.Types.ps1xml')
    FormatsToProcess       = @(
        'CameraConfiguration.Format.ps1xml'
        'CameraDevice.Format.ps1xml'
        'CameraPublisher.Format.ps1xml'
        'CameraPublisherHealth.Format.ps1xml'
        'CameraPublisherRegistration.Format.ps1xml'
        'SharedFrame.Format.ps1xml'
        'SharedMemory.Format.ps1xml'
        'SharedMemoryAccess.Format.ps1xml'
        'SharedMemoryData.Format.ps1xml'
        'SharedMemoryHolder.Format.ps1xml'
        'SharedMemoryLock.Format.ps1xml'
        'SharedMemoryPrivilege.Format.ps1xml'
        'WinMmfEnvironment.Format.ps1xml'
    )
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Close-SharedMemory'
        'Debug-SharedMemoryLock'
        'Export-WinMmfDiagnostic'
        'Get-CameraDevice'
        'Get-CameraPublisher'
        'Get-CameraPublisherHealth'
        'Get-CameraPublisherRegistration'
        'Get-SharedFrame'
        'Get-SharedMemory'
        'Get-SharedMemoryAccess'
        'Get-SharedMemoryHolder'
        'Get-SharedMemoryInfo'
        'Get-SharedMemoryLock'
        'Get-SharedMemoryPrivilege'
        'Grant-SharedMemoryAccess'
        'Grant-SharedMemoryPrivilege'
        'Lock-SharedMemory'
        'Measure-SharedFrame'
        'New-CameraConfigurationFile'
        'New-SharedMemory'
        'Open-SharedMemory'
        'Read-SharedMemory'
        'Register-CameraPublisher'
        'Remove-SharedMemory'
        'Restart-CameraPublisher'
        'Revoke-SharedMemoryAccess'
        'Revoke-SharedMemoryPrivilege'
        'Save-SharedFrame'
        'Set-SharedMemoryAccess'
        'Show-SharedFrame'
        'Start-CameraPublisher'
        'Stop-CameraPublisher'
        'Test-CameraPublisher'
        'Test-CameraConfigurationFile'
        'Test-SharedMemoryAccess'
        'Test-WinMmfEnvironment'
        'Unlock-SharedMemory'
        'Unregister-CameraPublisher'
        'Use-SharedFrame'
        'Use-SharedMemory'
        'Wait-SharedMemory'
        'Watch-SharedFrame'
        'Write-SharedMemory'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Prerelease = 'source'
            Tags = @('Camera', 'SharedMemory', 'IPC', 'MemoryMappedFile', 'Frame', 'Video', 'winmmf', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux')
        }
    }
}
