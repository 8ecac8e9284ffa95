using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>Reads the elements of one data set and of the items in it (PS3.5 7.1, 7.5).</summary>
internal sealed class DatasetParser
{
    /// <summary>Sequences within sequences; deeper ones are an attack on the stack, not a document.</summary>
    internal const int MaxDepth = 64;

    private readonly DatasetInput _input;
    private readonly DatasetReadOptions _options;
    private readonly long _deferLongerThan;
    private long _loadable;
    private int _count;
    private DicomTag _last;

    internal DatasetParser(DatasetInput input, DatasetReadOptions options)
    {
        _input = input;
        _options = options;
        _deferLongerThan = Math.Min(options.DeferLongerThan ?? Array.MaxLength, Array.MaxLength);
        _loadable = options.MaxLoadedBytes;
    }

    /// <summary>True if pixel data is big endian, whatever the form of the elements.</summary>
    internal bool HasBigEndianPixelData { get; init; }

    /// <summary>Reads from here to the end of the input, or to where the options say.</summary>
    /// <exception cref="DicomDataException">The bytes are no data set (strict mode), or too much of one.</exception>
    internal DicomDataset Read(ElementForm form)
    {
        var dataset = new DicomDataset();
        try
        {
            ReadElements(dataset, form, Extent.DataSet, 0);
        }
        catch (DicomDataException e)
        {
            DicomDataException named = Named(e);
            if (!_options.Lenient) throw named;
            Note(named.Message, named.Offset);
        }

        return dataset;
    }

    // Where what is broken has no name any more, that of the element before it says where to look.
    private DicomDataException Named(DicomDataException error) => _last.Value == 0 || error.Message.Contains(_last.ToString(), StringComparison.Ordinal) || error.Message[0] == '('
        ? error
        : new DicomDataException($"{error.Message.TrimEnd('.')}, at or after {_last}.", error.Offset, error);

    private void ReadElements(DicomDataset dataset, ElementForm form, Extent extent, int depth)
    {
        try
        {
            AddElements(dataset, form, extent, depth);
        }
        finally
        {
            // Lenient reading keeps what was read before an error.
            dataset.Settle();
        }
    }

    private void AddElements(DicomDataset dataset, ElementForm form, Extent extent, int depth)
    {
        while (extent.IsOpen || _input.Position < extent.End)
        {
            long at = _input.Position;
            if (!TryReadHeader(form, extent, depth, out ElementHeader header)) return;
            if (header.IsDelimitation)
            {
                _input.Skip(header.Size);
                if (extent.IsOpen && header.Tag == ElementHeader.ItemDelimitation) return;
                if (extent.IsOpen) throw Wrong("A sequence ends within one of its items", at);
                Note("A delimiter stands where nothing is open.", at);
                continue;
            }

            if (header.Tag == ElementHeader.Item) throw Wrong("An item stands outside a sequence", at);

            // PS3.5 7.5: the group is that of items and delimiters, whose form it gives away; an element of it could not be written again.
            if (header.Tag.Group == ElementHeader.ItemGroup) throw Wrong($"{header.Tag} is no element", at);
            if (depth == 0 && _options.StopBefore is { } stop && header.Tag >= stop) return;
            Count(at);
            _last = header.Tag;
            _input.Skip(header.Size);
            ReadValue(dataset, header, extent, depth);
            if (depth == 0 && _options.StopAtPixelData && PixelDataTags.Contains(header.Tag)) return;
        }
    }

    /// <returns>False at the end of the input, where that is allowed, and of the only group to be read.</returns>
    private bool TryReadHeader(ElementForm form, Extent extent, int depth, out ElementHeader header)
    {
        ReadOnlySpan<byte> bytes = _input.Peek(ElementHeader.MaxSize);
        header = default;
        if (depth == 0 && _options.OnlyGroup is { } group && !StartsWith(bytes, group)) return false;
        long room = Room(extent);
        if (bytes.Length > room) bytes = bytes[..(int)room];
        if (ElementHeader.TryRead(bytes, form, room, out header)) return true;

        // Some writers pad the data set itself; zeros are no element.
        if (depth == 0 && bytes.TrimStart((byte)0).IsEmpty)
        {
            if (!bytes.IsEmpty) Note("The data set ends with zeros that are no element.", _input.Position);
            return false;
        }

        throw Wrong("The data ends within the header of an element", _input.Position);
    }

    private static bool StartsWith(ReadOnlySpan<byte> bytes, ushort group) => bytes.Length >= 2 && BinaryPrimitives.ReadUInt16LittleEndian(bytes) == group;

