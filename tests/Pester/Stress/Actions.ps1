# What a worker does, one of these at a time, chosen at random. Nothing that is not listed as Legitimate may go wrong: not an error record, not a
# result that differs from what the archives are known to hold. Dot-sourced in the runspace of the worker, with $c, the fixture, and $random.

function Confirm-That([bool] $Holds, [string] $What) { if (-not $Holds) { throw "Not so: $What" } }

function New-Place { Join-Path $c.Folder ([guid]::NewGuid().ToString('N')) }

function Get-AnyStudy { $c.Studies[$random.Next($c.Studies.Count)] }

# A retrieve that proves itself, and is removed.
function Confirm-Retrieve($Report, $Study, [string] $Place) {
    Confirm-That ($Report.Complete -and $Report.Stored -eq $Study.NumberOfStudyRelatedInstances) "$($Study.StudyInstanceUID) came whole: $($Report | Select-Object Complete, Expected, Stored, Duplicate, Failed, Missing, Unexpected, Method)"
    Confirm-That (@(Get-ChildItem -LiteralPath $Place -Recurse -File -Force).Count -eq $Report.Stored) "nothing but $($Report.Stored) files are in $Place"
    Remove-Item -LiteralPath $Place -Recurse -Force
}

# What anyone meets who talks to somebody that is being stopped at that moment.
$stopping = 'Network.ConnectionRefused', 'Network.ConnectionLost', 'AssociationAborted*', 'AssociationRejected*', 'Network.*'

