using PacsTools.Services.Query;

namespace PacsTools.Services.Tests.Query;

public sealed class KeyRulesTests
{
    private static readonly KeyRules Rules = new(TimeProvider.System);

    private static MatchingKey Key(string path, object? value) => Rules.Create(AttributePath.Parse(path), value);

    [Theory]
    [InlineData("PatientName", "DOE^JANE", "DOE^JANE")]
    [InlineData("PatientName", "Doe*", "Doe*")]
    [InlineData("PatientName", "Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData("PatientID", "00?2*", "00?2*")]
    [InlineData("PatientID", "  007 ", "007")]
    [InlineData("StudyDescription", "CT \"Thorax\"; 50% = $x", "CT \"Thorax\"; 50% = $x")]
    [InlineData("ModalitiesInStudy", "ct", "CT")]
    [InlineData("PatientSex", "f", "F")]
    [InlineData("0008,0060", "M?", "M?")]
    [InlineData("StudyInstanceUID", "1.2.3\\1.2.4", "1.2.3|1.2.4")]
    [InlineData("StudyInstanceUID", "1.2.03", "1.2.03")]
    [InlineData("RetrieveAETitle", "PACS", "PACS")]
    [InlineData("SeriesNumber", "-12", "-12")]
    [InlineData("SliceThickness", "1.5e0", "1.5e0")]
    [InlineData("PatientAge", "045Y", "045Y")]
    [InlineData("AcquisitionDateTime", "20240101-20240201", "20240101-20240201")]
    [InlineData("StudyDate", "2024-01-01..2024-01-31", "20240101-20240131")]
    [InlineData("StudyTime", "08:00..", "080000-")]
    public void A_key_is_sent_as_it_was_meant(string path, string given, string sent) =>
        Assert.Equal(sent.Split('|'), Key(path, given).Values);

    [Theory]
    [InlineData("PatientID", "1\\2", "Query.Backslash", "C.2.2.2.2")]
    [InlineData("PatientName", "DOE\\*", "Query.Backslash", "C.2.2.2.2")]
    [InlineData("ModalitiesInStudy", "CT\\MR", "Query.Backslash", "C.2.2.2.2")]
    [InlineData("StudyDescription", "a\nb", "Query.ControlCharacter", "U+000A")]
    [InlineData("PatientName", "\u001b$B", "Query.ControlCharacter", "U+001B")]
    [InlineData("PatientName", "A\u0000B", "Query.ControlCharacter", "U+0000")]
    [InlineData("PatientName", "A\u0085B", "Query.ControlCharacter", "U+0085")]
    [InlineData("PatientID", "   ", "Query.BlankKey", "only spaces")]
    [InlineData("PatientName", "A=B=C=D", "Query.IllegalCharacter", "three groups")]
    [InlineData("ModalitiesInStudy", "CT,MR", "Query.IllegalCharacter", "code string")]
    [InlineData("ModalitiesInStudy", "ABCDEFGHIJKLMNOPQ", "Query.TooLong", "at most 16")]
    [InlineData("RetrieveAETitle", "ÄRZTE", "Query.IllegalCharacter", "ASCII")]
    [InlineData("RetrieveAETitle", "ABCDEFGHIJKLMNOPQ", "Query.TooLong", "at most 16")]
    [InlineData("StudyInstanceUID", "1.2.*", "Query.Wildcard", "C.2.2.2.4")]
    [InlineData("StudyInstanceUID", "1.2.x", "Query.InvalidUid", "digits and dots")]
    [InlineData("StudyInstanceUID", "1.2.34567890123456789012345678901234567890123456789012345678901234567890", "Query.InvalidUid", "64")]
    [InlineData("StudyDate", "2024*", "Query.InvalidDate", "20240101-20241231")]
    [InlineData("SeriesNumber", "1?", "Query.Wildcard", "numbers")]
    [InlineData("SeriesNumber", "1.5", "Query.IllegalValue", "whole number")]
    [InlineData("SliceThickness", "thin", "Query.IllegalValue", "no number")]
    [InlineData("PatientAge", "45", "Query.IllegalValue", "045Y")]
    [InlineData("AcquisitionDateTime", "now", "Query.InvalidDate", "date-time")]
    [InlineData("ScheduledProcedureStepSequence", "x", "Query.IllegalValue", "inside it")]
    [InlineData("PixelData", "x", "Query.IllegalValue", "cannot be matched")]
    public void A_key_that_cannot_be_sent_is_refused_with_its_rule(string path, string given, string id, string words)
    {
        var error = Assert.Throws<QueryKeyException>(() => Key(path, given));
        Assert.Equal(id, error.Id);
        Assert.Contains(words, error.Message);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_a_whole_one_is_not()
    {
        Assert.Equal("Query.IllegalCharacter", Assert.Throws<QueryKeyException>(() => Key("PatientID", "a\uD83D")).Id);
        Assert.Equal("Query.IllegalCharacter", Assert.Throws<QueryKeyException>(() => Key("PatientID", "\uDE00a")).Id);
        Assert.Equal(["😀"], Key("PatientID", "😀").Values);
    }

    [Fact]
    public void Values_that_are_no_text_are_written_without_the_culture()
    {
        Assert.Equal(["1.5"], Key("SliceThickness", 1.5).Values);
        Assert.Equal(["12"], Key("SeriesNumber", 12L).Values);
        Assert.Equal(["42"], Key("PatientID", 42).Values);
        Assert.Equal(["20240102"], Key("StudyDate", new DateTime(2024, 1, 2, 3, 4, 5)).Values);
        Assert.Equal("Query.IllegalValue", Assert.Throws<QueryKeyException>(() => Key("PatientID", true)).Id);
        Assert.Equal("Query.IllegalValue", Assert.Throws<QueryKeyException>(() => Key("PatientID", DateTime.UnixEpoch)).Id);
    }

    [Fact]
    public void Only_uids_may_be_a_list()
    {
        Assert.Equal(["1.2", "1.3"], Key("StudyInstanceUID", new object[] { "1.2", " 1.3 ", "1.2" }).Values);
        Assert.Equal(["A"], Key("PatientID", new[] { "A" }).Values);
        Assert.Equal("Query.List", Assert.Throws<QueryKeyException>(() => Key("PatientID", new[] { "A", "B" })).Id);
    }

    [Theory]
    [InlineData("PatientID", "")]
    [InlineData("PatientID", null)]
    [InlineData("PatientID", "*")]
    [InlineData("PatientID", "**")]
    [InlineData("StudyDate", "")]
    [InlineData("StudyInstanceUID", "")]
    [InlineData("ModalitiesInStudy", "*")]
    public void Nothing_and_a_lone_asterisk_restrict_nothing(string path, string? value) => Assert.True(Key(path, value).IsUniversal);

    [Theory]
    [InlineData("NoSuchKeyword", "Query.UnknownKey")]
    [InlineData("", "Query.UnknownKey")]
    [InlineData("StudyDate.Modality", "Query.UnknownKey")]
    [InlineData("ScheduledProcedureStepSequence.", "Query.UnknownKey")]
    [InlineData("SpecificCharacterSet", "Query.ReservedKey")]
    [InlineData("0008,0052", "Query.ReservedKey")]
    [InlineData("0008,0000", "Query.ReservedKey")]
    [InlineData("0002,0010", "Query.ReservedKey")]
    [InlineData("0000,0100", "Query.ReservedKey")]
    public void A_path_that_names_no_key_is_refused(string path, string id) =>
        Assert.Equal(id, Assert.Throws<QueryKeyException>(() => AttributePath.Parse(path)).Id);

    [Fact]
    public void A_path_is_named_by_keyword()
    {
        Assert.Equal("PatientID", AttributePath.Parse("0010,0020").Name);
        Assert.Equal("ScheduledProcedureStepSequence.Modality", AttributePath.Parse("(0040,0100).0008,0060").Name);
        Assert.Equal(AttributePath.Parse("patientid"), AttributePath.Parse("00100020"));
        Assert.Equal("(0009,1001)", AttributePath.Parse("0009,1001").Name);
    }
}
