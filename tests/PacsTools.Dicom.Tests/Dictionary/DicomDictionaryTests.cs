using System.Reflection;
using System.Text.RegularExpressions;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Dictionary;

public sealed partial class DicomDictionaryTests
{
    private static readonly DicomDictionary s_dictionary = DicomDictionary.Default;

    [Theory]
    [InlineData(0x00000100u, "CommandField", "US", "1", false, "Command Field")]
    [InlineData(0x00000901u, "OffendingElement", "AT", "1-n", false, "Offending Element")]
    [InlineData(0x00020010u, "TransferSyntaxUID", "UI", "1", false, "Transfer Syntax UID")]
    [InlineData(0x00080005u, "SpecificCharacterSet", "CS", "1-n", false, "Specific Character Set")]
    [InlineData(0x00080061u, "ModalitiesInStudy", "CS", "1-n", false, "Modalities in Study")]
    [InlineData(0x00100010u, "PatientName", "PN", "1", false, "Patient's Name")]
    [InlineData(0x00101000u, "OtherPatientIDs", "LO", "1-n", true, "Other Patient IDs")]
    [InlineData(0x00181153u, "ExposureInuAs", "IS", "1", false, "Exposure in µAs")]
    [InlineData(0x00201206u, "NumberOfStudyRelatedSeries", "IS", "1", false, "Number of Study Related Series")]
    [InlineData(0x00280106u, "SmallestImagePixelValue", "US/SS", "1", false, "Smallest Image Pixel Value")]
    [InlineData(0x00283006u, "LUTData", "US/OW", "1-n or 1", false, "LUT Data")]
    [InlineData(0x00400100u, "ScheduledProcedureStepSequence", "SQ", "1", false, "Scheduled Procedure Step Sequence")]
    [InlineData(0x7FE00010u, "PixelData", "OB/OW", "1", false, "Pixel Data")]
    [InlineData(0x00100011u, "PersonNamesToUseSequence", "SQ", "1", false, "Person Names to Use Sequence")]
    [InlineData(0xFFFEE000u, "Item", "", "1", false, "Item")]
    public void KnowsAttributes(uint tag, string keyword, string vrs, string vm, bool retired, string name)
    {
        Assert.True(s_dictionary.TryGet(new DicomTag(tag), out DictionaryEntry? entry));
        Assert.Equal((keyword, vrs, vm, retired, name),
            (entry.Keyword, string.Join('/', entry.VRs), entry.VM, entry.IsRetired, entry.Name));
        Assert.Equal(new DicomTag(tag), entry.Tag);
        Assert.True(s_dictionary.TryGet(keyword, out DictionaryEntry? byKeyword));
        Assert.Same(entry, byKeyword);
    }

    [Theory]
    [InlineData(0x60003000u, "OverlayData", "(60xx,3000)")]
    [InlineData(0x601E3000u, "OverlayData", "(60xx,3000)")]
    [InlineData(0x50FE0005u, "CurveDimensions", "(50xx,0005)")]
    [InlineData(0x00203142u, "SourceImageIDs", "(0020,31xx)")]
    [InlineData(0x00280430u, "RowsForNthOrderCoefficients", "(0028,04x0)")]
    [InlineData(0x00280401u, "CoefficientCoding", null)]
    [InlineData(0x10001235u, "ShiftTableTriplet", "(1000,xxx5)")]
    [InlineData(0x10104711u, "ZonalMap", "(1010,xxxx)")]
    [InlineData(0x7F020010u, "VariablePixelData", "(7Fxx,0010)")]
    public void FindsRepeatingGroups(uint tag, string keyword, string? pattern)
    {
        Assert.True(s_dictionary.TryGet(new DicomTag(tag), out DictionaryEntry? entry));
        if (pattern is null)
        {
            // (0028,0401) is an attribute of its own, which must win over the pattern (0028,04x1).
            Assert.NotEqual(keyword, entry.Keyword);
            Assert.False(entry.IsRepeating);
            return;
        }
        Assert.Equal((keyword, pattern, new DicomTag(tag)), (entry.Keyword, entry.TagPattern, entry.Tag));
        Assert.True(entry.IsRepeating);
        Assert.True(s_dictionary.TryGet(keyword, out DictionaryEntry? first));
        Assert.Equal(pattern.Replace('x', '0'), first.Tag.ToString());
    }