    private void ReadValue(DicomDataset dataset, ElementHeader header, Extent extent, int depth)
    {
        long at = _input.Position;
        DicomVR vr = header.Form.IsExplicit ? header.VR : ImplicitVR.For(header.Tag, dataset);
        bool isPixelData = PixelDataTags.Contains(header.Tag);
        if (isPixelData && depth == 0 && _options.StopAtPixelData)
        {
            Add(dataset, DicomElement.OfDeferred(header.Tag, vr, at, header.IsUndefinedLength ? -1 : header.Length), at);
            return;
        }

        if (!header.IsUndefinedLength && header.Length > Room(extent))
            throw Wrong($"{header.Tag} has a length of {header.Length} bytes, but {Room(extent)} are left", at);

        // What says that it is a sequence has items of elements, whatever its tag; and implicit VR has no fragments (PS3.5 A.1), save of pixel data that a
        // writer left in them: of all else with an undefined length only a sequence can be meant, whatever the dictionary has.
        if (header.IsUndefinedLength && (isPixelData ? vr != DicomVR.SQ : header.Form.IsExplicit && vr is DicomVR.OB or DicomVR.OW)) ReadFragments(dataset, header, vr, extent);
        else if (header.IsUndefinedLength && vr == DicomVR.UN) ReadSequence(dataset, header, ElementForm.ImplicitLittle, extent, depth); // PS3.5 6.2.2 note 4.
        else if (!header.IsUndefinedLength && vr == DicomVR.SQ && IsFalseSequence(header)) ReadFalseSequence(dataset, header);
        else if (header.IsUndefinedLength || vr == DicomVR.SQ) ReadSequence(dataset, header, header.Form, extent, depth);
        else if (vr == DicomVR.UN && IsUnknownSequence(header)) ReadUnknownSequence(dataset, header, extent, depth);
        else ReadBytes(dataset, header, vr);
    }

    private void ReadBytes(DicomDataset dataset, ElementHeader header, DicomVR vr)
    {
        long at = _input.Position;
        if (header.Length > _deferLongerThan || header.Length > _loadable)
        {
            _input.Skip(header.Length);
            Add(dataset, DicomElement.OfDeferred(header.Tag, vr, at, header.Length), at);
            return;
        }

        _loadable -= header.Length;
        ReadOnlyMemory<byte> value = _input.Take((int)header.Length);
        if ((header.Form.IsBigEndian || (HasBigEndianPixelData && PixelDataTags.Contains(header.Tag))) && vr.UnitSize() > 1)
        {
            byte[] swapped = value.ToArray();
            ByteOrder.Swap(swapped, vr.UnitSize());
            value = swapped;
        }

        Add(dataset, new DicomElement(header.Tag, vr, value), at);
    }

    private void ReadSequence(DicomDataset dataset, ElementHeader header, ElementForm form, Extent extent, int depth)
    {
        long at = _input.Position;
        if (depth == MaxDepth) throw Wrong($"{header.Tag} is nested more than {MaxDepth} sequences deep", at);
        Extent inner = extent.Inner(at, header);
        var items = new List<DicomDataset>();
        DicomDataException? broken = null;
        try
        {
            ReadItems(dataset, items, form, inner, depth + 1);
        }
        catch (DicomDataException e) when (_options.Lenient)
        {
            broken = e;
        }

        Add(dataset, DicomElement.OfItems(header.Tag, [.. items]), at);
        if (broken is null) return;
        if (inner.IsOpen) throw new DicomDataException(broken.Message, broken.Offset, broken);
        Note(broken.Message, broken.Offset);
        _input.Skip(inner.End - _input.Position);
    }

    private void ReadItems(DicomDataset parent, List<DicomDataset> items, ElementForm form, Extent extent, int depth)
    {
        while (extent.IsOpen || _input.Position < extent.End)
        {
            long at = _input.Position;
            if (Room(extent) < ElementHeader.MinSize || !ElementHeader.TryRead(_input.Peek(ElementHeader.MaxSize), form, Room(extent), out ElementHeader header))
                throw Wrong("The data ends within a sequence", at);
            _input.Skip(header.Size);
            if (header.Tag == ElementHeader.SequenceDelimitation)
            {
                if (extent.IsOpen) return;
                Note("A sequence of known length has a delimiter.", at);
                continue;
            }

            if (header.Tag != ElementHeader.Item) throw Wrong($"{header.Tag} stands where a sequence has its items", at);
            if (!header.IsUndefinedLength && header.Length > Room(extent))
                throw Wrong($"An item has a length of {header.Length} bytes, but {Room(extent)} are left", at);
            Count(at);
            DicomDataset item = new DicomDataset().Under(parent);
            items.Add(item);
            ReadElements(item, form, extent.Inner(_input.Position, header), depth);
        }
    }

