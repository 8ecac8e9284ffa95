using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Tests.Retrieve;

public sealed class RetrievePaceTests
{
    [Theory]
    [InlineData(3, 0, null, 5_000_000, 0.5, "3 instances")]
    [InlineData(3, 0, 10, 5_000_000, 0.5, "3 of 10 instances")]
    [InlineData(10, 0, 40, 20_000_000, 10, "10 of 40 instances, 2.0 MB/s, 30 s left")]
    [InlineData(30, 20, 40, 20_000_000, 10, "30 of 40 instances, 2.0 MB/s, 10 s left")]
    [InlineData(20, 20, 40, 0, 10, "20 of 40 instances")]
    [InlineData(1, 0, 61, 1_000_000, 10, "1 of 61 instances, 0.1 MB/s, 10 min left")]
    [InlineData(1, 0, 721, 1_000_000, 10, "1 of 721 instances, 0.1 MB/s, 2.0 h left")]
    [InlineData(40, 0, 40, 20_000_000, 10, "40 of 40 instances, 2.0 MB/s")]
    public void Instances_rate_and_time_left(int present, int existing, int? total, long bytes, double seconds, string words) =>
        Assert.Equal(words, RetrievePace.Describe(present, existing, total, bytes, TimeSpan.FromSeconds(seconds)));
}
