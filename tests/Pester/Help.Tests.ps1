BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $module = Import-Module (Get-TestPeers).Module -PassThru
    $cmdlets = @($module.ExportedCmdlets.Keys | Sort-Object | ForEach-Object { @{ Name = $_ } })
    $examples = foreach ($cmdlet in $cmdlets) {
        $number = 0
        foreach ($example in (Get-Help $cmdlet.Name -Full).examples.example) {
            @{ Name = $cmdlet.Name; Number = ++$number; Code = $example.code; Remarks = $example.remarks.Text -join ' ' }
        }
    }
    $topics = @(Get-ChildItem (Join-Path $module.ModuleBase 'en-US') -Filter 'about_*.help.txt' | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$' } })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Examples.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
}

Describe 'Get-Help <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $command = Get-Command $Name
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        function Get-Words($Item) { ($Item | ForEach-Object { $_.Text } | Where-Object { $_ }) -join ' ' }
    }

    It 'tells what it does, what comes in and out, and where to read on' {
        $help.Name | Should -BeExactly $Name
        $help.Synopsis.Trim() | Should -Match '\.$'
        Get-Words $help.description | Should -Not -BeNullOrEmpty
        Get-Words $help.alertSet.alert | Should -Not -BeNullOrEmpty
        @($help.relatedLinks.navigationLink.linkText).Count | Should -BeGreaterThan 1
        $types = @($help.inputTypes.inputType) + @($help.returnValues.returnValue)
        $types | Where-Object { -not ($_.type.name -and (Get-Words $_.description)) } | Should -BeNullOrEmpty
    }

    It 'describes each parameter as PowerShell knows it' {
        $known = @($command.Parameters.Values | Where-Object Name -NotIn $common)
        $described = @{}
        foreach ($one in $help.parameters.parameter) { $described[$one.name] = $one }
        Compare-Object @($described.Keys) $known.Name | Should -BeNullOrEmpty
        # One assertion for all of them: there are hundreds.
        $wrong = foreach ($parameter in $known) {
            $one = $described[$parameter.Name]
            $sets = @($parameter.ParameterSets.Values)
            $facts = [ordered]@{
                words     = [bool] (Get-Words $one.description), $true
                aliases   = (($one.aliases -split ', ' -ne 'none' | Sort-Object) -join ','), (($parameter.Aliases | Sort-Object) -join ',')
                mandatory = $one.required, "$($sets.IsMandatory -notcontains $false)"
                value     = ($one.pipelineInput -match 'ByValue'), ($sets.ValueFromPipeline -contains $true)
                name      = ($one.pipelineInput -match 'ByPropertyName'), ($sets.ValueFromPipelineByPropertyName -contains $true)
                position  = $one.position, "$(@(@($sets.Position) -ge 0)[0] ?? 'named')"
                default   = [bool] $one.defaultValue, $true
                wildcards = ($one.globbing -eq 'true'), ($parameter.Attributes.TypeId -contains [System.Management.Automation.SupportsWildcardsAttribute])
            }
            foreach ($fact in $facts.GetEnumerator()) { if ($fact.Value[0] -ne $fact.Value[1]) { "-$($parameter.Name): $($fact.Key) is '$($fact.Value[0])', not '$($fact.Value[1])'" } }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'has a syntax for each parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
        foreach ($item in $help.syntax.syntaxItem) {
            $set = $command.ParameterSets | Where-Object { -not (Compare-Object @($_.Parameters.Name | Where-Object { $_ -notin $common }) @($item.parameter.name)) }
            $set | Should -HaveCount 1
        }
    }

    It 'shows something under every heading' {
        $text = Get-Help $Name -Full | Out-String -Width 100
        # A heading with nothing below it but the next heading.
        $text | Should -Not -Match '(?m)^[A-Z]+[A-Z ]*\r?\n\s*^[A-Z]+[A-Z ]*\r?$'
        foreach ($heading in 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') { $text | Should -Match "(?m)^$heading\s*$" }
        Get-Help $Name -Examples | Out-String -Width 100 | Should -Match 'Example 3'
        $parameters = Get-Help $Name -Parameter * | Out-String -Width 100
        $help.parameters.parameter.name | Where-Object { $parameters -notmatch "(?m)^-$_\b" } | Should -BeNullOrEmpty
    }
}

Describe 'Get-Help <Topic>' -ForEach $topics {
    It 'is found and fits 80 columns' {
        $text = Get-Help $Topic | Out-String
        $text | Should -Match "(?m)^\s+$Topic\s*$"
        $text | Should -Match 'SHORT DESCRIPTION'
        $text -split "`r?`n" | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }
}

Describe 'The examples' {
    BeforeAll { Start-ExampleSession $peers }

    AfterAll { Stop-ExampleSession }

    It '<Name>, example <Number>' -ForEach $examples {
        $run = Invoke-Example $Code
        # Those that show an error say which.
        $expected = @([regex]::Matches($Remarks, '(?:Ends with|Writes) the error ([A-Za-z]+\.\w+)') | ForEach-Object { $_.Groups[1].Value })
        $ids = @($run.Errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Select-Object -Unique)
        $ids -join ' ' | Should -Be ($expected -join ' ') -Because "it wrote: $($run.Errors -join '; ')"
        $isQuiet = $Remarks -match 'othing is shown' -or $Code -match '-WhatIf' -or -not (Get-Command $Name).OutputType
        if (-not $expected -and -not $isQuiet) { $run.Text.Trim() | Should -Not -BeNullOrEmpty -Because 'an example shows something' }
    }
}
