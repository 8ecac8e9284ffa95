using System.Collections;
using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>
/// Takes UIDs as text, alone or in lists, or from the property of the same keyword of whatever object is given. Without it PowerShell
/// would turn any piped object into text and call that a UID.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class UidTransformationAttribute(string keyword) : ArgumentTransformationAttribute
{
    // A list of objects whose property is a list; deeper than that is no list of UIDs but a loop.
    private const int MaxDepth = 4;

    /// <summary>The keyword of the attribute, which is the property looked for.</summary>
    public string Keyword { get; } = keyword;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var uids = new List<string>();
        Collect(inputData, uids, MaxDepth);
        return uids.ToArray();
    }

    private void Collect(object? value, List<string> uids, int depth)
    {
        if (depth < 0) throw NoUid(value!);

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
                Collect(table.Contains(Keyword) ? table[Keyword] : throw NoUid(bare), uids, depth - 1);
                return;
            case IEnumerable list when PSObject.AsPSObject(value).Properties[Keyword] is null:
                foreach (var item in list) Collect(item, uids, depth - 1);
                return;
        }

        Collect((PSObject.AsPSObject(value).Properties[Keyword] ?? throw NoUid(bare)).Value, uids, depth - 1);
    }

    private ArgumentTransformationMetadataException NoUid(object value) =>
        new($"The {(value is PSCustomObject or IDictionary ? "object" : value.GetType().Name)} is no UID and has no {Keyword}.");
}
