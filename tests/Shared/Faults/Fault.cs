using System.Globalization;

namespace PacsTools.TestKit.Faults;

/// <summary>Where in one direction of a connection a fault strikes: before the byte of this number, counted from 0, of all bytes or of those of one region.</summary>
/// <param name="Region">The bytes counted; null for all.</param>
/// <param name="Index">The byte.</param>
public readonly record struct FaultPlace(ByteRegion? Region, long Index)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Region is { } region ? region.ToString() : "byte")}[{Index}]");
}

/// <summary>What happens to the bytes of one direction at one place.</summary>
public abstract record Fault(FaultPlace Place);

/// <summary>Nothing moves for so long.</summary>
public sealed record DelayFault(FaultPlace Place, int Milliseconds) : Fault(Place);

/// <summary>The next bytes come in small pieces, with a pause between two.</summary>
/// <param name="Place">From where.</param>
/// <param name="Size">Bytes a piece.</param>
/// <param name="Milliseconds">The pause; 0 for none.</param>
/// <param name="Pieces">How many pieces; what follows passes as it comes.</param>
public sealed record TrickleFault(FaultPlace Place, int Size, int Milliseconds, int Pieces) : Fault(Place);

/// <summary>One byte is changed.</summary>
public sealed record CorruptFault(FaultPlace Place, byte Mask) : Fault(Place);

/// <summary>The connection ends here.</summary>
public sealed record CutFault(FaultPlace Place, CutKind Kind) : Fault(Place);

/// <summary>How a connection ends.</summary>
public enum CutKind
{
    /// <summary>FIN in this direction alone; the other still works.</summary>
    HalfClose,

    /// <summary>FIN to both sides, as when a process ends.</summary>
    Close,

    /// <summary>RST to both sides, as when a host goes or a firewall loses patience.</summary>
    Reset,

    /// <summary>Nothing passes any more in this direction until its sender gives up.</summary>
    Stall,
}
