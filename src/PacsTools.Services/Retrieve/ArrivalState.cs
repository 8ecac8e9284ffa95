namespace PacsTools.Services.Retrieve;

/// <summary>What is going on at the receiving end of an attempt.</summary>
/// <param name="Arrived">Instances that came in this attempt and are here.</param>
/// <param name="InFlight">Instances whose bytes are coming in.</param>
/// <param name="OpenAssociations">Storage associations that brought something for the operation and are still open.</param>
/// <param name="LastActivity">Timestamp of the last sign of life.</param>
internal readonly record struct ArrivalState(int Arrived, int InFlight, int OpenAssociations, long LastActivity);
