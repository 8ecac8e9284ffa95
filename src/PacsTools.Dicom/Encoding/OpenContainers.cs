namespace PacsTools.Dicom.Encoding;

/// <summary>
/// The sequences and items of undefined length a scan is inside of. What has a length is passed over whole; these must be followed
/// to their delimiters (PS3.5 7.5.1).
/// </summary>
internal sealed class OpenContainers
{
    private readonly Stack<Container> _open = new();

    internal bool IsEmpty => _open.Count == 0;

    internal ElementForm Form => _open.Peek().Form;

    /// <summary>Enters a sequence, or the fragments of pixel data, which look the same from outside.</summary>
    internal void OpenSequence(ElementHeader header)
    {
        // PS3.5 6.2.2 note 4: within UN it is implicit little endian.
        bool isUnknown = header.Form.IsExplicit && header.VR == Data.DicomVR.UN;
        _open.Push(new Container(false, isUnknown ? ElementForm.ImplicitLittle : header.Form));
    }

    /// <summary>Takes the next header within.</summary>
    /// <param name="header">The header.</param>
    /// <param name="skip">Bytes of value to pass over.</param>
    /// <returns>False if it cannot stand there, or sequences are nested too deep.</returns>
    internal bool TryFollow(ElementHeader header, out long skip)
    {
        skip = 0;
        Container container = _open.Peek();
        if (header.IsDelimitation)
        {
            _open.Pop();
            return header.Length == 0 && (header.Tag == ElementHeader.ItemDelimitation) == container.IsItem;
        }

        bool isItem = header.Tag == ElementHeader.Item;
        if (isItem == container.IsItem) return false;
        if (!header.IsUndefinedLength) skip = header.Length;
        else if (isItem) _open.Push(new Container(true, container.Form));
        else OpenSequence(header);
        return _open.Count <= 2 * DatasetParser.MaxDepth;
    }

    private readonly record struct Container(bool IsItem, ElementForm Form);
}
