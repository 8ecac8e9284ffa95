# The short forms of tests/Pester/Stress; build.ps1 -Task Stress and -Task ShellSoak are the long ones.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
}

Describe 'Everything at once' {
    It 'leaves nothing behind and no error that does not belong to it' {
        $output = @(pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'Stress/Stress.ps1') -Module $peers.Module -Seconds 12 -SettleSeconds 5)
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        "$output" | Should -Match 'Findings: 0'
    }
}

Describe 'The same for long' {
    It 'holds no more at the end than after the beginning' {
        $output = @(pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'Stress/Soak.ps1') -Peers $env:PACSTOOLS_TEST_PEERS -Minutes 0.15)
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        "$output" | Should -Match 'Findings: 0'
    }
}
