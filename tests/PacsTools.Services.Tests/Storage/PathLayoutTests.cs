using PacsTools.Dicom.Data;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Storage;

public sealed class PathLayoutTests
{
    private static readonly Dictionary<string, string> Instance = new()
    {
        ["StudyInstanceUID"] = "1.2.3",
        ["SeriesInstanceUID"] = "1.2.3.4",
        ["SOPInstanceUID"] = "1.2.3.4.5",
        ["PatientID"] = "P 1",
        ["PatientName"] = "DOE^JOHN",
        ["StudyDate"] = "20240131",
        ["StudyTime"] = "142530.123",
        ["AcquisitionDateTime"] = "20240229101500.5+0100",
        ["StudyDescription"] = "CT Thorax/Abdomen",
        ["Modality"] = "CT",
    };

    [Theory]
    [InlineData(PathLayout.DefaultPattern, "1.2.3/1.2.3.4/1.2.3.4.5.dcm")]
    [InlineData("{SOPInstanceUID}.dcm", "1.2.3.4.5.dcm")]
    [InlineData("{PatientID}/{StudyDate:yyyy}/{StudyDate:MM-dd}/{SOPInstanceUID}", "P 1/2024/01-31/1.2.3.4.5")]
    [InlineData(@"{Modality}\x_{StudyTime:HHmm}_{SOPInstanceUID}.dcm", "CT/x_1425_1.2.3.4.5.dcm")]
    [InlineData("{0010,0010}/{(0008,0060)}/{00200010}", "DOE^JOHN/CT/unknown")]
    [InlineData("{AcquisitionDateTime:yyyyMMdd-HHmmss}.dcm", "20240229-101500.dcm")]
    [InlineData("{StudyDate}{{x}}.dcm", "20240131{x}.dcm")]
    [InlineData("{patientid}.dcm", "P 1.dcm")]
    [InlineData("{StudyDate:d}.dcm", "31.dcm")]
    [InlineData("{StudyDate:dddd d MMM}.dcm", "Wednesday 31 Jan.dcm")]
    [InlineData("{StudyDate:yyyy'z'}_{StudyTime:h tt}.dcm", "2024z_2 PM.dcm")]
    [InlineData("{StudyTime:%H}{AcquisitionDateTime:MMHH}.dcm", "140210.dcm")]
    [InlineData("{Modality:hash8}/{0008,0060:hash}/{AccessionNumber:hash8}", "15cbe5f0/15cbe5f066da7961/unknown")]
    public void A_pattern_makes_the_path(string pattern, string expected) =>
        Assert.Equal(expected, Resolve(pattern, Instance).RelativePath.Replace(Path.DirectorySeparatorChar, '/'));

