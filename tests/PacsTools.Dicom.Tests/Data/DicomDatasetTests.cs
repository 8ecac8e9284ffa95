using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Tests.Data;

public class DicomDatasetTests
{
    private static readonly DicomTag PrivateText = new(0x0009, 0x1001);

    [Fact]
    public void Elements_are_in_the_order_of_their_tags_however_they_came()
    {
        var dataset = new DicomDataset();
        for (int element = 100; element > 0; element--) dataset.SetString(new DicomTag(0x0009, (ushort)(0x1000 + (element * 37 % 101))), DicomVR.LO, "x");
        Assert.Equal(100, dataset.Count);
        Assert.Equal(dataset.Select(e => e.Tag).Order(), dataset.Select(e => e.Tag));
    }

    [Fact]
    public void Setting_replaces_and_removing_leaves_nothing()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientID, "1");
        dataset.SetString(DicomTags.PatientID, "2");
        Assert.Equal("2", dataset.GetString(DicomTags.PatientID));
        Assert.Single(dataset);
        Assert.True(dataset.Remove(DicomTags.PatientID));
        Assert.False(dataset.Remove(DicomTags.PatientID));
        Assert.Null(dataset[DicomTags.PatientID]);
        Assert.Empty(dataset);
    }

    [Fact]
    public void What_is_absent_reads_as_nothing()
    {
        var dataset = new DicomDataset();
        Assert.Null(dataset.GetString(DicomTags.PatientID));
        Assert.Equal("none", dataset.GetString(DicomTags.PatientID, "none"));
        Assert.Empty(dataset.GetStrings(DicomTags.PatientID));
        Assert.Null(dataset.GetText(DicomTags.PatientID));
        Assert.Null(dataset.GetInt32(DicomTags.Rows));
        Assert.Null(dataset.GetDouble(DicomTags.SliceThickness));
        Assert.Null(dataset.GetDate(DicomTags.StudyDate));
        Assert.Null(dataset.GetPersonName(DicomTags.PatientName));
        Assert.Empty(dataset.GetItems(DicomTags.ReferencedStudySequence));
        Assert.Empty(dataset.GetValues<ushort>(DicomTags.Rows));
    }

    [Fact]
    public void An_empty_element_is_there_and_reads_as_nothing()
    {
        var dataset = new DicomDataset();
        dataset.SetEmpty(DicomTags.PatientName);
        dataset.SetEmpty(DicomTags.ReferencedStudySequence);
        dataset.SetString(DicomTags.PatientID, null);
        Assert.All(dataset, element => Assert.True(element.IsEmpty));
        Assert.Equal(3, dataset.Count);
        Assert.Equal(DicomVR.SQ, dataset[DicomTags.ReferencedStudySequence]!.VR);
        Assert.Null(dataset.GetString(DicomTags.PatientName));
    }

    [Theory]
    [InlineData("PatientName", DicomVR.PN)]
    [InlineData("StudyDate", DicomVR.DA)]
    [InlineData("StudyInstanceUID", DicomVR.UI)]
    [InlineData("NumberOfStudyRelatedInstances", DicomVR.IS)]
    public void The_dictionary_gives_the_VR_of_text_which_is_set(string keyword, DicomVR vr)
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTag.Parse(keyword), "1");
        Assert.Equal(vr, dataset[DicomTag.Parse(keyword)]!.VR);
    }

    [Fact]
    public void Numbers_and_tags_may_be_set_as_text()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.Rows, "512");
        dataset.SetString(DicomTags.FrameIncrementPointer, "(0018,1063)");
        Assert.Equal([0x00, 0x02], dataset[DicomTags.Rows]!.Value.ToArray());
        Assert.Equal([0x18, 0x00, 0x63, 0x10], dataset[DicomTags.FrameIncrementPointer]!.Value.ToArray());
        Assert.Equal("512", dataset.GetString(DicomTags.Rows));
        Assert.Equal("(0018,1063)", dataset.GetString(DicomTags.FrameIncrementPointer));
        Assert.Throws<DicomDataException>(() => dataset.SetString(DicomTags.Rows, "70000"));
        Assert.Throws<DicomDataException>(() => dataset.SetString(DicomTags.Rows, "many"));
        Assert.Throws<DicomDataException>(() => dataset.SetString(DicomTags.ReferencedStudySequence, "x"));
    }

    [Fact]
    public void Text_may_be_set_before_the_character_set_it_needs()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientName, "Müller^Jörg");
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        Assert.Equal("4DFC6C6C65725E4AF67267", Convert.ToHexString(dataset[DicomTags.PatientName]!.Value.Span));
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        Assert.Equal("4DC3BC6C6C65725E4AC3B67267", Convert.ToHexString(dataset[DicomTags.PatientName]!.Value.Span));
    }

    [Fact]
    public void Text_the_character_set_cannot_hold_is_refused_when_its_bytes_are_wanted()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientName, "Müller");
        Assert.Equal("Müller", dataset.GetString(DicomTags.PatientName));
        Assert.Throws<DicomDataException>(() => dataset[DicomTags.PatientName]!.Value);
    }

    [Fact]
    public void Text_outside_ASCII_is_refused_where_the_character_set_does_not_reach()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        dataset.SetString(DicomTags.Modality, "CÜ");
        Assert.Throws<DicomDataException>(() => dataset[DicomTags.Modality]!.Value);
    }

    [Fact]
    public void Items_inherit_the_character_set_and_may_have_their_own()
    {
        var inherits = new DicomDataset();
        inherits.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xFC });
        var own = new DicomDataset();
        own.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 144");
        own.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xD6 });
        var dataset = new DicomDataset();
        dataset.SetItems(DicomTags.ReferencedStudySequence, inherits, own);
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        Assert.Equal(["ü", "ж"], dataset.GetItems(DicomTags.ReferencedStudySequence).Select(item => item.GetString(DicomTags.PatientName)));
    }

    [Fact]
    public void A_new_character_set_reads_bytes_anew()
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xC3, 0xBC });
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        Assert.Equal("Ã¼", dataset.GetString(DicomTags.PatientName));
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        Assert.Equal("ü", dataset.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void A_fallback_encoding_serves_data_sets_which_name_no_character_set()
    {
        var item = new DicomDataset();
        item.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xFC });
        var dataset = new DicomDataset();
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        dataset.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xFC });
        Assert.NotEqual("ü", dataset.GetString(DicomTags.PatientName));
        dataset.FallbackEncoding = System.Text.Encoding.Latin1;
        Assert.Equal("ü", dataset.GetString(DicomTags.PatientName));
        Assert.Equal("ü", dataset.GetItems(DicomTags.ReferencedStudySequence)[0].GetString(DicomTags.PatientName));
    }

    [Fact]
    public void An_element_of_another_data_set_is_copied_as_text_where_character_sets_differ()
    {
        var latin = new DicomDataset();
        latin.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        latin.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xFC });
        var utf8 = new DicomDataset();
        utf8.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        utf8.Set(latin[DicomTags.PatientName]!);
        Assert.Equal("ü", utf8.GetString(DicomTags.PatientName));
        Assert.Equal([0xC3, 0xBC], utf8[DicomTags.PatientName]!.Value.ToArray());
        Assert.Equal([0xFC], latin[DicomTags.PatientName]!.Value.ToArray());
    }

    [Fact]
    public void An_item_of_another_data_set_is_copied_too()
    {
        var item = new DicomDataset();
        item.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xFC });
        var latin = new DicomDataset();
        latin.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        latin.SetItems(DicomTags.ReferencedStudySequence, item);
        var utf8 = new DicomDataset();
        utf8.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        utf8.SetItems(DicomTags.ReferencedStudySequence, item);
        utf8.GetItems(DicomTags.ReferencedStudySequence)[0].SetString(DicomTags.PatientID, "only here");
        Assert.Equal("ü", utf8.GetItems(DicomTags.ReferencedStudySequence)[0].GetString(DicomTags.PatientName));
        Assert.Equal("ü", item.GetString(DicomTags.PatientName));
        Assert.Single(item);
    }

    [Fact]
    public void A_clone_is_independent_and_shares_no_elements()
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.PatientID, "inner");
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientID, "outer");
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        DicomDataset clone = dataset.Clone();
        clone.SetString(DicomTags.PatientID, "changed");
        clone.GetItems(DicomTags.ReferencedStudySequence)[0].SetString(DicomTags.PatientID, "changed");
        Assert.Equal("outer", dataset.GetString(DicomTags.PatientID));
        Assert.Equal("inner", item.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void A_clone_of_an_item_keeps_its_text_wherever_it_goes()
    {
        var item = new DicomDataset();
        item.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0xFC });
        var latin = new DicomDataset();
        latin.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        latin.SetItems(DicomTags.ReferencedStudySequence, item);
        DicomDataset clone = item.Clone();
        var utf8 = new DicomDataset();
        utf8.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        utf8.SetItems(DicomTags.ReferencedStudySequence, clone);
        Assert.Equal([0xC3, 0xBC], utf8.GetItems(DicomTags.ReferencedStudySequence)[0][DicomTags.PatientName]!.Value.ToArray());
    }

    [Fact]
    public void What_came_as_UN_is_read_as_the_dictionary_says()
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTags.Rows, DicomVR.UN, new byte[] { 0x00, 0x02 });
        dataset.SetBytes(DicomTags.PatientID, DicomVR.UN, "ID1 "u8.ToArray());
        dataset.SetBytes(PrivateText, DicomVR.UN, "secret "u8.ToArray());
        Assert.Equal(512, dataset.GetInt32(DicomTags.Rows));
        Assert.Equal([512], dataset.GetValues<int>(DicomTags.Rows));
        Assert.Equal("ID1", dataset.GetString(DicomTags.PatientID));
        Assert.Equal("secret", dataset.GetString(PrivateText));
        Assert.Equal(DicomVR.UN, dataset[DicomTags.Rows]!.VR);
    }

    [Fact]
    public void Nothing_it_shows_of_itself_is_a_value()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientName, "DOE^JANE");
        Assert.DoesNotContain("DOE", dataset.ToString(), StringComparison.Ordinal);
        Assert.Equal("(0010,0010) PN 8 bytes", dataset[DicomTags.PatientName]!.ToString());
    }

    [Fact]
    public void A_data_set_is_no_item_of_itself()
    {
        var outer = new DicomDataset();
        var inner = new DicomDataset();
        outer.SetItems(DicomTags.ReferencedStudySequence, inner);
        Assert.Throws<ArgumentException>(() => outer.SetItems(DicomTags.ReferencedStudySequence, outer));
        Assert.Throws<ArgumentException>(() => inner.SetItems(DicomTags.ReferencedStudySequence, outer));
        Assert.Same(inner, Assert.Single(outer.GetItems(DicomTags.ReferencedStudySequence)));
    }

    [Fact]
    public void Character_sets_peers_make_up_are_not_kept_without_end()
    {
        for (int i = 0; i < 2 * CharacterSetCache.MaxEntries; i++)
        {
            var dataset = new DicomDataset();
            dataset.SetString(DicomTags.SpecificCharacterSet, $"ISO_IR 100{new string('.', i)}");
            Assert.False(dataset.CharacterSet.HasUnknownTerms);
        }

        // Two threads may both find the last place free.
        Assert.InRange(CharacterSetCache.Count, 1, CharacterSetCache.MaxEntries + Environment.ProcessorCount);
    }

    [Theory]
    [InlineData("MADE_UP", 1)]
    [InlineData("ISO_IR 100", 1, 2000)]
    [InlineData("ISO 2022 IR 87", 65)]
    public void Character_sets_the_standard_does_not_know_and_long_ones_are_not_kept_at_all(string term, int count, int dots = 0)
    {
        string[] terms = [.. Enumerable.Repeat(term + new string('.', dots), count)];
        Assert.NotSame(CharacterSetCache.Get(terms, null), CharacterSetCache.Get(terms, null));
    }

    [Fact]
    public void Of_a_character_set_of_thousands_the_first_values_are_looked_at()
    {
        SpecificCharacterSet set = SpecificCharacterSet.Parse([.. Enumerable.Repeat("ISO 2022 IR 87", 10_000)]);
        Assert.Equal((64, true), (set.DefinedTerms.Count, set.HasUnknownTerms));
    }

    [Fact]
    public void Several_threads_may_read()
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100");
        for (ushort i = 0; i < 500; i++) dataset.SetBytes(new DicomTag(0x0009, (ushort)(0x1000 + i)), DicomVR.LO, new byte[] { 0xFC, (byte)'\\', 0xE4 });
        Parallel.For(0, 8, _ =>
        {
            foreach (DicomElement element in dataset.Skip(1)) Assert.Equal(["ü", "ä"], dataset.GetStrings(element.Tag));
        });
    }
}
