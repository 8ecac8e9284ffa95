using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Services.Imaging;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Files;

/// <summary>Pictures are those of DCMTK's dcmj2pnm for the same window, within one level.</summary>
public sealed class PictureTests
{
    public static TheoryData<SyntheticModality, string, string> Images
    {
        get
        {
            var images = new TheoryData<SyntheticModality, string, string>();
            SyntheticModality[] modalities = [SyntheticModality.CT, SyntheticModality.MR, SyntheticModality.CR, SyntheticModality.US, SyntheticModality.SC];
            foreach (var modality in modalities)
            {
                foreach (var converter in new[] { "", "+te", "+ti", "+tb", "+td", "rle" })
                    images.Add(modality, converter, "file");
            }

            foreach (var window in new[] { "40 400", "300 1", "-100 2", "1000.5 5000", "min-max" })
                images.Add(SyntheticModality.CT, "", window);
            return images;
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_picture_is_DCMTKs(SyntheticModality modality, string converter, string window)
    {
        Requirement.Dcmtk();
        using var folder = new TemporaryFolder();
        var made = SyntheticStudy.Save(new SyntheticStudyOptions { Modality = modality, Rows = 61, Columns = 47, Frames = 3, Seed = 5 }, folder.Path).Single();
        var path = Path.Combine(folder.Path, "image.dcm");
        var tool = converter == "rle" ? new[] { "dcmcrle" } : converter == "" ? null : ["dcmconv", converter];
        if (tool is null)
            File.Copy(made, path);
        else
            (await Tool.RunAsync(tool[0], [.. tool[1..], made, path])).EnsureSuccess();
        var reader = FrameReader.Open(path);
        var isGrey = reader.Description.IsGrayscale;
        var hasWindow = reader.Dataset.Contains(DicomTags.WindowCenter);
        string[] theirWindow = !isGrey ? [] : window switch
        {
            "file" => hasWindow ? ["+Wi", "1"] : ["+Wm"],
            "min-max" => ["+Wm"],
            _ => ["+Ww", .. window.Split(' ')],
        };
        var numbers = window is "file" or "min-max" ? null : window.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        if (window == "min-max")
        {
            reader.Dataset.Remove(DicomTags.WindowCenter);
            reader.Dataset.Remove(DicomTags.WindowWidth);
        }

        for (var frame = 1; frame <= reader.Description.Frames; frame++)
        {
            var pnm = Path.Combine(folder.Path, $"{frame}.pnm");
            (await Tool.RunAsync("dcmj2pnm", ["+F", frame.ToString(CultureInfo.InvariantCulture), "+op", .. theirWindow, path, pnm])).EnsureSuccess();
            var expected = PictureFiles.ReadPnm(await File.ReadAllBytesAsync(pnm, TestContext.Current.CancellationToken));
            var ours = Picture.Of(reader, frame, numbers is null ? null : new GrayWindow(numbers[0], numbers[1]));
            Assert.Equal((47, 61, isGrey ? 1 : 3), (ours.Width, ours.Height, ours.Samples));
            var png = PictureFiles.WriteAndReadPng(ours);
            Assert.Equal(expected.Length, png.Length);
            var worst = expected.Zip(png, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(worst <= 1, $"frame {frame} differs by {worst} levels");
            Assert.True(png.Distinct().Count() > 1, "the picture shows nothing");
        }
    }

    [Fact]
    public async Task What_is_compressed_otherwise_is_refused_by_name()
    {
        Requirement.Dcmtk();
        using var folder = new TemporaryFolder();
        var made = SyntheticStudy.Save(new SyntheticStudyOptions { Modality = SyntheticModality.CT, Rows = 16, Columns = 16 }, folder.Path).Single();
        var path = Path.Combine(folder.Path, "jpeg.dcm");
        (await Tool.RunAsync("dcmcjpeg", [made, path])).EnsureSuccess();
        var error = Assert.Throws<ImageException>(() => FrameReader.Open(path));
        Assert.Equal("Image.NotDecodable", error.Id);
        Assert.Contains("JPEG Lossless", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_is_not_there_and_pixels_that_are_cut_short_are_told()
    {
        using var folder = new TemporaryFolder();
        var made = SyntheticStudy.Save(new SyntheticStudyOptions { Modality = SyntheticModality.US, Rows = 16, Columns = 16, Frames = 2 }, folder.Path).Single();
        Assert.Equal("Image.NoSuchFrame", Assert.Throws<ImageException>(() => FrameReader.Open(made).Read(3)).Id);
        var reader = FrameReader.Open(made);
        using (var file = File.OpenWrite(made))
            file.SetLength(file.Length - 300);
        Assert.Equal("Image.Broken", Assert.Throws<ImageException>(() => reader.Read(2)).Id);
    }

    [Fact]
    public void A_thumbnail_keeps_the_shape_and_the_mean()
    {
        var picture = new Picture(400, 200, 1, [.. Enumerable.Range(0, 400 * 200).Select(i => (byte)(i % 400 < 200 ? 0 : 200))]);
        var small = picture.Thumbnail(100);
        Assert.Equal((100, 50), (small.Width, small.Height));
        Assert.Equal(100, small.Bytes.Average(b => (double)b), 1.0);
        Assert.Same(small, small.Thumbnail(100));
    }
}
