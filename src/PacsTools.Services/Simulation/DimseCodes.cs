namespace PacsTools.Services.Simulation;

/// <summary>The statuses the simulator answers of its own accord (PS3.4 B.2.3, C.4; PS3.7 C).</summary>
internal static class DimseCodes
{
    public const ushort Success = 0x0000;
    public const ushort NoSuchInstance = 0x0112;
    public const ushort ClassInstanceConflict = 0x0119;
    public const ushort SopClassNotSupported = 0x0122;
    public const ushort NoSuchActionType = 0x0123;
    public const ushort InvalidArgument = 0x0115;
    public const ushort ProcessingFailure = 0x0110;
    public const ushort UnrecognizedOperation = 0x0211;
    public const ushort OutOfResources = 0xA700;
    public const ushort UnableToPerformSubOperations = 0xA702;
    public const ushort MoveDestinationUnknown = 0xA801;
    public const ushort IdentifierDoesNotMatch = 0xA900;
    public const ushort SubOperationsIncomplete = 0xB000;
    public const ushort UnableToProcess = 0xC000;
    public const ushort Cancelled = 0xFE00;
    public const ushort Pending = 0xFF00;
    public const ushort PendingWithUnsupportedKeys = 0xFF01;
}
