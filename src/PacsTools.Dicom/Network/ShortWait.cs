using System.Diagnostics;

namespace PacsTools.Dicom.Network;

/// <summary>
/// Looks a few times whether the peer's next bytes have come before a thread is put to sleep for them: falling asleep and being woken takes
/// longer than a good peer's answer. Each look yields the processor to whoever else can use it, and a peer that turns out slow is hardly
/// ever waited for in this way again. One thread at a time.
/// </summary>
internal sealed class ShortWait
{
    // An answer from a peer on the same machine or switch takes 20 to 40 microseconds.
    private static readonly long s_limit = Stopwatch.Frequency / 20_000;

    private const int MostCredit = 8;
    private const int Lost = 2;
    private const int TryEvery = 16;

    private int _credit = MostCredit;
    private int _passed;

    /// <summary>Waits at most 50 microseconds.</summary>
    /// <param name="canRead">True once bytes are there.</param>
    public void For(Func<bool> canRead)
    {
        if (_credit <= 0 && ++_passed % TryEvery != 0)
        {
            return;
        }

        var start = Stopwatch.GetTimestamp();
        while (!canRead())
        {
            if (Stopwatch.GetTimestamp() - start > s_limit)
            {
                _credit = Math.Max(_credit - Lost, 0);
                return;
            }

            Thread.Yield();
        }

        _credit = Math.Min(_credit + 1, MostCredit);
    }
}
