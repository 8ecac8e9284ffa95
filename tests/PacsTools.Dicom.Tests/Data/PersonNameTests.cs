using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Data;

public class PersonNameTests
{
    [Fact]
    public void Components_are_those_of_the_alphabetic_group()
    {
        // PS3.5 6.2.1.2: Rev. John Robert Quincy Adams, B.A. M.Div.
        PersonName name = PersonName.Parse("Adams^John Robert Quincy^^Rev.^B.A. M.Div.");
        Assert.Equal(("Adams", "John Robert Quincy", "", "Rev.", "B.A. M.Div."), (name.FamilyName, name.GivenName, name.MiddleName, name.NamePrefix, name.NameSuffix));
    }

    [Fact]
    public void Groups_are_kept_apart()
    {
        PersonName name = PersonName.Parse("Wang^XiaoDong=王^小東=");
        Assert.Equal(("Wang^XiaoDong", "王^小東", ""), (name.Alphabetic, name.Ideographic, name.Phonetic));
        Assert.Equal("Wang^XiaoDong=王^小東", name.ToString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("DOE", "DOE")]
    [InlineData("DOE^JANE^^^", "DOE^JANE")]
    [InlineData("DOE^JANE==", "DOE^JANE")]
    [InlineData("=王^小東", "=王^小東")]
    [InlineData("^JANE", "^JANE")]
    [InlineData("a=b=c=d", "a=b=c=d")]
    [InlineData("A^B=C==D=", "A^B=C==D")]
    public void Trailing_delimiters_say_nothing(string text, string expected) => Assert.Equal(expected, PersonName.Parse(text).ToString());

    [Fact]
    public void Names_are_equal_if_all_groups_are()
    {
        Assert.Equal(PersonName.Parse("DOE^JANE^^"), PersonName.Parse("DOE^JANE"));
        Assert.Equal(PersonName.Parse("DOE^JANE^^").GetHashCode(), PersonName.Parse("DOE^JANE").GetHashCode());
        Assert.NotEqual(PersonName.Parse("DOE^JANE=x"), PersonName.Parse("DOE^JANE"));
    }
}