$actions = @(
    @{ Name = 'Test-PacsEcho'; Weight = 6; Do = {
            Confirm-That (Test-PacsEcho $c.Plain -Quiet) 'PLAIN answers'
            Confirm-That (Test-PacsEcho $c.Secure -TlsCaCertificate $c.Ca -Quiet) 'SECURE answers'
            Confirm-That (Test-PacsEcho "RECV@127.0.0.1:$($c.Scp.Port)" -Quiet) 'RECV answers'
        } }
    @{ Name = 'Find-DicomStudy'; Weight = 6; Do = { Confirm-That (@(Find-DicomStudy $c.Plain).Count -eq $c.Studies.Count) 'every study is found' } }
    @{ Name = 'Find-DicomStudy by TLS'; Weight = 3; Do = { Confirm-That (@(Find-DicomStudy $c.Secure -TlsCaCertificate $c.Ca).Count -eq $c.Studies.Count) 'every study is found by TLS' } }
    @{ Name = 'Find-DicomPatient, Find-DicomWorklist'; Weight = 3; Do = {
            Confirm-That (@(Find-DicomPatient $c.Other -QueryModel Patient).Count -eq $c.Patients) 'every patient is found'
            Confirm-That (@(Find-DicomWorklist $c.Other).Count -eq $c.Worklist) 'every worklist item is found'
        } }
    @{ Name = 'Find-DicomSeries, Find-DicomInstance'; Weight = 3; Do = {
            $series = @($c.Studies[0] | Find-DicomSeries)
            Confirm-That ($series.Count -eq $c.Series.Count) 'every series is found'
            Confirm-That (@($series[0] | Find-DicomInstance).Count -eq $c.Instances.Count) 'every instance is found'
        } }
    @{ Name = 'Find-DicomStudy | Select-Object -First'; Weight = 4; Do = { Confirm-That (@(Find-DicomStudy $c.Slow | Select-Object -First ($random.Next(1, 4))).Count -ge 1) 'some are found' } }
    @{ Name = 'Receive-DicomStudy by C-MOVE'; Weight = 5; Do = {
            $study = Get-AnyStudy; $place = New-Place
            Confirm-Retrieve ($study | Receive-DicomStudy -Method CMove -StorageScp $c.Scp -Destination $place -AsReport) $study $place
        } }
    @{ Name = 'Receive-DicomStudy by C-MOVE and TLS'; Weight = 2; Do = {
            $study = Get-AnyStudy; $place = New-Place
            Confirm-Retrieve (Receive-DicomStudy $c.Secure $study.StudyInstanceUID -TlsCaCertificate $c.Ca -Method CMove -ScpPort $c.SecureScp.Port -Destination $place -AsReport) $study $place
        } }
    @{ Name = 'Receive-DicomStudy by C-GET'; Weight = 4; Do = {
            $study = Get-AnyStudy; $place = New-Place
            Confirm-Retrieve (Receive-DicomStudy $c.Other $study.StudyInstanceUID -Method CGet -Destination $place -AsReport) $study $place
        } }
    @{ Name = 'Receive-DicomStudy by DICOMweb'; Weight = 4; Do = {
            $study = Get-AnyStudy; $place = New-Place
            Confirm-Retrieve (Receive-DicomStudy $c.Plain $study.StudyInstanceUID -Method DicomWeb -Destination $place -AsReport) $study $place
        } }
    @{ Name = 'Receive-DicomSeries, Receive-DicomInstance'; Weight = 2; Do = {
            $place = New-Place
            Confirm-That (@($c.Series[0] | Receive-DicomSeries -Method CGet -Destination $place).Count -eq $c.Instances.Count) 'a series comes whole'
            Confirm-That (@($c.Instances[0] | Receive-DicomInstance -Method CMove -StorageScp $c.Scp -Destination $place).Count -eq 1) 'an instance comes'
            Remove-Item -LiteralPath $place -Recurse -Force
        } }
    @{ Name = 'Receive-DicomStudy | Select-Object -First'; Weight = 3; Do = {
            $place = New-Place
            $first = @(Receive-DicomStudy $c.Slow $c.Studies[0].StudyInstanceUID -Method ('CMove', 'CGet')[$random.Next(2)] -StorageScp $c.Scp -Destination $place | Select-Object -First 1)
            Confirm-That ($first.Count -eq 1 -and (Test-Path -LiteralPath $first[0].Path)) 'the first instance is there'
        } }
    @{ Name = 'Send-DicomFile'; Weight = 4; Do = {
            $sent = @($c.Files | Send-DicomFile $c.Store -ThrottleLimit ($random.Next(1, 4)))
            Confirm-That (@($sent | Where-Object Outcome -EQ Stored).Count -eq $c.Files.Count) 'every file is stored'
            Confirm-That ((@($c.Files | Send-DicomFile "INBOX@127.0.0.1:$($c.Inbox.Port)") | Where-Object Outcome -EQ Stored).Count -eq $c.Files.Count) 'every file is in the inbox'
        } }
    @{ Name = 'Send-DicomFile by STOW-RS'; Weight = 2; Do = { Confirm-That ((@($c.Files | Send-DicomFile $c.Store -Method DicomWeb) | Where-Object Outcome -EQ Stored).Count -eq $c.Files.Count) 'every file is stored by STOW-RS' } }
    @{ Name = 'Request-DicomStorageCommitment'; Weight = 2; Do = {
            $null = $c.Files | Send-DicomFile $c.Store
            Confirm-That (@($c.Files | Request-DicomStorageCommitment $c.Store -StorageScp $c.Scp | Where-Object Committed).Count -eq $c.Files.Count) 'every file is committed'
        } }
    @{ Name = 'Copy-DicomStudy'; Weight = 3; Do = {
            $study = Get-AnyStudy
            $report = Copy-DicomStudy $c.Other $study.StudyInstanceUID -DestinationNode $c.Store.Node -Method ('CMove', 'CGet')[$random.Next(2)] -StorageScp $c.Scp
            Confirm-That ($report.Complete -and $report.Stored -eq $study.NumberOfStudyRelatedInstances) 'a study is copied through us'
            Confirm-That (Copy-DicomStudy $c.Other $study.StudyInstanceUID -DestinationAETitle INBOX).Complete 'a study is copied to a third party'
        } }
    @{ Name = 'Watch-StorageScp'; Weight = 2; Do = { $null = @(Watch-StorageScp -Port $c.Inbox.Port -TimeoutSeconds 0.5 | Select-Object -First ($random.Next(1, 20))) } }
    @{ Name = 'Register-PacsNode'; Weight = 2; Do = {
            $name = "n$([guid]::NewGuid().ToString('N'))"
            $null = Register-PacsNode $name -Node $c.Plain.Node -SkipTest:($random.Next(2) -eq 0) -Confirm:$false
            Confirm-That ((Get-PacsNode $name).Port -eq $c.Plain.Port) 'the node is registered'
            Confirm-That (Test-PacsEcho $name -Quiet) 'the node answers by its name'
            $null = Unregister-PacsNode $name -Confirm:$false
        } }
    @{ Name = 'Get-DicomFile, Get-DicomTag, JSON, Export-DicomImage, New-DicomTestStudy'; Weight = 3; Do = {
            $place = New-Place
            Confirm-That (@($c.Files | Get-DicomFile).Count -eq $c.Files.Count) 'files are read'
            Confirm-That ((Get-DicomTag $c.Files[0].Path PatientID).Value -eq $c.Files[0].PatientID) 'a tag is read'
            Confirm-That ((ConvertTo-DicomJson $c.Files[0].Path | ConvertFrom-DicomJson).GetString('00100020') -eq $c.Files[0].PatientID) 'JSON goes there and back'
            Confirm-That (@($c.Files[0] | Export-DicomImage -Destination $place).Count -eq 1) 'a picture is written'
            Confirm-That (@(New-DicomTestStudy $place -Instances 2 -Rows 16 -Columns 16).Count -eq 2) 'a study is made'
            Remove-Item -LiteralPath $place -Recurse -Force
        } }
    @{ Name = 'Get-PacsMetric, Get-StorageScp, Get-PacsSimulator'; Weight = 3; Do = {
            $null = Get-PacsMetric
            Confirm-That ((Get-PacsMetric -AsPrometheus) -match 'dimse_associations_active') 'metrics are told'
            Confirm-That (@(Get-StorageScp).Port -contains $c.Scp.Port) 'RECV runs'
            Confirm-That (@(Get-PacsSimulator).Port -contains $c.Plain.Port) 'PLAIN runs'
        } }
    @{ Name = 'Get-PacsCapability, Test-PacsNode, Test-PacsMoveDestination'; Weight = 1; Do = {
            Confirm-That (@(Get-PacsCapability $c.Plain | Where-Object Accepted).Count -gt 10) 'PLAIN has capabilities'
            Confirm-That (-not (@(Test-PacsNode $c.Plain).Success -contains $false)) 'PLAIN is well'
            $rungs = @(Test-PacsMoveDestination $c.Plain $c.Studies[0].StudyInstanceUID -StorageScp $c.Scp)
            Confirm-That (-not ($rungs.Success -contains $false)) "PLAIN reaches us: $(($rungs | Where-Object { -not $_.Success }).Error)"
        } }
    @{ Name = 'New-PacsAcceptanceSuite'; Weight = 1; Do = {
            $place = New-Place
            Confirm-That (@(New-PacsAcceptanceSuite $c.Plain $place).Count -eq 2) 'a suite is written'
            Remove-Item -LiteralPath $place -Recurse -Force
        } }
    @{ Name = 'Start-PacsSimulator, Stop-PacsSimulator'; Weight = 2; Do = {
            $mine = Start-PacsSimulator -TestData -AETitle MINE -DicomWeb
            Confirm-That (@(Find-DicomStudy $mine).Count -eq $c.Studies.Count) 'my simulator holds every study'
            Stop-PacsSimulator $mine.Port -Confirm:$false
        } }
    @{ Name = 'Start-StorageScp, Stop-StorageScp'; Weight = 2; Do = {
            $place = New-Place
            $mine = Start-StorageScp -AETitle MINE -Port 0 -BindAddress 127.0.0.1 -Path $place
            Confirm-That ((@($c.Files | Send-DicomFile "MINE@127.0.0.1:$($mine.Port)") | Where-Object Outcome -EQ Stored).Count -eq $c.Files.Count) 'my Storage SCP takes every file'
            Confirm-That ((Stop-StorageScp $mine.Port -Confirm:$false).State -eq 'Stopped') 'my Storage SCP stops'
            Confirm-That (@(Get-ChildItem -LiteralPath $place -Recurse -File -Force).Count -eq $c.Files.Count) 'every file lies there'
            Remove-Item -LiteralPath $place -Recurse -Force
        } }
    @{ Name = 'ForEach-Object -Parallel'; Weight = 1; Do = {
            $counts = @(1..3 | ForEach-Object -ThrottleLimit 3 -Parallel {
                    $c = $using:c
                    Import-Module $c.Module
                    @(Find-DicomStudy $c.Plain -MaxResults 3).Count
                    if (-not (Test-PacsEcho $c.Other -Quiet)) { throw 'OTHER does not answer' }
                })
            Confirm-That ("$counts" -eq '3 3 3') "three parallel queries found three studies each, not $counts"
        } }
    @{ Name = 'Remove-Module, Import-Module'; Weight = 2; Do = {
            Remove-Module PacsTools
            Import-Module $c.Module
            Confirm-That ($c.Scp.State -eq 'Running' -and @(Get-PacsSimulator).Port -contains $c.Plain.Port) 'what others use goes on'
        } }
    @{ Name = 'PowerShell.Stop()'; Weight = 5; Do = { Invoke-Stopped } }

    # What is stopped while it is used. A sender that is turned away tries again by the retry table, which is too slow for here.
    @{ Name = 'Storage SCP stopped under load'; Weight = 3; Legitimate = $stopping + 'Retrieve.*', 'StorageScp.*', 'Send.*', 'Dimse.*', 'Timeout.*'; Do = {
            $port = $c.Shared['port']
            if ($port -and $random.Next(4) -gt 0) {
                $null = $c.Files | Send-DicomFile "CHURN@127.0.0.1:$port" -Retry 0
                $null = Watch-StorageScp -Port $port -TimeoutSeconds 0.3
            }
            else {
                if ($port) { $null = Stop-StorageScp $port -Confirm:$false }
                $scp = Start-StorageScp -AETitle CHURN -Port 0 -BindAddress 127.0.0.1 -Path (Join-Path $c.Folder 'churn') -IfExists Overwrite
                $old = $c.Shared['port']
                $c.Shared['port'] = $scp.Port
                if ($old -and $old -ne $port) { $null = Stop-StorageScp $old -Confirm:$false }
            }
        } }
    @{ Name = 'archive stopped under load'; Weight = 3; Legitimate = $stopping + 'Retrieve.*', 'Find.*', 'Query.*', 'Dimse.*', 'Simulator.*', 'DicomWeb.*', 'Timeout.*'; Do = {
            $archive = $c.Shared['archive']
            if ($archive -and $random.Next(4) -gt 0) {
                $place = New-Place
                $null = Find-DicomStudy $archive -Retry 0
                $null = Receive-DicomStudy $archive.Node $c.Studies[1].StudyInstanceUID -Retry 0 -Method ('CMove', 'CGet', 'DicomWeb')[$random.Next(3)] -StorageScp $c.Scp -Destination $place
                if (Test-Path -LiteralPath $place) { Remove-Item -LiteralPath $place -Recurse -Force }
            }
            else {
                $new = Start-PacsSimulator -TestData -AETitle PASSING -DicomWeb
                $c.Shared['archive'] = $new
                if ($archive) { Stop-PacsSimulator $archive.Port -Confirm:$false }
            }
        } }
)