    // PS3.5 A.4: items of bytes, the first of them the basic offset table, up to a sequence delimiter.
    private void ReadFragments(DicomDataset dataset, ElementHeader header, DicomVR vr, Extent extent)
    {
        long start = _input.Position;
        long loadable = Math.Min(_options.DeferLongerThan ?? long.MaxValue, _loadable);
        long loaded = 0;
        List<ReadOnlyMemory<byte>>? fragments = [];
        while (true)
        {
            long at = _input.Position;
            if (Room(extent) < ElementHeader.MinSize || !ElementHeader.TryRead(_input.Peek(ElementHeader.MinSize), header.Form, Room(extent), out ElementHeader fragment))
                throw Wrong("The data ends within encapsulated pixel data", at);
            if (fragment.Tag != ElementHeader.Item && fragment.Tag != ElementHeader.SequenceDelimitation)
                throw Wrong($"{fragment.Tag} stands where encapsulated pixel data has its fragments", at);
            _input.Skip(fragment.Size);
            if (fragment.Tag == ElementHeader.SequenceDelimitation) break;
            if (fragment.IsUndefinedLength || fragment.Length > Room(extent))
                throw Wrong($"A fragment has a length of {fragment.Length} bytes, but {Room(extent)} are left", at);
            Count(at);
            if (fragments is not null && fragment.Length <= Math.Min(loadable - loaded, Array.MaxLength))
            {
                loaded += fragment.Length;
                fragments.Add(_input.Take((int)fragment.Length));
                continue;
            }

            // One value: of what is too long for it no part is kept.
            fragments = null;
            _input.Skip(fragment.Length);
        }

        if (fragments is not null) _loadable -= loaded;
        Add(dataset, fragments is null ? DicomElement.OfDeferred(header.Tag, vr, start, -1) : DicomElement.OfFragments(header.Tag, vr, [.. fragments]), start);
    }

    // Implicit VR cannot say that a private dictionary or an old one made something else of what is a sequence today.
    private bool IsFalseSequence(ElementHeader header)
    {
        if (header.Form.IsExplicit || header.Length == 0) return false;
        ReadOnlySpan<byte> start = _input.Peek(4);
        if (header.Length < ElementHeader.MinSize || start.Length < 4) return true;
        DicomTag first = ElementHeader.ReadTag(start, header.Form.IsBigEndian);
        return first != ElementHeader.Item && first != ElementHeader.SequenceDelimitation;
    }

    private void ReadFalseSequence(DicomDataset dataset, ElementHeader header)
    {
        if (WantsProblems) Note($"{header.Tag} is a sequence by the dictionary, but has no items.", _input.Position);
        ReadBytes(dataset, header, DicomVR.UN);
    }

    // A sequence which passed through a system that did not know it comes as UN, its items in implicit little endian
    // (PS3.5 6.2.2). Private ones stay the bytes they are: nothing says that they are sequences.
    private bool IsUnknownSequence(ElementHeader header) =>
        header.Length >= ElementHeader.MinSize && header.Length <= Math.Min(_deferLongerThan, _loadable) && DictionaryVR.ForKnown(header.Tag) == DicomVR.SQ;

    private void ReadUnknownSequence(DicomDataset dataset, ElementHeader header, Extent extent, int depth)
    {
        long at = _input.Position;
        _loadable -= header.Length;
        ReadOnlyMemory<byte> value = _input.Take((int)header.Length);
        var inner = new DatasetParser(new DatasetInput(value, at), new DatasetReadOptions { MaxElements = _options.MaxElements - _count });
        try
        {
            inner.ReadSequence(dataset, header, ElementForm.ImplicitLittle, extent, depth);
            _count += inner._count;
        }
        catch (DicomDataException e)
        {
            Note(e.Message, e.Offset);
            Add(dataset, new DicomElement(header.Tag, DicomVR.UN, value), at);
        }
    }

    private void Add(DicomDataset dataset, DicomElement element, long at)
    {
        if (!dataset.TryAdd(element) && WantsProblems) Note($"{element.Tag} stands in the data set twice; the first one counts.", at);
    }

    private void Count(long at)
    {
        if (++_count > _options.MaxElements) throw Wrong($"The data set has more than the {_options.MaxElements} elements and items allowed", at);
    }

    private long Room(Extent extent) => Math.Min(extent.End - _input.Position, _input.Remaining);

    // Words cost a hundred times the bytes they are about: none are made for nobody, and no endless list of them.
    private bool WantsProblems => _options.Problems is { Count: < DatasetReadOptions.MaxProblems };

    private void Note(string message, long offset)
    {
        if (WantsProblems) _options.Problems!.Add(new DatasetProblem(message, offset));
    }

    private static DicomDataException Wrong(string what, long offset) => new($"{what} (offset {offset}).", offset);
}
