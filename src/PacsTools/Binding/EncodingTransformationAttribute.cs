using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace PacsTools.Binding;

/// <summary>Takes an encoding by name (windows-1252), by code page (1251), or as it is.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EncodingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Read(UnwrapAttribute.Unwrap(inputData));

    internal static Encoding Read(object? value)
    {
        if (value is Encoding encoding) return encoding;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "";
        var found = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var codePage)
            ? Find(() => Encoding.GetEncoding(codePage), () => CodePagesEncodingProvider.Instance.GetEncoding(codePage))
            : Find(() => Encoding.GetEncoding(text), () => CodePagesEncodingProvider.Instance.GetEncoding(text));
        return found ?? throw new ArgumentTransformationMetadataException($"'{text}' is no encoding; write a name such as windows-1252 or shift_jis, or the number of a code page.");
    }

    // The session need not have registered the code pages, and it is not for a module to do so.
    private static Encoding? Find(Func<Encoding> ofSession, Func<Encoding?> ofProvider)
    {
        try
        {
            return ofProvider() ?? ofSession();
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
