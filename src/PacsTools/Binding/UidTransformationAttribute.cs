using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>
/// Takes UIDs as text, alone or in lists, or from the property of the same keyword of whatever object is given. Without it PowerShell
/// would turn any piped object into text and call that a UID.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class UidTransformationAttribute(string keyword) : ArgumentTransformationAttribute
{
    /// <summary>The keyword of the attribute, which is the property looked for.</summary>
    public string Keyword { get; } = keyword;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var uids = new List<string>();
        Collect(inputData, uids);
        return uids.ToArray();
    }

    private void Collect(object? value, List<string> uids)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                uids.Add("");
                return;
            case string text:
                // Lines of a file come with whatever blanks were typed.
                uids.Add(text.Trim());
                return;
            case IDictionary table:
                Collect(table[Keyword] ?? throw NoUid(bare), uids);
                return;
            case IEnumerable list when PSObject.AsPSObject(value).Properties[Keyword] is null:
                foreach (var item in list) Collect(item, uids);
                return;
        }

        var property = PSObject.AsPSObject(value).Properties[Keyword] ?? throw NoUid(bare);
        uids.Add(Convert.ToString(property.Value, CultureInfo.InvariantCulture)?.Trim() ?? "");
    }

    private ArgumentTransformationMetadataException NoUid(object value) =>
        new($"The {(value is PSCustomObject or IDictionary ? "object" : value.GetType().Name)} is no UID and has no {Keyword}.");
}
