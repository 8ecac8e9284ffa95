# How results look: every output type has a table and a list, nothing is cut off at 80 columns, and each culture has its own dates and numbers.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    Import-Module (Get-TestPeers).Module
    # What is text, a file or a truth value has views of its own.
    $others = 'System.String', 'System.Boolean', 'System.IO.FileInfo', 'PacsTools.Dicom.Data.DicomDataset'
    $types = Get-Command -Module PacsTools | ForEach-Object { $_.OutputType.Name } | Sort-Object -Unique | Where-Object { $_ -notin $others }
    $outputs = foreach ($type in $types) { @{ Type = $type; Name = ($type -split '\.')[-1] } }
    $cultures = foreach ($culture in 'en-US', 'de-DE') { @{ Culture = $culture } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop

    $folder = New-TestFolder $peers
    $null = New-DicomTestStudy -Path "$folder/in" -Series 2 -Instances 3 -Modality CT -PatientName 'DOE^JANE' -PatientID P1 -StudyDate 2024-01-15 -Rows 64 -Columns 64 -Seed 7
    $pacs = Start-PacsSimulator -Path "$folder/in" -Worklist @{ PatientName = 'DOE^JANE'; PatientID = 'P1'; Modality = 'CT'; AccessionNumber = 'A1'; ScheduledStationAETitle = 'CT1'; ScheduledProcedureStepStartDate = '20240115'; ScheduledProcedureStepStartTime = '083000'; ScheduledProcedureStepDescription = 'CT HEAD' }
    $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
    $study = $pacs | Find-DicomStudy
    $null = Register-PacsNode main "$($pacs.Node.Address)" -SkipTest

    # One or more real results of every output type.
    $samples = @{
        PacsEchoResult        = @(Test-PacsEcho $pacs; Test-PacsEcho "NOBODY@127.0.0.1:$($peers.ClosedPort)")
        PacsDiagnosis         = @(Test-PacsNode $pacs; Test-PacsNode "NOBODY@127.0.0.1:$($peers.ClosedPort)")
        PacsNode              = @(Get-PacsNode main)
        PacsCapability        = @(Get-PacsCapability $pacs -SopClass Verification, Query, CTImageStorage)
        DicomPatient          = @(Find-DicomPatient $pacs)
        DicomStudy            = @($study)
        DicomSeries           = @($study | Find-DicomSeries)
        DicomInstanceInfo     = @($study | Find-DicomInstance)
        DicomWorklistItem     = @(Find-DicomWorklist $pacs -ScheduledDate 2024-01-15)
        DicomInstanceFile     = @($study | Receive-DicomStudy -Destination "$folder/out")
        DicomRetrieveReport   = @($study | Receive-DicomStudy -Destination "$folder/report" -AsReport)
        DicomSendResult       = @(Send-DicomFile $pacs "$folder/in" -Recurse)
        DicomCommitmentResult = @(Request-DicomStorageCommitment $pacs -Path (Get-TestFiles "$folder/in")[0].FullName)
        StorageScp            = @($scp)
        PacsSimulator         = @($pacs)
        DicomFileInfo         = @(Get-DicomFile "$folder/in" -Recurse)
        DicomTagValue         = @(Get-DicomTag (Get-TestFiles "$folder/in")[0].FullName)
        PacsMetric            = @(Get-PacsMetric)
    }
    $watched = Start-ThreadJob { param($Module, $Port) Import-Module $Module; Watch-StorageScp -Port $Port -StudyQuietSeconds 1 -Count 1 -TimeoutSeconds 60 } -ArgumentList $peers.Module, $scp.Port
    while ($scp.Watchers -eq 0 -and $watched.State -in 'NotStarted', 'Running') { Start-Sleep -Milliseconds 20 }
    $null = $study | Receive-DicomStudy -Destination "$folder/watched"
    $samples.DicomStudyArrival = @($watched | Receive-Job -Wait)

    function Format-Sample($Objects, [string] $Culture, [int] $Width, [scriptblock] $Format = { $input }) {
        $before, $language = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentCulture = $Culture
            # PowerShell breaks lines between words in some languages, and anywhere in all others.
            [cultureinfo]::CurrentUICulture = $Culture
            ($Objects | & $Format | Out-String -Width $Width) -replace "`r"
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
            [cultureinfo]::CurrentUICulture = $language
        }
    }

    # Labels of the columns of a view, and their alignment.
    function Get-Column([string] $Type, [string] $View) {
        $table = (Get-FormatData -TypeName $Type).FormatViewDefinition | Where-Object { $_.Control -is [System.Management.Automation.TableControl] -and (-not $View -or $_.Name -eq $View) } | Select-Object -First 1
        $table.Control.Headers
    }
}

