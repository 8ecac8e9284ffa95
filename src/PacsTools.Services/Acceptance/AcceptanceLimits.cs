using PacsTools.Services.Diagnosis;

namespace PacsTools.Services.Acceptance;

/// <summary>How long an archive may take. Generous: a suite is to notice an archive that has become slow, not a busy minute.</summary>
/// <param name="AssociationMilliseconds">From connecting to the accepted association.</param>
/// <param name="EchoMilliseconds">From a C-ECHO to its response.</param>
internal sealed record AcceptanceLimits(int AssociationMilliseconds, int EchoMilliseconds)
{
    private const double Slack = 10;
    private const int LeastAssociation = 2000;
    private const int LeastEcho = 1000;
    private const int Step = 100;

    /// <summary>Ten times what was measured, and never less than a second or two.</summary>
    public static AcceptanceLimits From(IReadOnlyCollection<EchoResult> echoes) => new(
        Bound(echoes.Max(e => e.AssociationTime), LeastAssociation),
        Bound(echoes.Max(e => e.RoundtripTime), LeastEcho));

    private static int Bound(double? measured, int least) => Math.Max(least, (int)Math.Ceiling(Slack * (measured ?? 0) / Step) * Step);
}
