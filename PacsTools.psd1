@{
    RootModule           = 'PacsTools.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'f65968a8-5c73-44c5-9e49-913c7744bf63'
    Author               = 'The PacsTools contributors'
    Copyright            = '(c) The PacsTools contributors. MIT licence.'
    Description          = 'Query, retrieve, receive, send and test over DICOM: cmdlets for the people who run medical image archives (PACS).'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('PacsTools.Format.ps1xml')
    TypesToProcess       = @('PacsTools.Types.ps1xml')
    CmdletsToExport      = @(
        'ConvertFrom-DicomJson'
        'ConvertTo-DicomJson'
        'Copy-DicomStudy'
        'Export-DicomImage'
        'Find-DicomInstance'
        'Find-DicomPatient'
        'Find-DicomSeries'
        'Find-DicomStudy'
        'Find-DicomWorklist'
        'Get-DicomFile'
        'Get-DicomTag'
        'Get-PacsCapability'
        'Get-PacsMetric'
        'Get-PacsNode'
        'Get-PacsSimulator'
        'Get-StorageScp'
        'New-DicomTestStudy'
        'New-PacsAcceptanceSuite'
        'Receive-DicomInstance'
        'Receive-DicomSeries'
        'Receive-DicomStudy'
        'Register-PacsNode'
        'Request-DicomStorageCommitment'
        'Send-DicomFile'
        'Start-PacsSimulator'
        'Start-StorageScp'
        'Stop-PacsSimulator'
        'Stop-StorageScp'
        'Test-PacsEcho'
        'Test-PacsMoveDestination'
        'Test-PacsNode'
        'Unregister-PacsNode'
        'Watch-StorageScp'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('DICOM', 'PACS', 'DICOMweb', 'Medical', 'Imaging', 'Radiology', 'Orthanc', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # A name that never resolves, until the project has an address: docs/releasing.md.
            ProjectUri   = 'https://pacstools.example/'
            ReleaseNotes = 'The first release: C-ECHO, C-FIND, C-MOVE, C-GET, C-STORE, storage commitment, modality worklists, DICOMweb, a storage receiver, a simulator, acceptance suites.'
        }
    }
}
