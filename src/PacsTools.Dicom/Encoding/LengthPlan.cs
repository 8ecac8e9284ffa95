using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>
/// The lengths of all sequences and items of a data set, worked out once before writing, in the order in which they are written:
/// they stand before what they measure, and what is written is not kept.
/// </summary>
internal sealed class LengthPlan
{
    private readonly List<uint> _lengths = [];
    private readonly bool _isExplicit;
    private int _next;

    private LengthPlan(bool isExplicit) => _isExplicit = isExplicit;

    /// <summary>Measures a data set.</summary>
    /// <exception cref="DicomDataException">A sequence is longer than the 4 GiB its length can tell.</exception>
    internal static LengthPlan For(DicomDataset dataset, bool isExplicit)
    {
        var plan = new LengthPlan(isExplicit);
        plan.Measure(dataset, 0);
        return plan;
    }

    /// <summary>The length of the next sequence or item.</summary>
    internal uint Next() => _lengths[_next++];

    private long Measure(DicomDataset dataset, int depth)
    {
        long total = 0;
        foreach (DicomElement element in dataset.Elements)
        {
            if (ElementWriting.IsDropped(element)) continue;
            total += element.ItemArray is { } items
                ? ElementWriting.HeaderSize(DicomVR.SQ, _isExplicit) + MeasureItems(element.Tag, items, depth + 1)
                : MeasureValue(element);
        }

        return total;
    }

    private long MeasureItems(DicomTag tag, DicomDataset[] items, int depth)
    {
        ElementWriting.CheckDepth(tag, depth);
        int place = Reserve();
        long total = 0;
        foreach (DicomDataset item in items)
        {
            int itemPlace = Reserve();
            long length = Measure(item, depth);
            Set(itemPlace, length, tag);
            total += ElementHeader.MinSize + length;
        }

        Set(place, total, tag);
        return total;
    }

    private long MeasureValue(DicomElement element)
    {
        if (element.Fragments is { } fragments)
        {
            long total = ElementWriting.HeaderSize(element.VR, _isExplicit) + ElementHeader.MinSize;
            foreach (ReadOnlyMemory<byte> fragment in fragments) total += ElementHeader.MinSize + ElementWriting.Even(fragment.Length);
            return total;
        }

        long length = ElementWriting.Even(element.Value.Length);
        return ElementWriting.HeaderSize(ElementWriting.WrittenVR(element.VR, length, _isExplicit), _isExplicit) + length;
    }

    private int Reserve()
    {
        _lengths.Add(0);
        return _lengths.Count - 1;
    }

    private void Set(int place, long length, DicomTag tag) => _lengths[place] = length < ElementHeader.UndefinedLength
        ? (uint)length
        : throw new DicomDataException($"{tag} is longer than the 4 GiB a sequence can have.");
}
