using System.Globalization;
using PacsTools.Services.Imaging;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Files;

/// <summary>Pictures of every layout we show are those of DCMTK's dcmj2pnm for the same window, within one level.</summary>
public sealed class PhotometricTests
{
    private static readonly Dictionary<string, (TestImage Image, string[] Theirs, GrayWindow? Ours)> s_images = All().ToDictionary(i => i.Name, i => (i.Image, i.Theirs, i.Ours));

    public static TheoryData<string> Names => [.. s_images.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_picture_is_DCMTKs(string name)
    {
        Requirement.Dcmtk();
        var (image, theirs, window) = s_images[name];
        using var folder = new TemporaryFolder();
        var bare = folder["bare.dcm"];
        await File.WriteAllBytesAsync(bare, image.ToFile(), TestContext.Current.CancellationToken);
        var expected = await TheirsAsync(folder, bare, 2, theirs);
        Compare(expected, bare, 2, window);
        var again = folder["again.dcm"];
        if (image.Allocated > 16 || image.Photometric == "YBR_FULL_422")
        {
            (await Tool.RunAsync("dcmconv", "+tb", bare, again)).EnsureSuccess();
        }
        else if (image.IsSigned || image.IsPlanar)
        {
            (await Tool.RunAsync("dcmconv", "+tg", bare, again)).EnsureSuccess();
        }
        else
        {
            (await Tool.RunAsync("dcmcrle", bare, again)).EnsureSuccess();
        }

        Compare(expected, again, 2, window);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public async Task Bytes_and_words_are_found_in_big_endian(int allocated)
    {
        Requirement.Dcmtk();
        using var folder = new TemporaryFolder();
        string bare = folder["bare.dcm"], big = folder["big.dcm"];
        await File.WriteAllBytesAsync(bare, new TestImage { Allocated = allocated, Stored = 8 }.ToFile(), TestContext.Current.CancellationToken);
        (await Tool.RunAsync("dcmconv", "+tb", bare, big)).EnsureSuccess();
        for (var frame = 1; frame <= TestImage.Frames; frame++) Compare(await TheirsAsync(folder, big, frame, ["+Wm"]), big, frame, null);
    }

    private static async Task<byte[]> TheirsAsync(TemporaryFolder folder, string path, int frame, string[] options)
    {
        var pnm = folder[$"{frame}.pnm"];
        (await Tool.RunAsync("dcmj2pnm", ["+F", frame.ToString(CultureInfo.InvariantCulture), "+op", .. options, path, pnm])).EnsureSuccess();
        return PictureFiles.ReadPnm(await File.ReadAllBytesAsync(pnm, TestContext.Current.CancellationToken));
    }

    private static void Compare(byte[] expected, string path, int frame, GrayWindow? window)
    {
        var reader = FrameReader.Open(path);
        var picture = PictureFiles.WriteAndReadPng(Picture.Of(reader, frame, window));
        Assert.Equal(expected.Length, picture.Length);
        var worst = expected.Zip(picture, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= 1, $"{Path.GetFileName(path)} differs by {worst} levels");
        Assert.True(picture.Distinct().Count() > 1, $"{Path.GetFileName(path)} shows nothing");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, TestImage Image, string[] Theirs, GrayWindow? Ours)> All()
    {
        foreach (var photometric in new[] { "MONOCHROME1", "MONOCHROME2" })
        {
            foreach (var (allocated, stored, below) in new[] { (8, 8, 0), (8, 6, 0), (16, 8, 0), (16, 10, 0), (16, 12, 0), (16, 12, 4), (16, 16, 0), (32, 32, 0) })
            {
                // MONOCHROME1 is the other way round, and nothing else.
                if (photometric == "MONOCHROME1" && stored != 12) continue;
                foreach (var isSigned in new[] { false, true })
                {
                    var image = new TestImage { Photometric = photometric, Allocated = allocated, Stored = stored, BitsBelow = below, IsSigned = isSigned };
                    var name = $"{photometric} {stored} of {allocated} bits{(below > 0 ? " at the top" : "")}{(isSigned ? ", signed" : "")}";
                    yield return ($"{name}, its range", image, ["+Wm"], null);
                    double range = Math.Pow(2, stored), center = range * (isSigned ? 0.1 : 0.4), width = (range / 2) + 0.5;
                    yield return ($"{name}, a window", image, ["+Ww", Text(center), Text(width)], new GrayWindow(center, width));
                    // DCMTK rescales in 32 bits.
                    if (stored < 32)
                        yield return ($"{name}, rescaled, the file's window", image with { Slope = 2, Intercept = -10, Window = $"{Text(2 * center)} {Text(range)}" }, ["+Wi", "1"], null);
                }
            }

            var plain = new TestImage { Photometric = photometric };
            yield return ($"{photometric}, modality table", plain with { Stored = 8, HasModalityLut = true }, ["+Ww", "1000", "1500"], new GrayWindow(1000, 1500));
            yield return ($"{photometric}, modality table, its range", plain with { Stored = 8, HasModalityLut = true }, ["+Wm"], null);
            yield return ($"{photometric}, VOI table", plain with { Stored = 9, HasVoiLut = true }, ["+Wl", "1"], null);
            yield return ($"{photometric}, both tables", plain with { Stored = 8, HasModalityLut = true, HasVoiLut = true }, ["+Wl", "1"], null);
            yield return ($"{photometric}, negative slope", plain with { Slope = -2, Intercept = 100, Window = "-500 3000" }, ["+Wi", "1"], null);
            // DCMTK cuts rescaled values down to whole numbers, which narrower windows would show.
            yield return ($"{photometric}, fractional slope", plain with { Slope = 0.5, Intercept = -10.5, Window = "500.5 600" }, ["+Wi", "1"], null);
            yield return ($"{photometric}, narrow window", plain with { Window = "2000 1" }, ["+Wi", "1"], null);
            yield return ($"{photometric}, inverse presentation", plain with { PresentationShape = "INVERSE", Window = "2000 3000" }, ["+Wi", "1"], null);
            yield return ($"{photometric}, identity presentation", plain with { PresentationShape = "IDENTITY", Window = "2000 3000" }, ["+Wi", "1"], null);
        }

        foreach (var photometric in new[] { "RGB", "YBR_FULL" })
        {
            foreach (var isPlanar in new[] { false, true })
                yield return ($"{photometric}{(isPlanar ? ", planes" : "")}", new TestImage { Photometric = photometric, Allocated = 8, Stored = 8, IsPlanar = isPlanar }, [], null);
        }

        yield return ("YBR_FULL_422", new TestImage { Photometric = "YBR_FULL_422", Allocated = 8, Stored = 8 }, [], null);
        yield return ("RGB 16 bits", new TestImage { Photometric = "RGB", Stored = 16 }, [], null);
        foreach (var bits in new[] { 8, 16 })
        {
            yield return ($"palette of {bits} bits", new TestImage { Photometric = "PALETTE COLOR", Allocated = 8, Stored = 8, PaletteBits = bits }, [], null);
            yield return ($"palette of {bits} bits, 16 bits allocated", new TestImage { Photometric = "PALETTE COLOR", Stored = 8, PaletteBits = bits }, [], null);
        }
    }
}