    [Theory]
    [InlineData(0x00090010u)]
    [InlineData(0x60013000u)]
    [InlineData(0x0008FFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public void KnowsNothingElse(uint tag) => Assert.False(s_dictionary.TryGet(new DicomTag(tag), out _));

    [Theory]
    [InlineData("patientname", true)]
    [InlineData("PATIENTNAME", true)]
    [InlineData("Patient Name", false)]
    [InlineData("PatientNam", false)]
    [InlineData("", false)]
    [InlineData("Pätient", false)]
    public void KeywordsIgnoreCase(string keyword, bool known)
    {
        Assert.Equal(known, s_dictionary.TryGet(keyword, out DictionaryEntry? entry));
        Assert.Equal(known ? DicomTags.PatientName : null, entry?.Tag);
        Assert.Equal(known, DicomTag.TryParse(keyword, out _));
    }

    [Fact]
    public void KeywordOfAnyLengthIsSafe() => Assert.False(s_dictionary.TryGet(new string('A', 100_000), out _));

    [Fact]
    public void NamesItsEdition() => Assert.Matches("^20[0-9]{2}[a-e]$", s_dictionary.Edition);

    [Fact]
    public void HoldsTheWholeStandard()
    {
        DictionaryEntry[] entries = [.. s_dictionary.Entries];
        Assert.InRange(entries.Length, 5300, 6500);
        Assert.InRange(entries.Count(e => e.IsRetired), 400, 700);
        Assert.All([0x0000, 0x0002, 0x0008, 0x0010, 0x0018, 0x0020, 0x0028, 0x0040, 0x300A, 0x5000, 0x6000, 0x7FE0],
            group => Assert.Contains(entries, e => e.Tag.Group == group));
    }

    [Fact]
    public void IsSortedAndUnique()
    {
        DictionaryEntry[] entries = [.. s_dictionary.Entries];
        for (int i = 1; i < entries.Length; i++)
            Assert.True(entries[i - 1].Tag < entries[i].Tag || entries[i].IsRepeating, entries[i].TagPattern);
        Assert.Equal(entries.Length, entries.Select(e => e.TagPattern).Distinct().Count());
        Assert.Equal(entries.Length, entries.Select(e => e.Keyword.ToUpperInvariant()).Distinct().Count());
    }

    [Fact]
    public void EveryEntryIsWellFormed() => Assert.All(s_dictionary.Entries, entry =>
    {
        Assert.Matches(Pattern(), entry.TagPattern);
        Assert.Matches(Keyword(), entry.Keyword);
        Assert.Matches(Multiplicity(), entry.VM);
        Assert.False(string.IsNullOrWhiteSpace(entry.Name), entry.Keyword);
        Assert.Equal(entry.Name.Trim(), entry.Name);
        Assert.All(entry.VRs, vr => Assert.True(vr.IsKnown(), entry.Keyword));
        Assert.Equal(entry.VRs.Count, entry.VRs.Distinct().Count());
        Assert.False(entry.Tag.IsPrivate);
        if (entry.Tag.Group != 0xFFFE)
            Assert.NotEmpty(entry.VRs);
    });

    [Fact]
    public void KeywordsAreTheNamesWithoutSpaces()
    {
        // PS3.6 5: a keyword is its name without spaces and punctuation, possessives dropped. A few retired ones bend the rule.
        string[] bent = [.. s_dictionary.Entries.Where(e => Letters(e.Name) != Letters(e.Keyword)).Select(e => e.Keyword)];
        Assert.InRange(bent.Length, 0, 60);
        Assert.DoesNotContain("PatientBirthDate", bent);

        static string Letters(string text) => Regex.Replace(text.Replace("'s", "", StringComparison.Ordinal).Replace('µ', 'u'),
            "[^A-Za-z0-9]", "").ToUpperInvariant();
    }

    [Fact]
    public void EveryEntryIsFoundByTagAndKeyword() => Assert.All(s_dictionary.Entries, entry =>
    {
        Assert.True(s_dictionary.TryGet(entry.Tag, out DictionaryEntry? byTag));
        Assert.True(s_dictionary.TryGet(entry.Keyword, out DictionaryEntry? byKeyword));
        Assert.Same(entry, byKeyword);
        if (!entry.IsRepeating)
            Assert.Same(entry, byTag);
    });

    [Fact]
    public void ConstantsAreNamedByKeyword()
    {
        PropertyInfo[] constants = typeof(DicomTags).GetProperties(BindingFlags.Public | BindingFlags.Static);
        Assert.True(constants.Length > 1000);
        Assert.All(constants, property =>
        {
            Assert.True(s_dictionary.TryGet(property.Name, out DictionaryEntry? entry), property.Name);
            Assert.Equal(entry.Tag, property.GetValue(null));
        });
    }

    [Fact]
    public void ThreadsMayShareIt()
    {
        DicomTag[] tags = [.. s_dictionary.Entries.Select(e => e.Tag)];
        var seen = new DictionaryEntry[8][];
        Parallel.For(0, seen.Length, i => seen[i] = [.. tags.Select(tag => s_dictionary.TryGet(tag, out DictionaryEntry? e) ? e : null!)]);
        Assert.All(seen, entries => Assert.Equal(seen[0], entries));
    }

    [Theory]
    [InlineData("PixelData", "OW")]
    [InlineData("SmallestImagePixelValue", "US")]
    [InlineData("LUTData", "OW")]
    [InlineData("PatientID", "LO")]
    [InlineData("Item", "UN")]
    public void ChoosesAVRToWrite(string keyword, string vr)
    {
        Assert.True(s_dictionary.TryGet(keyword, out DictionaryEntry? entry));
        Assert.Equal(vr, entry.DefaultVR.ToString());
    }

    [GeneratedRegex(@"^\([0-9A-Fx]{4},[0-9A-Fx]{4}\)$")]
    private static partial Regex Pattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{1,63}$")]
    private static partial Regex Keyword();

    [GeneratedRegex("^([0-9]+(-([0-9]+|n|[0-9]+n))?|1-n or 1)$")]
    private static partial Regex Multiplicity();
}
