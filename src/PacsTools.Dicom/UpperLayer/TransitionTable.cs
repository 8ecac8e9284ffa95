using static PacsTools.Dicom.UpperLayer.UpperLayerAction;

namespace PacsTools.Dicom.UpperLayer;

/// <summary>PS3.8 Table 9-10, laid out as there: a row an event, a column a state.</summary>
internal static class TransitionTable
{
    public const int States = 13;
    public const int Events = 19;

    private const UpperLayerAction __ = None;

    private static readonly UpperLayerAction[] Cells =
    [
        // Sta1 Sta2 Sta3 Sta4 Sta5 Sta6 Sta7 Sta8 Sta9 Sta10 11  Sta12 Sta13
        AE1,  __,   __,   __,   __,   __,   __,   __,   __,   __,   __,   __,   __,  // Evt1
        __,   __,   __,   AE2,  __,   __,   __,   __,   __,   __,   __,   __,   __,  // Evt2
        __,   AA1,  AA8,  __,   AE3,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6, // Evt3
        __,   AA1,  AA8,  __,   AE4,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6, // Evt4
        AE5,  __,   __,   __,   __,   __,   __,   __,   __,   __,   __,   __,   __,  // Evt5
        __,   AE6,  AA8,  __,   AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA7, // Evt6
        __,   __,   AE7,  __,   __,   __,   __,   __,   __,   __,   __,   __,   __,  // Evt7
        __,   __,   AE8,  __,   __,   __,   __,   __,   __,   __,   __,   __,   __,  // Evt8
        __,   __,   __,   __,   __,   DT1,  __,   AR7,  __,   __,   __,   __,   __,  // Evt9
        __,   AA1,  AA8,  __,   AA8,  DT2,  AR6,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6, // Evt10
        __,   __,   __,   __,   __,   AR1,  __,   __,   __,   __,   __,   __,   __,  // Evt11
        __,   AA1,  AA8,  __,   AA8,  AR2,  AR8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA6, // Evt12
        __,   AA1,  AA8,  __,   AA8,  AA8,  AR3,  AA8,  AA8,  AR10, AR3,  AA8,  AA6, // Evt13
        __,   __,   __,   __,   __,   __,   __,   AR4,  AR9,  __,   __,   AR4,  __,  // Evt14
        __,   __,   AA1,  AA2,  AA1,  AA1,  AA1,  AA1,  AA1,  AA1,  AA1,  AA1,  __,  // Evt15
        __,   AA2,  AA3,  __,   AA3,  AA3,  AA3,  AA3,  AA3,  AA3,  AA3,  AA3,  AA2, // Evt16
        __,   AA5,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AA4,  AR5, // Evt17
        __,   AA2,  __,   __,   __,   __,   __,   __,   __,   __,   __,   __,   AA2, // Evt18
        __,   AA1,  AA8,  __,   AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA8,  AA7, // Evt19
    ];

    /// <summary>The action in a cell; <see cref="None"/> if the standard has none there.</summary>
    public static UpperLayerAction Lookup(UpperLayerState state, UpperLayerEvent @event)
    {
        ArgumentOutOfRangeException.ThrowIfZero((int)state);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)state, States);
        ArgumentOutOfRangeException.ThrowIfZero((int)@event);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)@event, Events);
        return Cells[((int)@event - 1) * States + (int)state - 1];
    }
}
