using PacsTools.Dicom.UpperLayer;
using static PacsTools.Dicom.UpperLayer.UpperLayerAction;
using static PacsTools.Dicom.UpperLayer.UpperLayerEvent;
using static PacsTools.Dicom.UpperLayer.UpperLayerState;

namespace PacsTools.Dicom.Tests.UpperLayer;

/// <summary>Both sides ask for release at the same time (PS3.8 7.2.2): the requestor answers first.</summary>
public class AReleaseCollisionTests
{
    private readonly UpperLayerMachine _requestor = new();
    private readonly UpperLayerMachine _acceptor = new();

    public AReleaseCollisionTests()
    {
        _requestor.Apply(Evt1);
        _requestor.Apply(Evt2);
        _acceptor.Apply(Evt5);
        _acceptor.Apply(Evt6);
        _acceptor.Apply(Evt7);
        _requestor.Apply(Evt3);
        Assert.Equal(AR1, _requestor.Apply(Evt11));
        Assert.Equal(AR1, _acceptor.Apply(Evt11));
        Assert.Equal(AR8, _requestor.Apply(Evt12));
        Assert.Equal(AR8, _acceptor.Apply(Evt12));
    }

    [Fact]
    public void Both_sides_end_after_the_requestor_answered_first()
    {
        Assert.Equal((Sta9, Sta10), (_requestor.State, _acceptor.State));

        Assert.Equal(AR9, _requestor.Apply(Evt14)); // sends A-RELEASE-RP
        Assert.Equal(AR10, _acceptor.Apply(Evt13)); // receives it
        Assert.Equal((Sta11, Sta12), (_requestor.State, _acceptor.State));

        Assert.Equal(AR4, _acceptor.Apply(Evt14)); // sends A-RELEASE-RP
        Assert.Equal(AR3, _requestor.Apply(Evt13)); // receives it and closes
        Assert.Equal((Sta1, Sta13), (_requestor.State, _acceptor.State));

        Assert.Equal(AR5, _acceptor.Apply(Evt17));
        Assert.Equal(Sta1, _acceptor.State);
    }

    [Fact]
    public void The_acceptor_may_not_answer_before_the_requestor()
    {
        Assert.False(_acceptor.Allows(Evt14));
        Assert.Throws<InvalidOperationException>(() => _acceptor.Apply(Evt14));
    }

    [Fact]
    public void An_answer_out_of_turn_is_aborted()
    {
        Assert.Equal(AA8, _requestor.Apply(Evt13));
        Assert.Equal(Sta13, _requestor.State);
    }

    [Fact]
    public void Data_during_a_collision_is_aborted()
    {
        Assert.Equal(AA8, _requestor.Apply(Evt10));
        Assert.Equal(AA8, _acceptor.Apply(Evt10));
    }

    [Fact]
    public void A_third_request_for_release_is_aborted()
    {
        Assert.Equal(AA8, _acceptor.Apply(Evt12));
        Assert.Equal(Sta13, _acceptor.State);
    }

    [Fact]
    public void A_lost_connection_ends_a_collision()
    {
        Assert.Equal(AA4, _requestor.Apply(Evt17));
        Assert.Equal(AA4, _acceptor.Apply(Evt17));
        Assert.Equal((Sta1, Sta1), (_requestor.State, _acceptor.State));
    }
}
