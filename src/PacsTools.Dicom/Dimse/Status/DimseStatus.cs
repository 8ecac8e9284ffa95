using System.Globalization;

namespace PacsTools.Dicom.Dimse;

/// <summary>A status code (0000,0900) of a service: its class, what it means, and what an administrator can do about it.</summary>
/// <param name="Service">The service that gives the code this meaning; <see cref="DimseService.Any"/> where all share it.</param>
/// <param name="Code">The code; in <see cref="Table"/> the first of a range.</param>
/// <param name="Class">Its class.</param>
/// <param name="Name">A stable name without spaces, such as <c>OutOfResources</c>.</param>
/// <param name="Words">What it means.</param>
/// <param name="Advice">What to do; empty where there is nothing to do.</param>
/// <param name="Retry">Whether to send the request again.</param>
public sealed record DimseStatus(DimseService Service, ushort Code, DimseStatusClass Class, string Name, string Words, string Advice,
    RetryAdvice Retry = default)
{
    /// <summary>The last code of the range that has this meaning; for most the code itself.</summary>
    public ushort LastCode { get; init; } = Code;

    /// <summary>False if neither the service nor PS3.7 C defines the code, so that only its class is known.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Every code that the standard defines, by service, those of PS3.7 C first.</summary>
    public static IReadOnlyList<DimseStatus> Table => DimseStatusTable.All;

    /// <summary>The code as four hexadecimal digits, such as <c>A700</c>.</summary>
    public string Hex => Code.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>The code or the range it stands for, such as <c>A900</c> or <c>C000-CFFF</c>.</summary>
    public string HexRange => LastCode == Code ? Hex : $"{Hex}-{LastCode.ToString("X4", CultureInfo.InvariantCulture)}";

    /// <summary>Whether the operation was done: success, or success with a warning.</summary>
    public bool IsSuccessOrWarning => Class is DimseStatusClass.Success or DimseStatusClass.Warning;

    /// <summary>What a code means in answer to a service. Codes that nobody defines are known by their range (PS3.7 C).</summary>
    /// <param name="service">What was asked.</param>
    /// <param name="code">The code.</param>
    public static DimseStatus Lookup(DimseService service, ushort code) => DimseStatusTable.Lookup(service, code);

    /// <summary>The class of a code in answer to whatever service (PS3.7 C).</summary>
    /// <param name="code">The code.</param>
    public static DimseStatusClass Classify(ushort code) => code switch
    {
        0x0000 => DimseStatusClass.Success,
        0xFF00 or 0xFF01 => DimseStatusClass.Pending,
        0xFE00 => DimseStatusClass.Cancel,
        0x0001 or 0x0107 or 0x0116 or (>= 0xB000 and <= 0xBFFF) => DimseStatusClass.Warning,
        _ => DimseStatusClass.Failure,
    };

    /// <summary>Code and name, such as <c>A700 OutOfResources</c>.</summary>
    public override string ToString() => $"{Hex} {Name}";
}