AfterAll {
    $null = Stop-StorageScp
    $null = Stop-PacsSimulator
}

Describe 'Views of <Name>' -ForEach $outputs {
    It 'there are a table, a list and a default set of properties' {
        $views = (Get-FormatData -TypeName $Type).FormatViewDefinition
        @($views | Where-Object { $_.Control -is [System.Management.Automation.TableControl] }).Count | Should -BeGreaterOrEqual 1
        @($views | Where-Object { $_.Control -is [System.Management.Automation.ListControl] }).Count | Should -Be 1
        (Get-TypeData -TypeName $Type).DefaultDisplayPropertySet.ReferencedProperties.Count | Should -BeGreaterThan 1
    }

    It 'the table fits 80 and 160 columns and drops no column (<_>)' -ForEach 'en-US', 'de-DE' {
        $labels = (Get-Column $Type).Label
        foreach ($width in 80, 160) {
            $lines = @((Format-Sample $samples[$Name] $_ $width) -split "`n" | Where-Object { $_.Trim() })
            $lines.Count | Should -BeGreaterThan 2
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $width
            foreach ($label in $labels) { $lines[0] | Should -BeLike "*$label*" }
        }
    }

    It 'the table cuts nothing off but the beginnings of paths' {
        $text = Format-Sample $samples[$Name] 'en-US' 80
        # An ellipsis stands for the folders a file is in, or for the rest of long binary values.
        foreach ($match in [regex]::Matches($text, '\S*\u2026\S*')) { $match.Value | Should -Match '^\u2026.*\.dcm$|^[0-9A-F]+\u2026$' }
    }

    It 'numbers and sizes stand to the right' {
        $numeric = 'Port', 'Length', 'Value', 'Assoc ms', 'Echo ms', 'ms', 'Images', 'Series', 'Studies', 'No', 'Frames', 'Size', 'Instances', 'Received', 'Failed', 'Refused', 'Open', 'Expected', 'Stored', 'Dup', 'Missing'
        # Values of elements are texts; VALUE of a metric is a number.
        foreach ($column in Get-Column $Type | Where-Object { $_.Label -in $numeric -and -not ($Name -eq 'DicomTagValue' -and $_.Label -eq 'Value') }) {
            "$($column.Label) $($column.Alignment)" | Should -Be "$($column.Label) Right"
        }
    }

    It 'the list names what matters, in full' {
        $text = Format-Sample @($samples[$Name])[0] 'en-US' 160 { $input | Format-List }
        foreach ($property in (Get-TypeData -TypeName $Type).DefaultDisplayPropertySet.ReferencedProperties) {
            $text | Should -Match "(?m)^($property|$($property -replace 'UID$')|Size)\s*:"
        }
    }

    It 'the wide table, if there is one, shows UIDs whole in 160 columns' {
        $wide = (Get-FormatData -TypeName $Type).FormatViewDefinition | Where-Object Name -EQ 'Wide'
        if ($wide) {
            $text = Format-Sample $samples[$Name] 'en-US' 160 { $input | Format-Table -View Wide }
            foreach ($column in $wide.Control.Headers.Label) { ($text -split "`n" | Where-Object { $_.Trim() })[0] | Should -BeLike "*$column*" }
            foreach ($property in 'StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID' | Where-Object { $_ -in $wide.Control.Headers.Label }) {
                foreach ($object in $samples[$Name]) { $text | Should -Match ([regex]::Escape($object.$property)) }
            }
        }
        else {
            $wide | Should -BeNullOrEmpty
        }
    }
}

