using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PacsTools.Dicom.Data;

/// <summary>
/// A data set (PS3.5 7): elements in the order of their tags, sequences nested. Reading from several threads is safe, changing is
/// not. Values are decoded on first use; illegal ones read as absent and never throw, since archives send them.
/// </summary>
public sealed partial class DicomDataset : IReadOnlyCollection<DicomElement>
{
    private const int FirstCapacity = 16;

    // Some writers have a few elements out of order; who sends very many so wants the work of moving them all, time and again.
    private const int MaxMoved = 64;

    private static readonly Comparer<DicomElement> s_byTag = Comparer<DicomElement>.Create((a, b) => a.Tag.CompareTo(b.Tag));

    private DicomElement[] _elements = [];
    private int _count;

    // Where the tags are while the elements are in no order: see TryAdd.
    private Dictionary<uint, int>? _places;

    /// <summary>Number of elements, those inside items not counted.</summary>
    public int Count => _count;

    /// <summary>The element of a tag, or null.</summary>
    public DicomElement? this[DicomTag tag] => TryGetElement(tag, out DicomElement? element) ? element : null;

    /// <summary>The data set whose sequence this is an item of; it lends its character set.</summary>
    internal DicomDataset? Parent { get; private set; }

    internal ReadOnlySpan<DicomElement> Elements => _elements.AsSpan(0, _count);

    /// <summary>True if there is an element of that tag, even one without a value.</summary>
    public bool Contains(DicomTag tag) => Find(tag) >= 0;

    /// <summary>Finds an element.</summary>
    /// <returns>False if there is none of that tag.</returns>
    public bool TryGetElement(DicomTag tag, [NotNullWhen(true)] out DicomElement? element)
    {
        int index = Find(tag);
        element = index >= 0 ? _elements[index] : null;
        return element is not null;
    }

    /// <summary>
    /// Puts an element in, instead of one with the same tag. An element (or an item) which is already in another data set is
    /// copied, its text carried over into this one's character set.
    /// </summary>
    /// <exception cref="ArgumentException">An item of the element is this data set, or holds it.</exception>
    public void Set(DicomElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        Settle();
        DicomElement own = element.In(this);
        int index = Find(own.Tag);
        if (index >= 0) _elements[index] = own;
        else Insert(~index, own);
        if (own.Tag == DicomTags.SpecificCharacterSet) ForgetCharacterSet();
    }

    /// <summary>Takes an element out.</summary>
    /// <returns>False if there was none of that tag.</returns>
    public bool Remove(DicomTag tag)
    {
        Settle();
        int index = Find(tag);
        if (index < 0) return false;
        _count--;
        Array.Copy(_elements, index + 1, _elements, index, _count - index);
        _elements[_count] = null!;
        if (tag == DicomTags.SpecificCharacterSet) ForgetCharacterSet();
        return true;
    }

    /// <summary>Copies the data set and its items; the bytes of values are shared.</summary>
    public DicomDataset Clone() => CloneUnder(null);

    /// <summary>The elements in the order of their tags.</summary>
    public IEnumerator<DicomElement> GetEnumerator() => new ArraySegment<DicomElement>(_elements, 0, _count).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The number of elements; never values, which may be a patient's.</summary>
    public override string ToString() => $"{_count} elements";

    /// <summary>Adds an element while reading. Whoever does so calls <see cref="Settle"/> before the data set is handed out.</summary>
    /// <returns>False, and nothing added, if there is one of that tag already.</returns>
    internal bool TryAdd(DicomElement element)
    {
        // Data sets come in order, so that the search is for broken ones only.
        int index = _places is null && (_count == 0 || _elements[_count - 1].Tag < element.Tag) ? ~_count : Find(element.Tag);
        if (index >= 0) return false;
        index = ~index;
        if (_places is null && _count - index > MaxMoved)
        {
            _places = new Dictionary<uint, int>(2 * _count);
            for (int i = 0; i < _count; i++) _places.Add(_elements[i].Tag.Value, i);
        }

        if (_places is not null)
        {
            index = _count;
            _places.Add(element.Tag.Value, index);
        }

        Insert(index, element.In(this));
        if (element.Tag == DicomTags.SpecificCharacterSet) ForgetCharacterSet();
        return true;
    }

    /// <summary>Puts in order what was added in none. Until then elements are found by their tags all the same.</summary>
    internal void Settle()
    {
        if (_places is null) return;
        _places = null;
        Array.Sort(_elements, 0, _count, s_byTag);
    }

    /// <summary>Makes this the item of a data set; one which is another's already is copied.</summary>
    internal DicomDataset Under(DicomDataset parent)
    {
        if (Parent == parent) return this;
        if (Parent is not null) return CloneUnder(parent);
        for (DicomDataset? level = parent; level is not null; level = level.Parent)
        {
            if (level == this) throw new ArgumentException("A data set cannot be an item of itself.", nameof(parent));
        }

        Parent = parent;
        ForgetCharacterSet();
        return this;
    }

    private DicomDataset CloneUnder(DicomDataset? parent)
    {
        var clone = new DicomDataset { Parent = parent, _fallbackEncoding = _fallbackEncoding };
        clone._elements = new DicomElement[_count];
        foreach (DicomElement element in Elements) clone.TryAdd(element);
        return clone;
    }

    private void Insert(int index, DicomElement element)
    {
        if (_count == _elements.Length) Array.Resize(ref _elements, Math.Max(FirstCapacity, _count * 2));
        if (index < _count) Array.Copy(_elements, index, _elements, index + 1, _count - index);
        _elements[index] = element;
        _count++;
    }

    /// <summary>The index of a tag, or the complement of where it belongs.</summary>
    private int Find(DicomTag tag)
    {
        if (_places is not null) return _places.TryGetValue(tag.Value, out int place) ? place : ~_count;
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            uint found = _elements[middle].Tag.Value;
            if (found == tag.Value) return middle;
            if (found < tag.Value) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
