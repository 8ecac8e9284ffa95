using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Tests.Network;

public class PlainTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("MÜLLER at 10.0.0.1", "MÜLLER at 10.0.0.1")]
    [InlineData("\u001b[2J\r\n\0\u009b", "?[2J????")]
    public void Control_characters_are_shown_as_question_marks(string? text, string shown) => Assert.Equal(shown, PlainText.Of(text));

    [Fact]
    public void What_an_error_quotes_of_a_peer_cannot_speak_to_a_terminal() =>
        Assert.Equal("?[2J at 10.0.0.1 went", new DicomNetworkException("\u001b[2J at 10.0.0.1 went", isTransient: true).Message);
}