Describe 'What views say, in <Culture>' -ForEach $cultures {
    It 'is what was approved' {
        $node = [PacsTools.Services.Nodes.PacsNode]::Parse('MAIN@pacs.hospital.example:104')
        $uid = '1.2.826.0.1.3680043.8.498.20240115.12345678901234567890.12345678'
        $date = [datetime] '2024-01-15'
        $made = [ordered] @{
            DicomPatient          = [PacsTools.Services.Query.DicomPatient] @{ PatientName = 'MUSTERMANN^MAXIMILIAN^ALEXANDER'; PatientID = '1234567890'; PatientBirthDate = [datetime] '1961-12-03'; PatientSex = 'M'; NumberOfPatientRelatedStudies = 12; NumberOfPatientRelatedInstances = 12345 }
            DicomStudy            = [PacsTools.Services.Query.DicomStudy] @{ PatientName = 'MUSTERMANN^MAXIMILIAN^ALEXANDER'; PatientID = '1234567890'; StudyDate = $date; StudyTime = [timespan] '08:30:15'; AccessionNumber = 'A202401150000012'; ModalitiesInStudy = 'CT', 'SR'; NumberOfStudyRelatedInstances = 1234; StudyDescription = 'CT THORAX UND ABDOMEN'; StudyInstanceUID = $uid; Node = $node }
            DicomSeries           = [PacsTools.Services.Query.DicomSeries] @{ SeriesNumber = 3; Modality = 'CT'; NumberOfSeriesRelatedInstances = 1230; SeriesDescription = 'Thorax 1.0 Br40'; SeriesInstanceUID = $uid; SeriesDate = $date; SeriesTime = [timespan] '08:31:00'; BodyPartExamined = 'CHEST'; Node = $node }
            DicomInstanceInfo     = [PacsTools.Services.Query.DicomInstanceInfo] @{ InstanceNumber = 7; Rows = 512; Columns = 768; NumberOfFrames = 1200; SOPInstanceUID = $uid; SOPClassUID = '1.2.840.10008.5.1.4.1.1.2'; Node = $node }
            DicomInstanceFile     = @(
                [PacsTools.Services.Storage.DicomInstanceFile] @{ Path = "/archive/inbox/$uid/$uid/$uid.dcm"; SOPInstanceUID = $uid; Length = 526336; Outcome = 'Stored'; Status = 0; Method = 'CMove'; SendingAETitle = 'MAIN'; TransferSyntaxUID = '1.2.840.10008.1.2.4.70' }
                [PacsTools.Services.Storage.DicomInstanceFile] @{ SOPInstanceUID = '1.2.3'; Outcome = 'Failed'; Status = 0xA700; Reason = 'no space left on the disk' })
            DicomStudyArrival     = [PacsTools.Services.Storage.DicomStudyArrival] @{ StudyInstanceUID = $uid; PatientID = '1234567890'; NumberOfSeries = 3; Received = 1234; Failed = 1; Bytes = 5678901234; LastArrival = [datetime] '2024-01-15 14:05:09'; SendingAETitle = @('CT1') }
            DicomRetrieveReport   = [PacsTools.Services.Retrieve.DicomRetrieveReport] @{ StudyInstanceUID = $uid; Node = $node; Complete = $false; Expected = 1234; Stored = 1200; Missing = 34; Bytes = 631603200; Duration = [timespan] '00:01:02.5'; Method = 'CMove' }
            DicomSendResult       = [PacsTools.Services.Sending.DicomSendResult] @{ Path = './in/IM0001.dcm'; SOPInstanceUID = $uid; SOPClassUID = '1.2.840.10008.5.1.4.1.1.2'; TransferSyntaxUID = '1.2.840.10008.1.2.1'; Outcome = 'StoredWithWarning'; Status = 0xB000; Reason = 'coercion of data elements'; Duration = [timespan] '00:00:01.25'; Attempts = 1; Node = $node }
            DicomCommitmentResult = [PacsTools.Services.Sending.DicomCommitmentResult] @{ SOPInstanceUID = $uid; SOPClassUID = '1.2.840.10008.5.1.4.1.1.2'; Committed = $false; FailureReason = 0x0112; Reason = 'no such instance'; Path = './in/IM0001.dcm'; Node = $node }
            PacsMetric            = [PacsTools.Services.Metrics.PacsMetric] @{ Name = 'dimse_storage_scp_receives_total'; Type = 'Counter'; Value = 1234567; Labels = [System.Collections.Generic.Dictionary[string, string]]::new() }
        }
        $text = @(
            foreach ($name in $made.Keys) {
                $type = @($made[$name])[0].GetType().FullName
                "=== $name, 80 columns"
                (Format-Sample $made[$name] $Culture 80).Trim("`n")
                if ('Wide' -in (Get-FormatData -TypeName $type).FormatViewDefinition.Name) {
                    "=== $name, wide"
                    (Format-Sample $made[$name] $Culture 160 { $input | Format-Table -View Wide }).Trim("`n")
                }
                "=== $name, list"
                (Format-Sample $made[$name] $Culture 80 { $input | Format-List }).Trim("`n")
            }) -join "`n"
        # Some editions of the locale data put a narrow space before AM and PM.
        $text = ($text -replace "\u202F", ' ' -split "`n" | ForEach-Object TrimEnd) -join "`n"
        $approved = Join-Path $PSScriptRoot "Views.$Culture.txt"
        if (-not (Test-Path $approved)) { Set-Content -LiteralPath $approved -Value $text -NoNewline; throw "There was no $approved; it holds what was shown now, to be read before it is kept." }
        $text | Should -Be ((Get-Content -LiteralPath $approved -Raw) -replace "`r").TrimEnd("`n")
    }
}

