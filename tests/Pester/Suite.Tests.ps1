BeforeDiscovery {
    $faults = (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'SuiteFaults.psd1')).Faults
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $simulator = Start-PacsSimulator -TestData
}

AfterAll { $null = Stop-PacsSimulator }

Describe 'New-PacsAcceptanceSuite' {
    BeforeEach { $folder = New-TestFolder $peers }

    It 'writes tests and what was agreed' {
        $study = (Find-DicomStudy $simulator -PatientID SYN000007).StudyInstanceUID
        $files = @(New-PacsAcceptanceSuite $simulator (Join-Path $folder 'new') -StudyInstanceUID $study -ScpAETitle OURS -ScpPort 11115)
        $files | ForEach-Object { $_ | Should -BeOfType ([System.IO.FileInfo]) }
        ($files | Format-Table | Out-String) | Should -Be (Get-Item -LiteralPath $files.FullName | Format-Table | Out-String)
        $files.Name | Should -Be 'SIM_PACS.Tests.ps1', 'SIM_PACS.Acceptance.psd1'
        $agreed = Import-PowerShellDataFile $files[1] -SkipLimitCheck
        $agreed.Node.Port | Should -Be $simulator.Port
        $agreed.Node.ScpAETitle | Should -Be 'OURS'
        $agreed.Node.ScpPort | Should -Be 11115
        Test-PacsEcho $agreed.Node -Quiet | Should -BeTrue
        $agreed.Studies | Should -HaveCount 1
        $agreed.Studies[0].StudyInstanceUID | Should -Be $study
        $agreed.Studies[0].Instances | Should -Be 3
        $agreed.Implementation.VersionName | Should -Be (Test-PacsEcho $simulator).ImplementationVersionName
        @($agreed.Contexts.SopClasses.Keys) | Sort-Object | Should -Be (Get-PacsCapability $simulator | Where-Object Accepted | ForEach-Object UID | Sort-Object)
        $agreed.NotOffered.DicomWeb | Should -Not -BeNullOrEmpty
    }

    It 'chooses small studies of several kinds' {
        $agreed = Import-PowerShellDataFile (New-PacsAcceptanceSuite $simulator $folder -Name a)[1] -SkipLimitCheck
        $agreed.Studies | Should -HaveCount 3
        $modalities = $agreed.Studies.StudyInstanceUID | ForEach-Object { (Find-DicomStudy $simulator -StudyInstanceUID $_).ModalitiesInStudy[0] }
        $modalities | Sort-Object -Unique | Should -HaveCount 3
    }

    It 'keeps nothing of a patient and no secret' {
        $user = [pscredential]::new('me', (ConvertTo-SecureString 'passc0de' -AsPlainText -Force))
        $files = New-PacsAcceptanceSuite $simulator $folder -Credential $user -AllowUnencryptedAuthentication
        $text = Get-Content -LiteralPath $files.FullName -Raw
        "$text" -cmatch 'passc0de|SYN0000|DOE\^' | Should -BeFalse
    }

    It 'writes scripts without a fault, and nothing is left of the templates' {
        $files = New-PacsAcceptanceSuite $simulator $folder
        foreach ($file in $files) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            Get-Content $file -Raw | Should -Not -Match '\{\{'
        }
    }

    It 'writes scripts that PSScriptAnalyzer has nothing to say about' {
        Skip-TestUnless ([bool] (Get-Module PSScriptAnalyzer -ListAvailable)) 'PSScriptAnalyzer is not installed' -Requirement psscriptanalyzer
        New-PacsAcceptanceSuite $simulator $folder | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName } | Should -BeNullOrEmpty
    }

    It 'is told not to write to the archive' {
        (Import-PowerShellDataFile (New-PacsAcceptanceSuite $simulator $folder -SkipSend)[1] -SkipLimitCheck).NotOffered.Send | Should -Not -BeNullOrEmpty
    }

    It 'leaves what an empty archive has not' {
        $agreed = Import-PowerShellDataFile (New-PacsAcceptanceSuite (Start-PacsSimulator) $folder)[1] -SkipLimitCheck
        $agreed.Studies | Should -BeNullOrEmpty
        $agreed.NotOffered.Sample | Should -Not -BeNullOrEmpty
    }

    It 'takes nodes from the pipeline and their names' {
        $null = Register-PacsNode sim-1 $simulator -SkipTest
        try { (Get-PacsNode sim-1 | New-PacsAcceptanceSuite -Path $folder).Name | Should -Be 'sim-1.Tests.ps1', 'sim-1.Acceptance.psd1' }
        finally { Unregister-PacsNode sim-1 }
    }

    It 'overwrites nothing unless forced' {
        $files = New-PacsAcceptanceSuite $simulator $folder
        Set-Content $files[0] 'edited'
        Remove-Item $files[1]
        New-PacsAcceptanceSuite $simulator $folder -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Acceptance.FileExists,*'
        $errors[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content $files[0] | Should -Be 'edited'
        $files[1].FullName | Should -Not -Exist
        New-PacsAcceptanceSuite $simulator $folder -Force | Should -HaveCount 2
        Get-Content $files[0] -Raw | Should -Match 'Describe'
    }

    It 'writes nothing with -WhatIf' {
        New-PacsAcceptanceSuite $simulator (Join-Path $folder 'new') -WhatIf | Should -BeNullOrEmpty
        Join-Path $folder 'new' | Should -Not -Exist
    }

    It 'writes nothing where <Name>' -ForEach @(
        @{ Name = 'nobody answers'; Arguments = { @{ Node = "X@127.0.0.1:$($peers.ClosedPort)"; Retry = 0 } }; Id = 'Network.ConnectionRefused' }
        @{ Name = 'a study is not there'; Arguments = { @{ Node = $simulator; StudyInstanceUID = '1.2.3' } }; Id = 'Acceptance.StudyNotFound' }
        @{ Name = 'a file is in the way'; Arguments = { Set-Content "$folder/file" ''; @{ Node = $simulator; Path = "$folder/file/deeper" } }; Id = 'Acceptance.CannotWrite' }
    ) {
        $given = @{ Path = Join-Path $folder 'new' }
        $more = & $Arguments
        $more.Keys | ForEach-Object { $given[$_] = $more[$_] }
        New-PacsAcceptanceSuite @given -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $given.Path | Should -Not -Exist
    }

    It 'refuses a name that is no file name' {
        { New-PacsAcceptanceSuite $simulator $folder -Name '../x' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'A written suite' {
    BeforeAll {
        $folder = New-TestFolder $peers
        $results = Join-Path $folder 'results.json'
        $output = pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'SuiteRuns.ps1') -Folder $folder -ResultPath $results 2>&1 | Out-String
        if (-not (Test-Path $results)) { throw $output }
        $runs = @{}
        Get-Content -LiteralPath $results -Raw | ConvertFrom-Json | ForEach-Object { $runs[$_.Name] = $_ }
    }

    It 'passes with <_>' -ForEach 'Orthanc', 'Dcmqrscp', 'Simulator' {
        $runs[$_].Errors | Should -BeNullOrEmpty
        $runs[$_].Result | Should -Be 'Passed'
        foreach ($part in 'Verification', 'Capabilities', 'Queries about study', 'Queries', 'Retrieve of study * by CMove', 'Retrieve of study * by CGet', 'Send and read back', 'Errors') {
            @($runs[$_].Passed -like "$part*").Count | Should -BeGreaterThan 0 -Because "$part was tested"
        }
        # What was skipped says why.
        $runs[$_].Skipped | Where-Object { $_ -notmatch '\(not tested: .+\)' -and $_ -notlike '*.tells * series and * instances' } | Should -BeNullOrEmpty
    }

    It 'is told as NUnit XML' {
        $xml = [xml] (Get-Content (Join-Path $folder 'Orthanc.xml') -Raw)
        $xml.'test-run'.failed | Should -Be '0'
        [int] $xml.'test-run'.passed | Should -Be $runs.Orthanc.Passed.Count
    }

    It 'fails in the right tests where <Name>' -ForEach $faults {
        $run = $runs[$Name]
        $plain = { $_ -replace '2\.25\.\d+|<StudyInstanceUID>', 'UID' -replace '<Instances>', 3 }
        $failed = @($run.Failed | ForEach-Object $plain)
        $passed = @($run.Passed | ForEach-Object $plain)
        $passed.Count + $failed.Count | Should -BeGreaterThan 3
        foreach ($pattern in $Fails) { $failed -like $pattern | Should -Not -BeNullOrEmpty -Because "$pattern should fail" }
        $failed | Where-Object { $test = $_; -not ($Fails | Where-Object { $test -like $_ }) } | Should -BeNullOrEmpty -Because "only they should fail: $($run.Errors)"
        # Of what a pattern names nothing passes.
        $passed | Where-Object { $test = $_; $Fails | Where-Object { $test -like $_ } } | Should -BeNullOrEmpty
    }
}
