using PacsTools.Dicom.UpperLayer;

namespace PacsTools.Dicom.Tests.UpperLayer;

public class UpperLayerTableTests
{
    /// <summary>Named <c>Sta6_Evt12_AR2</c>.</summary>
    public static IEnumerable<TheoryDataRow<int, int, string>> LegalCells =>
        from cell in StandardTable.Cells()
        where cell.Action is not null
        select new TheoryDataRow<int, int, string>(cell.State, cell.Event, cell.Action!)
        {
            TestDisplayName = $"Sta{cell.State}_Evt{cell.Event}_{cell.Action}",
        };

    /// <summary>Named <c>Sta1_Evt2_NotPossible</c>.</summary>
    public static IEnumerable<TheoryDataRow<int, int>> EmptyCells =>
        from cell in StandardTable.Cells()
        where cell.Action is null
        select new TheoryDataRow<int, int>(cell.State, cell.Event)
        {
            TestDisplayName = $"Sta{cell.State}_Evt{cell.Event}_NotPossible",
        };

    [Theory]
    [MemberData(nameof(LegalCells))]
    public void Legal(int state, int @event, string action)
    {
        var machine = new UpperLayerMachine((UpperLayerState)state, isRequestor: true);

        Assert.True(machine.Allows((UpperLayerEvent)@event));
        Assert.Equal(action, machine.Apply((UpperLayerEvent)@event).ToString());
        Assert.Equal((UpperLayerState)StandardTable.NextState(action), machine.State);
    }

    [Theory]
    [MemberData(nameof(EmptyCells))]
    public void NotPossible(int state, int @event)
    {
        var machine = new UpperLayerMachine((UpperLayerState)state, isRequestor: true);

        Assert.False(machine.Allows((UpperLayerEvent)@event));
        var error = Assert.Throws<InvalidOperationException>(() => machine.Apply((UpperLayerEvent)@event));
        Assert.Contains($"Evt{@event} is not possible in Sta{state}", error.Message, StringComparison.Ordinal);
        Assert.Equal((UpperLayerState)state, machine.State);
    }

    [Fact]
    public void The_table_has_13_by_19_cells_123_of_them_filled()
    {
        Assert.Equal(13 * 19, StandardTable.Cells().Count());
        Assert.Equal(123, LegalCells.Count());
        Assert.Equal(13, Enum.GetValues<UpperLayerState>().Length);
        Assert.Equal(19, Enum.GetValues<UpperLayerEvent>().Length);
        Assert.Equal(29, Enum.GetValues<UpperLayerAction>().Length);
    }

    [Fact]
    public void Whatever_a_peer_may_do_has_a_cell_while_a_connection_is_open()
    {
        // PDUs of every kind, rubbish, and the end of the connection: a peer can never bring the machine to throw.
        UpperLayerEvent[] ofPeer =
        [
            UpperLayerEvent.Evt3, UpperLayerEvent.Evt4, UpperLayerEvent.Evt6, UpperLayerEvent.Evt10, UpperLayerEvent.Evt12,
            UpperLayerEvent.Evt13, UpperLayerEvent.Evt16, UpperLayerEvent.Evt17, UpperLayerEvent.Evt19,
        ];

        foreach (var state in Enum.GetValues<UpperLayerState>().Except([UpperLayerState.Sta1, UpperLayerState.Sta4]))
            Assert.All(ofPeer, e => Assert.True(new UpperLayerMachine(state, true).Allows(e)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Events_outside_the_table_are_refused(int @event)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new UpperLayerMachine().Apply((UpperLayerEvent)@event));
    }
}