    [Fact]
    public void The_hash_is_that_of_the_instance_and_has_the_length_asked_for()
    {
        var two = Resolve("{hash:2}/{hash}.dcm", Instance).RelativePath.Split(Path.DirectorySeparatorChar);
        Assert.Matches("^[0-9a-f]{2}$", two[0]);
        Assert.Matches("^[0-9a-f]{16}\\.dcm$", two[1]);
        Assert.StartsWith(two[0], two[1]);
        var other = new Dictionary<string, string>(Instance) { ["SOPInstanceUID"] = "1.2.3.4.6" };
        Assert.NotEqual(Resolve("{hash}", Instance).RelativePath, Resolve("{hash}", other).RelativePath);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("/abs/{SOPInstanceUID}", "absolute")]
    [InlineData(@"\\server\share", "absolute")]
    [InlineData("C:/x", "absolute")]
    [InlineData("a//b", "empty folder or file name")]
    [InlineData("a/", "empty folder or file name")]
    [InlineData("../{SOPInstanceUID}", "'..'")]
    [InlineData("./{SOPInstanceUID}", "'.'")]
    [InlineData("a/.. /{SOPInstanceUID}", "not allowed")]
    [InlineData("{NoSuchKeyword}", "'{NoSuchKeyword}' at position 1")]
    [InlineData("x{PatientID", "opening brace without a closing one at position 2")]
    [InlineData("x}y", "closing brace without an opening one at position 2")]
    [InlineData("ab:c", "cannot be part of a file name")]
    [InlineData("a\0b", "cannot be part of a file name")]
    [InlineData("{PatientName:yyyy}", "neither date nor time")]
    [InlineData("{StudyDate:}", "date format")]
    [InlineData("{StudyDate:qq}", "date format")]
    [InlineData("{StudyDate:yyyy/MM}", "date format")]
    [InlineData("{StudyTime:HH:mm}", "date format")]
    [InlineData("{StudyDate:zz}/{SOPInstanceUID}", "y, M and d")]
    [InlineData("{StudyDate:yyyyK}", "date format")]
    [InlineData("{StudyDate:yyyy gg}", "date format")]
    [InlineData("{StudyDate:HH}", "y, M and d")]
    [InlineData("{StudyDate:'x'}", "date format")]
    [InlineData("{StudyDate:'x}", "date format")]
    [InlineData("{StudyDate:q}", "date format")]
    [InlineData("{StudyTime:yyyy}", "H, h, m, s, f and t")]
    [InlineData("{AcquisitionDateTime:yyyyzzz}", "y, M, d, H, h, m, s, f and t")]
    [InlineData("{hash:65}", "1 to 64")]
    [InlineData("{hash:x}", "1 to 64")]
    [InlineData("ab/{PatientID:hash0}", "'{PatientID:hash0}' at position 4")]
    [InlineData("{PatientID:hash-1}", "1 to 64")]
    [InlineData("a{}", "braces without a name at position 2")]
    [InlineData("a/{StudyDate:q/q}", "at position 3")]
    [InlineData("a/{PatientID:upper}", "at position 3")]
    [InlineData("{PixelData}", "is no text")]
    [InlineData("{ReferencedStudySequence}", "is no text")]
    public void A_bad_pattern_is_refused_with_words(string pattern, string words)
    {
        var error = Assert.Throws<ArgumentException>(() => PathLayout.Parse(pattern));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_deep_and_too_long_patterns_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PathLayout.Parse(string.Join('/', Enumerable.Repeat("a", 17))));
        Assert.Throws<ArgumentException>(() => PathLayout.Parse(new string('a', 1025)));
    }

    /// <summary>Everything here is what a hostile archive could put into an instance.</summary>
    public static TheoryData<string> Attacks => new(
        "..", ".", "...", "../../../etc/passwd", @"..\..\windows", "/etc/passwd", @"\\host\share\x", @"C:\x", "C:x", "a/../../b",
        "con", "CON", "nul.txt", "Aux", "COM1", "lpt9.dcm", "COM¹", "CLOCK$", "CONIN$",
        "x\0y", "x\ny", "\u001b[31mred", "a:b", "a*b?c", "<a>|\"b\"", " lead", "trail ", "trail.", ".hidden",
        "\uFF0E\uFF0E", "\uFF0E\uFF0E\uFF0Fx", "a\u2215b", "a\u2044b", "a\uFF3Cb", "\u202Egpj.exe", "a\u200Bb", "\uD800", "x\uDC00y",
        "~", "~root", "-rf", "$(reboot)", "`id`", "%PATH%", "x;y&z", "\u2025", "", " ", "\0");

    [Theory]
    [MemberData(nameof(Attacks))]
    public void No_value_of_an_instance_leads_out_of_the_destination(string attack)
    {
        using var folder = new TemporaryFolder();
        var destination = new DestinationFolder(folder.Create("out"));
        var values = Instance.ToDictionary(p => p.Key, _ => attack);
        foreach (var pattern in new[] { PathLayout.DefaultPattern, "{PatientID}/{StudyDescription}/{SOPInstanceUID}.dcm", "{PatientName}", "{StudyDate}/{StudyDate:yyyy}/{PatientID}.{Modality}" })
        {
            var relative = Resolve(pattern, values).RelativePath;
            var full = destination.Combine(relative);
            Assert.StartsWith(destination.FullPath + Path.DirectorySeparatorChar, full);
            // As many levels as the pattern has: no value makes a folder.
            Assert.Equal(pattern.Count(c => c == '/'), relative.Count(c => c == Path.DirectorySeparatorChar));
            foreach (var name in relative.Split(Path.DirectorySeparatorChar))
                AssertLegalEverywhere(name);
            // The file system agrees.
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, []);
            Directory.Delete(destination.FullPath, recursive: true);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Ten_thousand_characters_become_a_short_name()
    {
        foreach (var text in new[] { new string('a', 10_000), new string('é', 10_000), string.Concat(Enumerable.Repeat("\U0001F4A9", 5000)), new string('.', 10_000), new string('9', 10_000) })
        {
            var values = Instance.ToDictionary(p => p.Key, _ => text);
            var path = Resolve("{PatientID}{PatientName}{StudyDescription}{PatientID}{PatientName}.dcm", values).RelativePath;
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(path), 1, SafeFileName.MaxNameBytes + 1);
            Assert.EndsWith(".dcm", path);
            AssertLegalEverywhere(path);
            AssertLegalEverywhere(Resolve("{SOPInstanceUID}", values).RelativePath);
        }
    }

    [Fact]
    public void Values_that_had_to_change_never_become_one_name()
    {
        string[] lookAlikes = ["A/B", "A\\B", "A:B", "A_B", "A\u2215B", "A/B/", new string('x', 70) + "1", new string('x', 70) + "2", "..", "."];
        var names = lookAlikes.Select(v => Resolve("{PatientID}", new() { ["PatientID"] = v }).RelativePath).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("1.2.840.113619.2.1", true)]
    [InlineData("0", true)]
    [InlineData("01.02", true)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", true)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", false)]
    [InlineData("..", false)]
    [InlineData(".", false)]
    [InlineData("1..2", false)]
    [InlineData("1.2.", false)]
    [InlineData(".1.2", false)]
    [InlineData("1.2/3", false)]
    [InlineData("1.2 3", false)]
    [InlineData("1.2a", false)]
    [InlineData("١.٢", false)]
    public void A_uid_that_is_no_file_name_gets_a_hash_and_a_warning(string uid, bool isSafe)
    {
        var path = Resolve("{SOPInstanceUID}.dcm", new() { ["SOPInstanceUID"] = uid });
        if (isSafe)
        {
            Assert.Equal(uid + ".dcm", path.RelativePath);
            Assert.Empty(path.Warnings);
        }
        else
        {
            Assert.Matches("^uid-[0-9a-f]{16}\\.dcm$", path.RelativePath);
            Assert.Contains("SOPInstanceUID", Assert.Single(path.Warnings));
        }
    }

    [Fact]
    public void Padding_of_a_uid_is_not_part_of_its_name() =>
        Assert.Equal("1.2.dcm", Resolve("{SOPInstanceUID}.dcm", new() { ["SOPInstanceUID"] = "1.2\0" }).RelativePath);

    [Fact]
    public void An_illegal_date_is_unknown_and_no_error() =>
        Assert.Equal("unknown", Resolve("{StudyDate:yyyy}", new() { ["StudyDate"] = "yesterday" }).RelativePath);

    [Fact]
    public void Only_what_the_pattern_names_is_read_from_a_header() =>
        Assert.Equal([DicomTags.PatientID, DicomTags.StudyDate, DicomTags.SOPInstanceUID], PathLayout.Parse("{PatientID}/{StudyDate:yyyy}/{StudyDate:MM}/{hash}").WantedTags);

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../..")]
    [InlineData(".")]
    public void The_destination_refuses_what_is_not_below_it(string relative)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<IOException>(() => new DestinationFolder(folder.Path).Combine(relative));
    }

    [Fact]
    public void Links_below_the_destination_are_not_followed_and_the_destination_may_be_one()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("links need rights on Windows");
        using var folder = new TemporaryFolder();
        var elsewhere = folder.Create("elsewhere");
        Directory.CreateSymbolicLink(folder["out"], folder.Create("disk"));
        Directory.CreateSymbolicLink(folder["disk", "1.2"], elsewhere);
        Directory.CreateDirectory(folder["disk", "2.3"]);
        Directory.CreateSymbolicLink(folder["disk", "2.3", "4.5"], folder["nowhere"]);
        // The folder itself, where one system call refuses links, and a link to it, where each folder below is looked at.
        foreach (var destination in new[] { new DestinationFolder(folder["disk"]), new DestinationFolder(folder["out"]) })
        {
            foreach (var trap in new[] { "1.2/3.4/5.dcm", "1.2/5.dcm", "2.3/4.5/5.dcm", "2.3/4.5/6/5.dcm" })
            {
                var path = destination.Combine(trap);
                Assert.Contains("symbolic link", Assert.Throws<IOException>(() => destination.CreatePart(path, flush: false)).Message, StringComparison.Ordinal);
                Assert.Contains("symbolic link", Assert.Throws<IOException>(() => destination.RefuseLinks(path)).Message, StringComparison.Ordinal);
            }

            foreach (var good in new[] { "2.3/4/5.dcm", "5.dcm" })
            {
                var path = destination.Combine(good);
                Assert.Equal(Path.Combine(destination.FullPath, good), path);
                destination.RefuseLinks(path);
                using var part = destination.CreatePart(path, flush: false);
                Assert.Equal(Path.GetDirectoryName(path), Path.GetDirectoryName(part.Path));
                part.Discard();
            }
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
        Assert.False(Directory.Exists(folder["nowhere"]));
    }

    [Fact]
    public void A_sibling_that_begins_with_the_same_letters_is_not_below()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<IOException>(() => new DestinationFolder(folder["out"]).Combine("../out-too/x"));
    }

    private static void AssertLegalEverywhere(string name)
    {
        Assert.NotEmpty(name);
        Assert.DoesNotContain(name, c => c < ' ' || "<>:\"/\\|?*".Contains(c));
        Assert.False(name[^1] is '.' or ' ' || name[0] is '.' or ' ', $"'{name}'");
        Assert.DoesNotContain(name.Split('.')[0].ToUpperInvariant(), (string[])["CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "COM¹", "CLOCK$", "CONIN$"]);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(name), 1, 255);
    }

    private static LayoutPath Resolve(string pattern, Dictionary<string, string> values)
    {
        var byTag = values.ToDictionary(p => DicomTag.Parse(p.Key), p => p.Value);
        return PathLayout.Parse(pattern).Resolve(t => byTag.GetValueOrDefault(t));
    }
}
