namespace PacsTools.TestKit.Peers;

/// <summary>Where an archive sends what a C-MOVE names.</summary>
public sealed record MoveDestination(string AETitle, int Port, string HostName = "127.0.0.1");
