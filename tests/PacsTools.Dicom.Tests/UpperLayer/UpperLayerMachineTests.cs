using PacsTools.Dicom.UpperLayer;
using static PacsTools.Dicom.UpperLayer.UpperLayerEvent;
using static PacsTools.Dicom.UpperLayer.UpperLayerState;

namespace PacsTools.Dicom.Tests.UpperLayer;

public class UpperLayerMachineTests
{
    [Fact]
    public void A_requestor_goes_from_idle_to_data_and_back()
    {
        var machine = new UpperLayerMachine();

        Assert.Equal(Sta1, machine.State);
        Walk(machine, (Evt1, Sta4), (Evt2, Sta5), (Evt3, Sta6), (Evt9, Sta6), (Evt10, Sta6), (Evt11, Sta7), (Evt10, Sta7), (Evt13, Sta1));
        Assert.True(machine.IsRequestor);
    }

    [Fact]
    public void An_acceptor_goes_from_idle_to_data_and_back()
    {
        var machine = new UpperLayerMachine();

        Walk(machine, (Evt5, Sta2), (Evt6, Sta3), (Evt7, Sta6), (Evt10, Sta6), (Evt12, Sta8), (Evt9, Sta8), (Evt14, Sta13), (Evt17, Sta1));
        Assert.False(machine.IsRequestor);
    }

    [Fact]
    public void A_request_the_provider_itself_refuses_leads_to_Sta13()
    {
        var machine = new UpperLayerMachine();
        machine.Apply(Evt5);

        Assert.Equal(UpperLayerAction.AE6, machine.Apply(Evt6, requestAcceptable: false));

        Assert.Equal(Sta13, machine.State);
    }

    [Fact]
    public void A_request_the_user_refuses_leads_to_Sta13()
    {
        Walk(new UpperLayerMachine(), (Evt5, Sta2), (Evt6, Sta3), (Evt8, Sta13), (Evt18, Sta1));
    }

    [Fact]
    public void A_machine_used_again_learns_its_role_anew()
    {
        var machine = new UpperLayerMachine();
        Walk(machine, (Evt1, Sta4), (Evt17, Sta1), (Evt5, Sta2));

        Assert.False(machine.IsRequestor);
    }

    private static void Walk(UpperLayerMachine machine, params (UpperLayerEvent Event, UpperLayerState State)[] steps)
    {
        foreach (var (@event, state) in steps)
        {
            machine.Apply(@event);
            Assert.Equal(state, machine.State);
        }
    }
}
