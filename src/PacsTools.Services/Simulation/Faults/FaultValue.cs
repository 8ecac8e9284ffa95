using System.Collections;
using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Simulation;

/// <summary>The value of a fault knob, as a table gives it.</summary>
internal readonly record struct FaultValue(string Knob, object? Value)
{
    /// <summary>What is claimed if no set is named: text that reads as something else, without an error.</summary>
    private const string UsualWrongSet = "ISO_IR 101";

    private static readonly Dictionary<string, AAssociateRj> s_rejections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NoReasonGiven"] = new(1, 1, 1),
        ["ApplicationContextNotSupported"] = new(1, 1, 2),
        ["CallingAENotRecognized"] = new(1, 1, 3),
        ["CalledAENotRecognized"] = new(1, 1, 7),
        ["ProtocolVersionNotSupported"] = new(1, 2, 2),
        ["TemporaryCongestion"] = new(2, 3, 1),
        ["LocalLimitExceeded"] = new(2, 3, 2),
    };

    private static readonly Dictionary<string, string[]> s_services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Echo"] = [DicomUids.Verification],
        ["Find"] = [DicomUids.StudyRootFind, DicomUids.PatientRootFind],
        ["Move"] = [DicomUids.StudyRootMove, DicomUids.PatientRootMove],
        ["Get"] = [DicomUids.StudyRootGet, DicomUids.PatientRootGet],
        ["Worklist"] = [DicomUids.ModalityWorklistFind],
        ["Commitment"] = [DicomUids.StorageCommitmentPushModel],
    };

    public bool Switch() => Value switch
    {
        bool on => on,
        string text when bool.TryParse(text, out var on) => on,
        null => throw Error("takes $true or $false"),
        IConvertible number and not string when TryInteger(number, out var value) && value is 0 or 1 => value == 1,
        _ => throw Error("takes $true or $false"),
    };

    public int Number(int least, int most = int.MaxValue) => Value is not (null or bool) && TryInteger(Value, out var value) && value >= least && value <= most
        ? (int)value
        : throw Error(string.Create(CultureInfo.InvariantCulture, $"takes a whole number of at least {least}"));

    /// <summary>A status as a number, or as text in hexadecimal: <c>A700</c>, <c>0xA700</c>.</summary>
    public ushort Status()
    {
        if (Value is string text)
        {
            var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text.AsSpan();
            if (ushort.TryParse(digits.TrimEnd("Hh"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var status))
                return status;
        }
        else if (Value is not (null or bool) && TryInteger(Value, out var value) && value is >= 0 and <= ushort.MaxValue)
        {
            return (ushort)value;
        }

        throw Error("takes a status such as 0xA700");
    }

    public AAssociateRj? Rejection()
    {
        if (Value is bool on)
            return on ? s_rejections["NoReasonGiven"] : null;
        if (Value is string text)
        {
            if (s_rejections.TryGetValue(text, out var known))
                return known;
            var codes = text.Split(',', StringSplitOptions.TrimEntries);
            if (codes.Length == 3 && byte.TryParse(codes[0], CultureInfo.InvariantCulture, out var result)
                && byte.TryParse(codes[1], CultureInfo.InvariantCulture, out var source) && byte.TryParse(codes[2], CultureInfo.InvariantCulture, out var reason))
                return new AAssociateRj(result, source, reason);
        }

        throw Error($"takes $true, one of {string.Join(", ", s_rejections.Keys)}, or result, source and reason as in '1,1,7'");
    }

    public IReadOnlySet<string> SopClasses()
    {
        var classes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in Value is IEnumerable many and not string ? many.Cast<object?>() : [Value])
        {
            var word = Convert.ToString(item, CultureInfo.InvariantCulture)?.Trim() ?? "";
            if (s_services.TryGetValue(word, out var uids))
                classes.UnionWith(uids);
            else if (word.Equals("Storage", StringComparison.OrdinalIgnoreCase))
                classes.UnionWith(UidRegistry.StorageSopClasses.Select(entry => entry.Uid));
            else if (UidRegistry.TryGetByKeyword(word, out var entry))
                classes.Add(entry.Uid);
            else if (DicomUids.IsValid(word))
                classes.Add(word);
            else
                throw Error($"knows no SOP class '{word}'; it takes UIDs, keywords such as CTImageStorage, and {string.Join(", ", s_services.Keys)}, Storage");
        }

        return classes;
    }

    public IReadOnlyList<FaultyOperation> Operations()
    {
        var operations = new List<FaultyOperation>();
        foreach (var item in Value is IEnumerable many and not string ? many.Cast<object?>() : [Value])
        {
            var word = Convert.ToString(item, CultureInfo.InvariantCulture)?.Trim() ?? "";
            operations.Add(FaultyOperation.All.FirstOrDefault(one => one.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
                ?? throw Error($"knows no operation '{word}'; it takes {string.Join(", ", FaultyOperation.All.Select(one => one.Name))}"));
        }

        return operations;
    }

    public string? CharacterSet() => Value switch
    {
        bool on => on ? UsualWrongSet : null,
        string text => text,
        _ => throw Error("takes $true or a defined term such as 'ISO_IR 101'"),
    };

    private static bool TryInteger(object value, out long number)
    {
        number = 0;
        return value is IConvertible convertible && long.TryParse(convertible.ToString(CultureInfo.InvariantCulture), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private ArgumentException Error(string takes) => new($"The fault '{Knob}' {takes}.");
}
