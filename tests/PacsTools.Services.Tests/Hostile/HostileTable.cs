namespace PacsTools.Services.Tests.Hostile;

/// <summary>All rows, by what is attacked.</summary>
internal static class HostileTable
{
    public static IReadOnlyList<HostileRow<ScpTarget>> Scp { get; } =
        [.. For<ScpTarget>(NegotiationRows.All), .. For<ScpTarget>(MessageRows.All), .. For<ScpTarget>(StorageRows.All), .. StorageRows.OfScp];

    public static IReadOnlyList<HostileRow<SimulatorTarget>> Simulator { get; } =
        [.. For<SimulatorTarget>(NegotiationRows.All), .. For<SimulatorTarget>(MessageRows.All), .. For<SimulatorTarget>(StorageRows.All), .. StorageRows.OfSimulator, .. SimulatorRows.All];

    public static IReadOnlyList<HostileRow<SimulatorTarget>> WebServer => WebServerRows.All;

    public static IReadOnlyList<HostileRow<ScuTarget>> Requestors { get; } = [.. ScuRows.All, .. ScuOperationRows.All];

    public static IReadOnlyList<HostileRow<ScuTarget>> WebClient => WebClientRows.All;

    public static TheoryData<string> Names<TTarget>(IEnumerable<HostileRow<TTarget>> rows)
        where TTarget : HostileTarget => [.. rows.Select(r => r.Name)];

    /// <summary>Runs one row: the answer, then the honest peer, then what is left.</summary>
    public static async Task RunAsync<TTarget>(IEnumerable<HostileRow<TTarget>> rows, string name, TTarget target)
        where TTarget : HostileTarget
    {
        var row = rows.Single(r => r.Name == name);
        await target.BeginAsync();
        Assert.Equal(row.Answer, await row.Attack(target).WaitAsync(TimeSpan.FromSeconds(60)));
        await target.EndAsync();
    }

    private static IEnumerable<HostileRow<TTarget>> For<TTarget>(IEnumerable<HostileRow<DicomTarget>> rows)
        where TTarget : DicomTarget => rows.Select(r => new HostileRow<TTarget>(r.Name, r.Answer, r.Attack));
}
