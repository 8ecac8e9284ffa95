BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $folder = New-TestFolder $peers
    $made = @(
        New-DicomTestStudy -Path $folder -Modality CT -Instances 3 -Seed 7
        New-DicomTestStudy -Path $folder -Modality SR -Instances 1 -Seed 8
    )
    $broken = Join-Path $folder 'broken.txt'
    'this is no DICOM file' | Set-Content $broken
}

Describe 'Get-DicomFile' {
    It 'tells what every file of a folder says, and of those that say nothing why' {
        $files = Get-DicomFile $folder -Recurse -ErrorVariable failed -ErrorAction SilentlyContinue
        $files.Path | Sort-Object | Should -Be ($made.Path | Sort-Object)
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'File.NotDicom,PacsTools.Commands.GetDicomFileCommand'
        $failed[0].TargetObject | Should -Be $broken
        "$($failed[0])" | Should -Match ([regex]::Escape($broken))
    }

    It 'agrees with dcm2json on <_>' -ForEach 'PatientID', 'StudyInstanceUID', 'SOPInstanceUID', 'Modality' {
        foreach ($file in $made) {
            $tag = (Get-DicomTag $file.Path $_).Tag.ToString() -replace '[(),]'
            (Get-DicomFile $file.Path).$_ | Should -Be (dcm2json $file.Path | ConvertFrom-Json).$tag.Value[0]
        }
    }

    It 'takes what Get-ChildItem and its own kind emit' {
        Get-ChildItem $folder -Recurse -Filter *.dcm | Get-DicomFile | Should -HaveCount 4
        $made | Get-DicomFile | ForEach-Object SOPInstanceUID | Should -Be $made.SOPInstanceUID
    }

    It 'does not load pixel data' {
        $file = Get-DicomFile ($made | Where-Object Modality -eq CT | Select-Object -First 1).Path
        @($file.Dataset | Where-Object { "$($_.Tag)" -eq '(7FE0,0010)' }).IsDeferred | Should -BeTrue
    }

    It 'reads files without preamble and meta information' {
        $bare = Join-Path $folder 'bare'
        dcmconv -F +ti $made[0].Path $bare
        (Get-DicomFile $bare).SOPInstanceUID | Should -Be $made[0].SOPInstanceUID
        (Get-DicomFile $bare).TransferSyntaxUID | Should -Be '1.2.840.10008.1.2'
        Remove-Item $bare
    }

    It 'names the offset of what is broken' {
        $cut = Join-Path $folder 'cut'
        $bytes = [IO.File]::ReadAllBytes($made[0].Path)
        [IO.File]::WriteAllBytes($cut, $bytes[0..700])
        $null = Get-DicomFile $cut -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].Exception.Offset | Should -BeGreaterThan 0
        "$($failed[0])" | Should -Match "offset $($failed[0].Exception.Offset)"
        "$($failed[0])" | Should -Match '\([0-9A-F]{4},[0-9A-F]{4}\)'
        Remove-Item $cut
    }

    It 'streams folders: what comes after the first is not even opened' {
        $first = Get-DicomFile $folder -Recurse -ErrorVariable failed -ErrorAction SilentlyContinue | Select-Object -First 1
        $first | Should -HaveCount 1
        # broken.txt stands in the folder itself, before those below.
        Get-DicomFile (Split-Path $made[0].Path), $folder -ErrorVariable failed -ErrorAction SilentlyContinue | Select-Object -First 1 | Should -HaveCount 1
        $failed | Should -BeNullOrEmpty
    }

    It 'emits what Send-DicomFile takes' {
        $simulator = Start-PacsSimulator -TestData
        try {
            $sent = Get-DicomFile $folder -Recurse -ErrorAction SilentlyContinue | Send-DicomFile $simulator
            $sent.Outcome | Should -Be @('Stored' , 'Stored', 'Stored', 'Stored')
            $sent.SOPInstanceUID | Sort-Object | Should -Be ($made.SOPInstanceUID | Sort-Object)
        }
        finally { $simulator | Stop-PacsSimulator }
    }

    It 'emits what Compare-Object compares' {
        $copy = New-TestFolder $peers
        Copy-Item $made[0].Path, $made[1].Path $copy
        $difference = Compare-Object (Get-DicomFile (Split-Path $made[0].Path)) (Get-DicomFile $copy) -Property SOPInstanceUID, SeriesInstanceUID
        $difference | Should -HaveCount 1
        $difference.SOPInstanceUID | Should -Be $made[2].SOPInstanceUID
        $difference.SideIndicator | Should -Be '<='
    }

    It 'says what it did not find' {
        Get-DicomFile (Join-Path $folder 'none') -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Be 'File.PathNotFound,PacsTools.Commands.GetDicomFileCommand'
        { Get-DicomFile } | Should -Throw -ErrorId 'InvalidArgument*'
    }
}

