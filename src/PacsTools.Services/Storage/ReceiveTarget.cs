namespace PacsTools.Services.Storage;

/// <summary>Where a subscriber wants an instance to go, and what to do if its place is taken.</summary>
internal sealed record ReceiveTarget(DestinationFolder Folder, PathLayout Layout, IfExists IfExists, bool FlushToDisk, long MinimumFreeSpace = 0);
