using System.Text;

namespace PacsTools.Dicom.Data;

/// <summary>Chooses what to declare for a data set that is to be written.</summary>
internal static class LeastCharacterSet
{
    // Latin first, from west to east, then the other scripts. Not here: ISO_IR 203, newer and less understood than UTF-8, and
    // ISO_IR 13 last, since no other set has half-width katakana.
    private static readonly int[] s_order = [100, 101, 110, 109, 148, 144, 126, 138, 127, 166, 13];

    internal static IReadOnlyList<string> For(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string[] needy = [.. texts.Where(text => !Ascii.IsValid(text))];
        if (needy.Length == 0)
            return [];
        foreach (int number in s_order)
        {
            CodedSet set = CodedSets.Find(number)!;
            if (needy.All(text => text.All(c => c < 0x7F ? number != 13 || c != '~' : set.TryEncode(c, out _))))
                return [$"ISO_IR {number}"];
        }
        return ["ISO_IR 192"];
    }
}