Describe 'Get-DicomTag' {
    It 'shows elements by keyword and by tag, of the meta information too' {
        $tags = Get-DicomTag $made[0].Path -Tag PatientName, '0002,0010', '0028,0010'
        $tags.Keyword | Should -Be 'TransferSyntaxUID', 'PatientName', 'Rows'
        $tags[1].Value | Should -Be $made[0].PatientName
        $tags[2].Value | Should -BeOfType long
        $tags[2].VR | Should -Be 'US'
    }

    It 'goes into sequences' {
        $report = ($made | Where-Object Modality -eq SR)[0].Path
        $all = Get-DicomTag $report -Recurse
        ($all | Measure-Object Depth -Maximum).Maximum | Should -BeGreaterThan 1
        $all | Where-Object Depth -gt 0 | ForEach-Object Location | Should -Match '\[\d+\]\.'
        Get-DicomTag $report | Where-Object Depth -gt 0 | Should -BeNullOrEmpty
    }

    It 'shows a result of a query' {
        $simulator = Start-PacsSimulator -TestData
        try {
            $study = Find-DicomStudy $simulator | Select-Object -First 1
            ($study | Get-DicomTag -Tag StudyInstanceUID).Value | Should -Be $study.StudyInstanceUID
        }
        finally { Stop-PacsSimulator }
    }

    It 'refuses what is no attribute' {
        { Get-DicomTag $made[0].Path -Tag Nonsense } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'completes keywords' {
        (TabExpansion2 'Get-DicomTag x -Tag PatientNa' 29).CompletionMatches.CompletionText | Should -Contain 'PatientName'
    }
}

Describe 'DICOM JSON' {
    It 'is what dcm2json writes, pixel data apart' {
        foreach ($file in $made) {
            $ours = $file | ConvertTo-DicomJson | ConvertFrom-Json -AsHashtable
            $theirs = dcm2json $file.Path | ConvertFrom-Json -AsHashtable
            $theirs.Keys | Where-Object { $_ -notmatch '^0002' -and $_ -ne '00080005' } | Sort-Object | Should -Be ($ours.Keys | Where-Object { $_ -ne '00080005' } | Sort-Object)
            foreach ($tag in $theirs.Keys | Where-Object { $_ -notmatch '^0002|^7FE0|^00080005' }) {
                # Numbers may be written as numbers or strings (PS3.18 F.2.3.1).
                ($ours[$tag].Value | ConvertTo-Json -Depth 50 -Compress) -replace '"' | Should -Be (($theirs[$tag].Value | ConvertTo-Json -Depth 50 -Compress) -replace '"') -Because $tag
            }
        }
    }

    It 'goes back to the same data set' {
        $json = $made[0] | ConvertTo-DicomJson
        $back = $json | ConvertFrom-DicomJson
        $back | Should -Not -BeNullOrEmpty
        ($json -split "`n" | ConvertFrom-DicomJson).Count | Should -Be $back.Count
        $again = ConvertTo-DicomJson -Dataset $back | ConvertFrom-Json -AsHashtable
        $again['00100010'].Value[0].Alphabetic | Should -Be $made[0].PatientName
        $again.Keys | Should -Not -Contain '7FE00010'
    }

    It 'says where the pixel data is, or holds it' {
        $file = ($made | Where-Object Modality -eq CT)[0].Path
        (ConvertTo-DicomJson $file | ConvertFrom-Json).'7FE00010'.BulkDataURI | Should -Match '^file:///.*\?offset=\d+&length=\d+$'
        $inline = (ConvertTo-DicomJson $file -IncludePixelData | ConvertFrom-Json).'7FE00010'.InlineBinary
        [Convert]::FromBase64String($inline).Length | Should -Be (Get-DicomTag $file -Tag PixelData).Length
    }

    It 'may be one array' {
        $all = $made | ConvertTo-DicomJson -AsArray -Compress
        $all | Should -BeOfType string
        @($all | ConvertFrom-Json) | Should -HaveCount 4
        @($all | ConvertFrom-DicomJson) | ForEach-Object { $_ } | Should -Not -BeNullOrEmpty
    }

    It 'may come as bytes, <How>' -ForEach @(
        @{ How = 'in one array'; Read = { ConvertFrom-DicomJson $bytes } }
        @{ How = 'by name'; Read = { ConvertFrom-DicomJson -Bytes $bytes } }
        @{ How = 'piped, which takes the array apart'; Read = { $bytes | ConvertFrom-DicomJson } }
        @{ How = 'piped in one'; Read = { , $bytes | ConvertFrom-DicomJson } }
        @{ How = 'behind a byte order mark'; Read = { ConvertFrom-DicomJson ([byte[]] (0xEF, 0xBB, 0xBF) + $bytes) } }
    ) {
        $json = '[{"00080005":{"vr":"CS","Value":["ISO_IR 192"]},"00100010":{"vr":"PN","Value":[{"Alphabetic":"Müller}^Jürgen"}]}},' + "`n" + '{"00100020":{"vr":"LO","Value":["P2"]}}]' + "`n"
        $bytes = [Text.Encoding]::UTF8.GetBytes($json)
        $read = @(& $Read | Where-Object { $_ -is [PacsTools.Dicom.Data.DicomDataset] })
        $read | Should -HaveCount 2
        $read[0].GetString('00100010') | Should -Be 'Müller}^Jürgen'
        $read[1].GetString('00100020') | Should -Be 'P2'
    }

    It 'is refused when it is none' {
        '{"00100010": [' | ConvertFrom-DicomJson -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Be 'Json.NotDicom,PacsTools.Commands.ConvertFromDicomJsonCommand'
    }
}

Describe 'Export-DicomImage' {
    BeforeAll { $image = ($made | Where-Object Modality -eq CT)[0] }

    It 'writes a PNG named by the instance' {
        $out = New-TestFolder $peers
        $png = $made | Export-DicomImage -Destination $out -ErrorVariable failed -ErrorAction SilentlyContinue
        $png | Should -HaveCount 3
        $png[0] | Should -BeOfType IO.FileInfo
        $png.BaseName | Sort-Object | Should -Be (($made | Where-Object Modality -eq CT).SOPInstanceUID | Sort-Object)
        [Convert]::ToHexString([IO.File]::ReadAllBytes($png[0])[0..7]) | Should -Be '89504E470D0A1A0A'
        # As Get-Item emits them: mode and size are in the table on Unix too, and provider paths bind.
        ($png | Format-Table | Out-String) | Should -Be ($png.FullName | Get-Item | Format-Table | Out-String)
        $png.PSPath | Should -Be ($png.FullName | Get-Item).PSPath
        # The report has no image.
        $failed[0].FullyQualifiedErrorId | Should -Be 'Image.NoPixelData,PacsTools.Commands.ExportDicomImageCommand'
    }

    It 'takes another window, makes thumbnails, and minds what is there' {
        $out = New-TestFolder $peers
        $first = Export-DicomImage $image.Path -Destination $out
        $whole = [Convert]::ToBase64String([IO.File]::ReadAllBytes($first))
        $other = Export-DicomImage $image.Path -Destination (Join-Path $out 'b') -WindowCenter 300 -WindowWidth 50
        [Convert]::ToBase64String([IO.File]::ReadAllBytes($other)) | Should -Not -Be $whole
        $small = Export-DicomImage $image.Path -Destination (Join-Path $out 'c') -Thumbnail
        $small.Length | Should -BeLessThan $first.Length
        Export-DicomImage $image.Path -Destination $out -NoClobber -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Match '^Image.CannotWrite'
        { Export-DicomImage $image.Path -WindowCenter 3 } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'says of a width that is none what it must be: <_>' -ForEach -1, 0, ([double]::NaN), ([double]::PositiveInfinity) {
        { Export-DicomImage $image.Path -Destination (New-TestFolder $peers) -WindowCenter 300 -WindowWidth $_ } | Should -Throw '*not a number above 0*' -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'leaves no half picture where the disk is full' {
        Skip-TestUnless $IsLinux 'a disk without room is /dev/full of Linux'
        $out = New-TestFolder $peers
        $target = Join-Path $out "$($image.SOPInstanceUID).png"
        $null = New-Item -ItemType SymbolicLink -Path $target -Target /dev/full
        Export-DicomImage $image.Path -Destination $out -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Match '^Image.CannotWrite'
        $failed[0].CategoryInfo.Category | Should -Be 'WriteError'
        Get-ChildItem -LiteralPath $out -Force | Should -BeNullOrEmpty
    }

    It 'makes a picture of every frame asked for' {
        $out = New-TestFolder $peers
        $loop = New-DicomTestStudy -Path (New-TestFolder $peers) -Modality US -Rows 16 -Columns 16
        $png = Export-DicomImage $loop.Path -Destination $out -Frame 1, 3 -ErrorVariable failed
        $png.Name | Should -Be "$($loop.SOPInstanceUID).1.png", "$($loop.SOPInstanceUID).3.png"
        Export-DicomImage $loop.Path -Destination $out -Frame 999 -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Match '^Image.NoSuchFrame'
    }

    It 'refuses other transfer syntaxes by their name' {
        $jpeg = Join-Path (New-TestFolder $peers) 'jpeg.dcm'
        dcmcjpeg $image.Path $jpeg
        Export-DicomImage $jpeg -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Match '^Image.NotDecodable'
        "$($failed[0])" | Should -Match 'JPEG Lossless'
    }

    It 'writes nothing with -WhatIf' {
        $out = New-TestFolder $peers
        Export-DicomImage $image.Path -Destination (Join-Path $out 'none') -WhatIf
        Test-Path (Join-Path $out 'none') | Should -BeFalse
    }
}
