using PacsTools.Dicom.Dimse;

namespace PacsTools.Dicom.Tests.Dimse;

public class UidCacheTests
{
    [Fact]
    public void The_same_uid_is_the_same_string()
    {
        // Tests beside this one use the same table and may push an entry out, but hardly every time.
        Assert.Contains(Enumerable.Range(0, 10), _ => ReferenceEquals(UidCache.Get("1.2.840.10008.77.1"u8), UidCache.Get("1.2.840.10008.77.1"u8)));
        Assert.Null(UidCache.Get(default));
    }

    [Fact]
    public void However_many_there_are_each_is_right()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 2000; i++)
                Assert.Equal($"1.2.{i}", UidCache.Get(System.Text.Encoding.ASCII.GetBytes($"1.2.{i}")));
        }
    }

    [Fact]
    public void Texts_too_long_for_a_uid_are_not_kept()
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(new string('1', 65));

        Assert.NotSame(UidCache.Get(bytes), UidCache.Get(bytes));
    }
}
