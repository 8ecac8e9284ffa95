# One runspace's share of the stress: actions chosen at random until it is over. Every error record an action leaves is looked at.
param($c, [int] $Number, [int] $Seed, [string] $Here, [string[]] $Only, [runspace] $Beside)
$ErrorActionPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$random = [Random]::new($Seed * 1000 + $Number)
Import-Module $c.Module -ErrorAction Stop
. (Join-Path $Here 'Actions.ps1')
. (Join-Path $Here 'Stopping.ps1')
$choices = @(foreach ($action in $actions) { if (-not $Only -or $action.Name -in $Only) { , $action * $action.Weight } })
$counts = $c.Counts[$Number]

try {
    while (-not $c.Over.IsSet) {
        $action = $choices[$random.Next($choices.Count)]
        $c.Beats[$Number] = @{ Action = $action.Name; Since = [datetime]::UtcNow }
        $Error.Clear()
        try {
            $null = & $action.Do
        }
        catch {
            $c.Findings.Enqueue("$($action.Name): $_ $($_.ScriptStackTrace -replace '\s+', ' ')")
        }
        $counts[$action.Name] = 1 + $counts[$action.Name]
        $c.Done[$Number]++
        foreach ($record in @($Error)) {
            $id = ($record.FullyQualifiedErrorId ?? "$($record.GetType().Name)") -replace ',.*'
            $key = "$($action.Name) / $id"
            if (@($action.Legitimate) | Where-Object { $_ -and $id -like $_ }) { $c.Legitimate[$Number][$key] = 1 + $c.Legitimate[$Number][$key] }
            else { $c.Findings.Enqueue("$key`: $record") }
        }
    }
}
finally {
    Close-Stopping
    Remove-Module PacsTools
    $Error.Clear()
    $c.Beats[$Number] = @{ Action = 'over'; Since = [datetime]::UtcNow }
}
