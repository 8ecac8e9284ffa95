using System.Text;

namespace PacsTools.Dicom.Data;

/// <summary>Chooses what to declare for a data set that is to be written.</summary>
internal static class LeastCharacterSet
{
    // Latin first, the sets most used before those they overlap with, then the other scripts. ISO_IR 203 is not here: fewer
    // archives know it than UTF-8.
    private static readonly int[] s_order = [100, 101, 148, 110, 109, 144, 126, 138, 127, 166, 13];

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
