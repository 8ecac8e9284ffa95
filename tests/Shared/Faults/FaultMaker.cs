namespace PacsTools.TestKit.Faults;

/// <summary>Makes one fault after the other from a seed, where faults matter: near the ends of headers, early in the conversation, and anywhere else.</summary>
internal static class FaultMaker
{
    private const int HeaderSize = 6;
    private const long Reach = 1 << 20;

    /// <summary>Costs a patient peer nothing but milliseconds.</summary>
    public static Fault Benign(SeededChoice choice)
    {
        var place = new FaultPlace(null, choice.Percent(50) ? choice.Below(1000) : choice.Magnitude(Reach));
        return choice.Weighted<Func<Fault>>(
            (40, () => new DelayFault(place, choice.Between(1, 40))),
            (30, () => new TrickleFault(place, choice.Between(1, 40), 0, choice.Between(10, 300))),
            (30, () => new TrickleFault(place, choice.Between(1, 2000), 1, choice.Between(5, 40))))();
    }

    /// <summary>Ends the connection or changes a byte.</summary>
    public static Fault Severe(SeededChoice choice, LinkKind kind, bool mayCorrupt)
    {
        CutKind? cut = choice.Weighted<CutKind?>((20, CutKind.Reset), (20, CutKind.Close), (13, CutKind.HalfClose), (5, CutKind.Stall), (42, null));
        if (cut is null && mayCorrupt && kind != LinkKind.Http)
            return new CorruptFault(CorruptPlace(choice, kind), Mask(choice));
        return new CutFault(CutPlace(choice, kind), cut ?? choice.Of(CutKind.Reset, CutKind.Close));
    }

    private static FaultPlace CutPlace(SeededChoice choice, LinkKind kind) => choice.Below(kind == LinkKind.Dicom ? 4 : 2) switch
    {
        0 => new FaultPlace(null, choice.Below(1500)),
        1 => new FaultPlace(null, choice.Magnitude(Reach)),
        2 => new FaultPlace(ByteRegion.PduHeader, InHeader(choice)),
        _ => new FaultPlace(choice.Of(ByteRegion.PdvHeader, ByteRegion.Command, ByteRegion.DataSet), choice.Magnitude(5000)),
    };

    private static FaultPlace CorruptPlace(SeededChoice choice, LinkKind kind) => kind == LinkKind.Tls
        ? new FaultPlace(null, choice.Percent(50) ? choice.Below(5000) : choice.Magnitude(Reach))
        : choice.Weighted<Func<FaultPlace>>(
            (27, () => new FaultPlace(ByteRegion.PduHeader, InHeader(choice))),
            (33, () => new FaultPlace(ByteRegion.PdvHeader, InHeader(choice))),
            (35, () => new FaultPlace(ByteRegion.Command, choice.Percent(60) ? choice.Below(200) : choice.Below(2000))),
            (5, () => new FaultPlace(ByteRegion.Status, choice.Below(24))))();

    // A byte of one of the first headers mostly; instances of some size have dozens.
    private static long InHeader(SeededChoice choice) => (choice.Magnitude(60) * HeaderSize) + choice.Below(HeaderSize);

    private static byte Mask(SeededChoice choice) => (byte)(choice.Percent(60) ? 1 << choice.Below(8) : choice.Between(1, 255));
}
