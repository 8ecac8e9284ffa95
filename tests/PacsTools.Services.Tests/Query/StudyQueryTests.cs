using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public sealed class StudyQueryTests
{
    private static DicomDataset Only(StudyQuery query) => Assert.Single(query.Plan().Parts).Identifier;

    private static DicomDataset OnTheWire(DicomDataset identifier, TransferSyntax syntax) => DatasetReader.Read(DatasetWriter.Write(identifier, syntax), syntax);

    [Fact]
    public void A_query_without_keys_asks_for_everything_a_study_has()
    {
        var identifier = OnTheWire(Only(new StudyQuery()), TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("STUDY", identifier.GetString(DicomTags.QueryRetrieveLevel));
        Assert.False(identifier.Contains(DicomTags.SpecificCharacterSet));
        Assert.Equal(17, identifier.Count);
        Assert.All(identifier.Where(element => element.Tag != DicomTags.QueryRetrieveLevel), element => Assert.True(element.IsEmpty));
        foreach (var keyword in new[]
        {
            "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "AccessionNumber", "StudyID", "StudyDescription", "ModalitiesInStudy",
            "ReferringPhysicianName", "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances", "StudyInstanceUID", "InstanceAvailability", "RetrieveAETitle",
        })
        {
            Assert.True(identifier.Contains(DicomTag.Parse(keyword)), keyword);
            Assert.NotNull(typeof(DicomStudy).GetProperty(keyword));
        }
    }

    [Fact]
    public void Every_parameter_becomes_its_key()
    {
        var identifier = OnTheWire(
            Only(new StudyQuery
            {
                PatientName = "DOE*",
                PatientID = "42",
                PatientBirthDate = DicomDateRange.Parse("19700101"),
                PatientSex = "f",
                StudyDate = DicomDateRange.Parse("20240101-20241231"),
                StudyTime = DicomTimeRange.Parse("08:00..12:00"),
                AccessionNumber = "A1",
                Modality = ["ct"],
                StudyDescription = "CHEST*",
                StudyID = "S1",
                ReferringPhysicianName = "HOUSE^G",
                StudyInstanceUID = ["1.2.3", "1.2.4"],
            }),
            TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal("DOE*", identifier.GetString(DicomTags.PatientName));
        Assert.Equal("42", identifier.GetString(DicomTags.PatientID));
        Assert.Equal("19700101", identifier.GetString(DicomTags.PatientBirthDate));
        Assert.Equal("F", identifier.GetString(DicomTags.PatientSex));
        Assert.Equal("20240101-20241231", identifier.GetString(DicomTags.StudyDate));
        Assert.Equal("080000-120000", identifier.GetString(DicomTags.StudyTime));
        Assert.Equal("A1", identifier.GetString(DicomTags.AccessionNumber));
        Assert.Equal("CT", identifier.GetText(DicomTags.ModalitiesInStudy));
        Assert.Equal("CHEST*", identifier.GetString(DicomTags.StudyDescription));
        Assert.Equal("S1", identifier.GetString(DicomTags.StudyID));
        Assert.Equal("HOUSE^G", identifier.GetString(DicomTags.ReferringPhysicianName));
        Assert.Equal("1.2.3\\1.2.4", identifier.GetText(DicomTags.StudyInstanceUID));
    }

    [Fact]
    public void Several_modalities_are_several_queries()
    {
        var parts = new StudyQuery { Modality = ["CT", "mr", "ct"], PatientID = "1" }.Plan().Parts;
        Assert.Equal(["CT", "MR"], parts.Select(part => part.Identifier.GetText(DicomTags.ModalitiesInStudy)));
        Assert.All(parts, part => Assert.Equal("1", part.Identifier.GetString(DicomTags.PatientID)));
        Assert.Null(Assert.Single(new StudyQuery { Modality = ["CT", ""] }.Plan().Parts).Identifier.GetText(DicomTags.ModalitiesInStudy));
    }

    [Fact]
    public void Filters_and_properties_reach_into_sequences()
    {
        var identifier = OnTheWire(
            Only(new StudyQuery
            {
                Filter = new Dictionary<string, object?> { ["InstitutionName"] = "ST*", ["0008,0060"] = "CT", ["ProcedureCodeSequence.CodeValue"] = "P1" },
                Property = ["StudyComments", "ProcedureCodeSequence.CodeMeaning", "PatientID", "0009,1001"],
            }),
            TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("ST*", identifier.GetString(DicomTag.Parse("InstitutionName")));
        Assert.Equal("CT", identifier.GetString(DicomTag.Parse("Modality")));
        Assert.True(identifier[DicomTag.Parse("StudyComments")]!.IsEmpty);
        Assert.True(identifier.Contains(DicomTag.Parse("0009,1001")));
        var item = Assert.Single(identifier.GetItems(DicomTag.Parse("ProcedureCodeSequence")));
        Assert.Equal("P1", item.GetString(DicomTag.Parse("CodeValue")));
        Assert.True(item[DicomTag.Parse("CodeMeaning")]!.IsEmpty);
    }

    [Theory]
    [InlineData("PatientID")]
    [InlineData("0010,0020")]
    [InlineData("ModalitiesInStudy")]
    public void A_key_given_twice_is_refused(string key)
    {
        var query = new StudyQuery { PatientID = "1", Modality = ["CT"], Filter = new Dictionary<string, object?> { [key] = "2" } };
        Assert.Equal("Query.GivenTwice", Assert.Throws<QueryKeyException>(() => query.Plan()).Id);
    }

    [Fact]
    public void Results_are_bounded_from_one() =>
        Assert.Equal("Query.MaxResults", Assert.Throws<QueryKeyException>(() => new StudyQuery { MaxResults = 0 }.Plan()).Id);

    [Theory]
    [InlineData("DOE*", null)]
    [InlineData("MÜLLER", "ISO_IR 100")]
    [InlineData("Люк", "ISO_IR 144")]
    [InlineData("ΜΑΡΙΑ", "ISO_IR 126")]
    [InlineData("山田*", "ISO_IR 192")]
    [InlineData("MÜLLER山", "ISO_IR 192")]
    public void The_character_set_is_the_least_that_holds_the_text(string name, string? term)
    {
        var identifier = OnTheWire(Only(new StudyQuery { PatientName = name }), TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(term, identifier.GetText(DicomTags.SpecificCharacterSet));
        Assert.Equal(name, identifier.GetString(DicomTags.PatientName));
    }

    [Fact]
    public void The_character_set_covers_keys_inside_sequences()
    {
        var identifier = OnTheWire(
            Only(new StudyQuery { Filter = new Dictionary<string, object?> { ["ProcedureCodeSequence.CodeMeaning"] = "Schädel" } }),
            TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal("ISO_IR 100", identifier.GetText(DicomTags.SpecificCharacterSet));
        Assert.Equal("Schädel", identifier.GetItems(DicomTag.Parse("ProcedureCodeSequence"))[0].GetString(DicomTag.Parse("CodeMeaning")));
    }

    // Whatever is typed is refused, or arrives as one value with the same text and leaves every other key alone. The alphabet holds what could
    // do harm: separators, escapes, and characters which some character sets encode as a backslash.
    [Fact]
    public void Nothing_typed_changes_the_meaning_of_another_key()
    {
        var characters = Gen.Frequency(
            (6, Gen.Elements("AZaz09 ^=*?-_.,;".ToCharArray())),
            (2, Gen.Elements("\\\u001b\n\r\0\u0085\u007f".ToCharArray())),
            (3, Gen.Elements("¥‾äßÿŁΩЖשعกｱ表ソ能山ー한\u2028\uFF3C\uFEFF\u00A0".ToCharArray())),
            (1, Gen.Choose(0, 0xFFFF).Select(n => (char)n)));
        var texts = characters.ArrayOf().Select(chars => new string(chars));
        var sent = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000),
            Prop.ForAll(texts.ToArbitrary(), text =>
            {
                DicomDataset identifier;
                try
                {
                    identifier = Only(new StudyQuery { PatientName = text, StudyDescription = text, AccessionNumber = "A1" });
                }
                catch (QueryKeyException)
                {
                    return true;
                }

                var received = OnTheWire(identifier, TransferSyntax.ImplicitVRLittleEndian);
                var expected = text.Trim(' ');
                sent += expected.Length > 0 ? 1 : 0;
                return received.Count >= 17
                    && received.GetString(DicomTags.AccessionNumber) == "A1"
                    && (received.GetText(DicomTags.StudyDescription) ?? "") == expected
                    && (received.GetText(DicomTags.PatientName) ?? "") == expected
                    && received.GetStrings(DicomTags.StudyDescription).Length == (expected.Length > 0 ? 1 : 0);
            }));
        Assert.True(sent > 100);
    }
}
