namespace PacsTools.Services.Simulation;

/// <summary>Where an application entity listens.</summary>
/// <param name="HostName">Host name or address.</param>
/// <param name="Port">TCP port.</param>
internal sealed record MoveTarget(string HostName, int Port);
