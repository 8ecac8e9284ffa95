using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>One part of a layout: literal text, or the value of an attribute as it is, as a date, or as a hash.</summary>
internal abstract class LayoutPart
{
    /// <summary>The attribute the part needs; null if none.</summary>
    public virtual DicomTag? Tag => null;

    public abstract string Render(Func<DicomTag, string?> value, ref List<string>? warnings);

    internal sealed class Literal(string text) : LayoutPart
    {
        public override string Render(Func<DicomTag, string?> value, ref List<string>? warnings) => text;
    }

    internal sealed class Uid(DicomTag tag, string keyword) : LayoutPart
    {
        public override DicomTag? Tag => tag;

        public override string Render(Func<DicomTag, string?> value, ref List<string>? warnings)
        {
            var uid = value(tag)?.Trim(' ', '\0');
            if (string.IsNullOrEmpty(uid))
                return SafeFileName.Absent;
            if (SafeFileName.IsSafeUid(uid))
                return uid;
            var name = SafeFileName.FromUid(uid);
            (warnings ??= []).Add($"an instance has a {keyword} that cannot be a file name; it is stored under {name}");
            return name;
        }
    }

    internal sealed class Text(DicomTag tag) : LayoutPart
    {
        public override DicomTag? Tag => tag;

        public override string Render(Func<DicomTag, string?> value, ref List<string>? warnings) => SafeFileName.FromText(value(tag) ?? string.Empty);
    }

    /// <summary>The first digits of a value's hash: one folder name a value, that shows nothing of it and spreads evenly.</summary>
    internal sealed class Hash(DicomTag tag, int length) : LayoutPart
    {
        public override DicomTag? Tag => tag;

        public override string Render(Func<DicomTag, string?> value, ref List<string>? warnings) =>
            value(tag)?.Trim(' ', '\0') is { Length: > 0 } text ? SafeFileName.Hash(text, length) : SafeFileName.Absent;
    }

    /// <summary>A date, time or date-time in a format of .NET; a value that is none of these is <c>unknown</c>.</summary>
    internal sealed class Moment(DicomTag tag, string format, bool isTime) : LayoutPart
    {
        // PS3.5 6.2: DA and the old form with dots; TM and DT may stop after any component and carry a fraction or zone.
        private static readonly string[] s_dates = ["yyyyMMdd", "yyyy.MM.dd", "yyyyMM", "yyyy"];
        private static readonly string[] s_times = ["HHmmss", "HHmm", "HH", "HH:mm:ss", "HH:mm"];
        private static readonly string[] s_moments = ["yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyyMMddHH"];

        public override DicomTag? Tag => tag;

        public override string Render(Func<DicomTag, string?> value, ref List<string>? warnings)
        {
            var text = value(tag)?.Trim(' ', '\0') ?? string.Empty;
            var end = text.AsSpan().IndexOfAny(".+-&") is var i and >= 2 ? i : text.Length;
            var formats = isTime ? s_times : text.Length > 10 ? s_moments : s_dates;
            if (text.Length <= 32
                && (DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var moment)
                    || DateTime.TryParseExact(text.AsSpan(0, end), formats, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out moment)))
                return SafeFileName.FromText(moment.ToString(format, CultureInfo.InvariantCulture));
            return SafeFileName.Absent;
        }
    }
}
