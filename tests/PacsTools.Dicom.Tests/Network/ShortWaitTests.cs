using PacsTools.Dicom.Network;

namespace PacsTools.Dicom.Tests.Network;

/// <summary>How often the short wait looks; how long it waits is not held to anything.</summary>
public sealed class ShortWaitTests
{
    private int _looks;

    [Fact]
    public void Bytes_that_are_there_are_found_by_one_look()
    {
        var wait = new ShortWait();
        for (int i = 0; i < 100; i++) wait.For(Found);
        Assert.Equal(100, _looks);
    }

    [Fact]
    public void Bytes_that_come_soon_end_the_wait()
    {
        // Whether the second look comes in time is the machine's affair; there is never one more than it takes.
        new ShortWait().For(() => ++_looks == 2);
        Assert.InRange(_looks, 1, 2);
    }

    [Fact]
    public void A_slow_peer_is_looked_for_once_in_sixteen_times()
    {
        var wait = new ShortWait();
        for (int i = 0; i < 4; i++) wait.For(NotFound);
        _looks = 0;
        for (int i = 0; i < 15; i++) wait.For(NotFound);
        Assert.Equal(0, _looks);
        wait.For(NotFound);
        Assert.InRange(_looks, 1, int.MaxValue);
    }

    [Fact]
    public void A_peer_that_becomes_quick_is_waited_for_again()
    {
        var wait = new ShortWait();
        for (int i = 0; i < 4; i++) wait.For(NotFound);
        for (int i = 0; i < 16; i++) wait.For(Found);
        _looks = 0;
        wait.For(Found);
        Assert.Equal(1, _looks);
    }

    private bool Found()
    {
        _looks++;
        return true;
    }

    private bool NotFound()
    {
        _looks++;
        return false;
    }
}
