using PacsTools.Dicom.Data;

namespace PacsTools.Services.Storage;

/// <summary>
/// The SOP classes whose instances a Storage SCP takes: every storage class of the standard's registry, retired ones among them, and those asked for by
/// name. A retrieve asks for whatever the archive has, private classes too.
/// </summary>
internal sealed class SopClassFilter
{
    private const string StandardRoot = "1.2.840.10008.";

    private static readonly Lazy<HashSet<string>> s_storageClasses =
        new(() => UidRegistry.StorageSopClasses.Select(c => c.Uid).ToHashSet(StringComparer.Ordinal));

    private readonly HashSet<string> _added;
    private readonly bool _any;

    /// <param name="added">UIDs, or keywords of the registry such as <c>CTImageStorage</c>.</param>
    /// <param name="any">Takes every class that the registry does not know as something else.</param>
    /// <exception cref="ArgumentException">One is neither.</exception>
    public SopClassFilter(IReadOnlyList<string> added, bool any)
    {
        _added = added.Select(a => UidText.Parse(a, "a SOP class")).ToHashSet(StringComparer.Ordinal);
        _any = any;
    }

    /// <summary>True if instances of the class are taken.</summary>
    /// <param name="sopClass">Its UID.</param>
    /// <param name="retrieving">Somebody is retrieving through this Storage SCP.</param>
    public bool Takes(string sopClass, bool retrieving)
    {
        if (_added.Contains(sopClass) || s_storageClasses.Value.Contains(sopClass))
            return true;
        return sopClass.StartsWith(StandardRoot, StringComparison.Ordinal)
            ? _any && !UidRegistry.TryGet(sopClass, out _)
            : _any || retrieving;
    }
}
