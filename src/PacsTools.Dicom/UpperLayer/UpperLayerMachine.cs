using static PacsTools.Dicom.UpperLayer.UpperLayerAction;
using static PacsTools.Dicom.UpperLayer.UpperLayerState;

namespace PacsTools.Dicom.UpperLayer;

/// <summary>The state machine of one association (PS3.8 9.2). It says what to do and knows where that leads; doing it is up to
/// the network layer. Not safe for use by several threads at a time.</summary>
public sealed class UpperLayerMachine
{
    /// <summary>Creates a machine in Sta1.</summary>
    public UpperLayerMachine()
        : this(Sta1, isRequestor: false)
    {
    }

    internal UpperLayerMachine(UpperLayerState state, bool isRequestor)
    {
        State = state;
        IsRequestor = isRequestor;
    }

    /// <summary>Where the association stands.</summary>
    public UpperLayerState State { get; private set; }

    /// <summary>True if this side asked for the association; decides who goes first in a release collision. Known once Sta1 is left.</summary>
    public bool IsRequestor { get; private set; }

    /// <summary>True if the standard has an action for this event in the present state.</summary>
    public bool Allows(UpperLayerEvent @event) => TransitionTable.Lookup(State, @event) != None;

    /// <summary>Moves on and returns the action to be carried out.</summary>
    /// <param name="event">What happened.</param>
    /// <param name="requestAcceptable">For AE-6 only: false if the A-ASSOCIATE-RQ is to be rejected by the provider itself, as for an
    /// unknown protocol version; leads to Sta13 in place of Sta3.</param>
    /// <exception cref="InvalidOperationException">The event is not possible in this state: a fault of the caller, since everything a
    /// peer can send has its cell. The message names the cell; the state stays.</exception>
    public UpperLayerAction Apply(UpperLayerEvent @event, bool requestAcceptable = true)
    {
        var action = TransitionTable.Lookup(State, @event);
        if (action == None)
            throw new InvalidOperationException($"{@event} is not possible in {State} (PS3.8 Table 9-10).");
        if (action is AE1 or AE5)
            IsRequestor = action == AE1;
        State = Next(action, requestAcceptable);
        return action;
    }

    private UpperLayerState Next(UpperLayerAction action, bool requestAcceptable) => action switch
    {
        AE1 => Sta4,
        AE2 => Sta5,
        AE3 or AE7 or DT1 or DT2 => Sta6,
        AE5 => Sta2,
        AE6 => requestAcceptable ? Sta3 : Sta13,
        AR1 or AR6 => Sta7,
        AR2 or AR7 => Sta8,
        AR8 => IsRequestor ? Sta9 : Sta10,
        AR9 => Sta11,
        AR10 => Sta12,
        AE8 or AR4 or AA1 or AA6 or AA7 or AA8 => Sta13,
        AE4 or AR3 or AR5 or AA2 or AA3 or AA4 or AA5 => Sta1,
        _ => throw new InvalidOperationException($"Action {action} leads nowhere."),
    };
}
