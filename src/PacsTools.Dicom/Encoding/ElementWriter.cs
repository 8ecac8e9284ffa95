using System.Buffers;
using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>Writes elements in one form, front to back.</summary>
internal sealed class ElementWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly TransferSyntax _syntax;
    private readonly ElementForm _form;
    private readonly LengthPlan? _plan;

    /// <summary>Writes to an output; without a plan sequences and items get undefined lengths.</summary>
    internal ElementWriter(IBufferWriter<byte> output, TransferSyntax syntax, LengthPlan? plan)
    {
        _output = output;
        _syntax = syntax;
        _form = ElementForm.Of(syntax);
        _plan = plan;
    }

    internal void Write(DicomDataset dataset, int depth = 0)
    {
        foreach (DicomElement element in dataset.Elements)
        {
            if (ElementWriting.IsDropped(element)) continue;
            if (element.Tag.Group == ElementHeader.ItemGroup) throw new DicomDataException($"{element.Tag} is no element, and no reader would take it for one (PS3.5 7.5).");
            if (element.ItemArray is { } items) WriteSequence(element.Tag, items, depth + 1);
            else if (element.Fragments is { } fragments) WriteFragments(element, fragments);
            else WriteValue(element, depth);
        }
    }

    private void WriteSequence(DicomTag tag, DicomDataset[] items, int depth)
    {
        ElementWriting.CheckDepth(tag, depth);
        WriteHeader(tag, DicomVR.SQ, _plan?.Next() ?? ElementHeader.UndefinedLength);
        foreach (DicomDataset item in items)
        {
            WriteHeader(ElementHeader.Item, default, _plan?.Next() ?? ElementHeader.UndefinedLength);
            Write(item, depth);
            if (_plan is null) WriteHeader(ElementHeader.ItemDelimitation, default, 0);
        }

        if (_plan is null) WriteHeader(ElementHeader.SequenceDelimitation, default, 0);
    }

    private void WriteFragments(DicomElement element, IReadOnlyList<ReadOnlyMemory<byte>> fragments)
    {
        if (!_syntax.IsEncapsulated)
            throw new DicomDataException($"{element.Tag} is encapsulated, which {_syntax.Name} does not allow (PS3.5 A.4).");
        WriteHeader(element.Tag, element.VR, ElementHeader.UndefinedLength);
        foreach (ReadOnlyMemory<byte> fragment in fragments)
        {
            WriteHeader(ElementHeader.Item, default, (uint)ElementWriting.Even(fragment.Length));
            WriteBytes(fragment.Span, DicomVR.OB);
        }

        WriteHeader(ElementHeader.SequenceDelimitation, default, 0);
    }

    private void WriteValue(DicomElement element, int depth)
    {
        if (element.IsDeferred) throw new DicomDataException($"The value of {element.Tag} was left in the file and cannot be written.");
        if (_syntax.IsEncapsulated && depth == 0 && PixelDataTags.Contains(element.Tag) && !element.IsEmpty)
            throw new DicomDataException($"{element.Tag} is not encapsulated, which {_syntax.Name} asks for (PS3.5 A.4).");
        ReadOnlySpan<byte> value = element.Value.Span;
        long length = ElementWriting.Even(value.Length);
        DicomVR written = ElementWriting.WrittenVR(element.VR, length, _form.IsExplicit);
        WriteHeader(element.Tag, written, (uint)length);

        // What goes as UN stays little endian, but keeps its own padding.
        WriteBytes(value, element.VR, written == element.VR && (_form.IsBigEndian || (_syntax.IsPixelDataBigEndian && PixelDataTags.Contains(element.Tag))));
    }

    private void WriteHeader(DicomTag tag, DicomVR vr, uint length)
    {
        Span<byte> bytes = _output.GetSpan(ElementHeader.MaxSize);
        PutUInt16(bytes, tag.Group);
        PutUInt16(bytes[2..], tag.Element);
        if (!_form.IsExplicit || ElementHeader.IsMark(tag))
        {
            PutUInt32(bytes[4..], length);
            _output.Advance(8);
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)vr);
        if (!vr.HasLongLength())
        {
            PutUInt16(bytes[6..], (ushort)length);
            _output.Advance(8);
            return;
        }

        bytes[6] = 0;
        bytes[7] = 0;
        PutUInt32(bytes[8..], length);
        _output.Advance(12);
    }

    private void WriteBytes(ReadOnlySpan<byte> value, DicomVR vr, bool swap = false)
    {
        if (swap && vr.UnitSize() > 1) WriteSwapped(value, vr.UnitSize());
        else _output.Write(value);
        if ((value.Length & 1) == 0) return;
        _output.GetSpan(1)[0] = vr.PaddingByte();
        _output.Advance(1);
    }

    private void WriteSwapped(ReadOnlySpan<byte> value, int unitSize)
    {
        // Pieces, so that the copy stays small; 4096 is a multiple of every unit.
        Span<byte> piece = stackalloc byte[4096];
        for (; !value.IsEmpty; value = value[Math.Min(piece.Length, value.Length)..])
        {
            Span<byte> part = piece[..Math.Min(piece.Length, value.Length)];
            value[..part.Length].CopyTo(part);
            ByteOrder.Swap(part, unitSize);
            _output.Write(part);
        }
    }

    private void PutUInt16(Span<byte> bytes, ushort value)
    {
        if (_form.IsBigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
    }

    private void PutUInt32(Span<byte> bytes, uint value)
    {
        if (_form.IsBigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
    }
}