Describe 'Colours' {
    It 'mark what went wrong, where PowerShell shows colours' {
        $shown = pwsh -NoProfile -NonInteractive -Command "`$env:NO_COLOR = `$null; `$PSStyle.OutputRendering = 'Ansi'; Import-Module '$($peers.Module)'; Test-PacsEcho NOBODY@127.0.0.1:$($peers.ClosedPort) | Out-String -Width 120"
        ($shown -join "`n") | Should -Match "\e\[[0-9;]*mNetwork\.ConnectionRefused"
    }

    It 'follow $PSStyle' {
        $shown = pwsh -NoProfile -NonInteractive -Command "`$PSStyle.OutputRendering = 'Ansi'; `$PSStyle.Formatting.Error = `$PSStyle.Foreground.Cyan; Import-Module '$($peers.Module)'; Test-PacsEcho NOBODY@127.0.0.1:$($peers.ClosedPort) | Out-String -Width 120"
        ($shown -join "`n") | Should -Match "\e\[36mNetwork\.ConnectionRefused"
    }

    It 'are left out with <_>' -ForEach "`$PSStyle.OutputRendering = 'PlainText'", "`$null" {
        $shown = pwsh -NoProfile -NonInteractive -Command "$_; Import-Module '$($peers.Module)'; Test-PacsEcho NOBODY@127.0.0.1:$($peers.ClosedPort) | Format-Table | Out-String -Width 120"
        ($shown -join "`n") | Should -Match 'Network\.ConnectionRefused'
        ($shown -join "`n") | Should -Not -Match "\e\[[0-9;]*mNetwork"
    }
}

Describe 'Type data' {
    It 'has short names and reckoned properties' {
        $found = @($study)[0]
        $found.Images | Should -Be 6
        $found.Series | Should -Be 2
        $found.StudyDateTime.Date | Should -Be ([datetime] '2024-01-15')
        $samples.DicomInstanceFile[0].Size | Should -Match ' KB$'
        $samples.DicomInstanceFile[0].SOPClassName | Should -Be 'CT Image Storage'
        $samples.DicomInstanceFile[0].TransferSyntaxName | Should -Be 'Explicit VR Little Endian'
        $samples.DicomRetrieveReport[0].BytesPerSecond | Should -BeGreaterThan 0
        $samples.DicomWorklistItem[0].ScheduledDateTime | Should -Be ([datetime] '2024-01-15 08:30')
    }

    It 'names only properties there are, each with a value of its own' {
        foreach ($name in 'DicomStudy', 'DicomSeries', 'DicomPatient', 'DicomFileInfo', 'DicomInstanceFile', 'DicomSendResult', 'StorageScp') {
            foreach ($member in @($samples[$name])[0].PSObject.Members | Where-Object MemberType -In 'AliasProperty', 'ScriptProperty') {
                { $member.Value } | Should -Not -Throw
            }
        }
    }

    It 'writes <Bytes> bytes as <Text>' -ForEach @(
        @{ Bytes = 0; Text = '0 B' }, @{ Bytes = 512; Text = '512 B' }, @{ Bytes = 999; Text = '999 B' }, @{ Bytes = 1000; Text = '1.0 KB' }, @{ Bytes = 1536; Text = '1.5 KB' }
        @{ Bytes = 102348; Text = '99.9 KB' }, @{ Bytes = 102400; Text = '100 KB' }, @{ Bytes = 1048575; Text = '1.0 MB' }, @{ Bytes = 5678901234; Text = '5.3 GB' }, @{ Bytes = [long]::MaxValue; Text = '8192 PB' }
    ) {
        $before = [cultureinfo]::CurrentCulture
        try { [cultureinfo]::CurrentCulture = 'en-US'; [PacsTools.Output.DataSize]::Format($Bytes) | Should -Be $Text } finally { [cultureinfo]::CurrentCulture = $before }
    }
}

Describe 'A data set at the prompt' {
    It 'shows its elements by keyword and value, though PowerShell takes it apart' {
        $text = Format-Sample $study.Dataset en-US 80
        $text | Should -Match '(?m)^\(0010,0010\) PN +8 PatientName +DOE\^JANE *$'
        $text | Should -Not -Match 'ReadOnlyMemory'
        ($text -split "`n" | ForEach-Object Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'makes up no text of a character set that an element alone does not know' {
        $japanese = [PacsTools.Dicom.Data.DicomDataset]::new()
        $japanese.SetString([PacsTools.Dicom.Data.DicomTags]::SpecificCharacterSet, [string[]] 'ISO_IR 192')
        $japanese.SetString([PacsTools.Dicom.Data.DicomTags]::PatientName, [string[]] '山田^太郎')
        Format-Sample $japanese en-US 80 | Should -Match '(?m)^\(0010,0010\) PN +\d+ PatientName +Get-DicomTag shows it *$'
        (Get-DicomTag -Dataset $japanese -Tag PatientName).Value | Should -Be '山田^太郎'
    }
}
