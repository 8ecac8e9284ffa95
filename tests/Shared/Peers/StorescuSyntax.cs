using PacsTools.TestKit.Data;

namespace PacsTools.TestKit.Peers;

/// <summary>A transfer syntax and the option that makes storescu propose it.</summary>
public sealed record StorescuSyntax(string Option, string TransferSyntaxUID)
{
    private const string Base = "1.2.840.10008.1.2";

    /// <summary>Every transfer syntax storescu 3.6.7 can send.</summary>
    public static IReadOnlyList<StorescuSyntax> All { get; } =
    [
        new("--propose-implicit", Base),
        new("--propose-little", Base + ".1"),
        new("--propose-big", Base + ".2"),
        new("--propose-deflated", Base + ".1.99"),
        new("--propose-rle", Base + ".5"),
        new("--propose-jpeg8", Base + ".4.50"),
        new("--propose-jpeg12", Base + ".4.51"),
        new("--propose-lossless", Base + ".4.70"),
        new("--propose-jls-lossless", Base + ".4.80"),
        new("--propose-jls-lossy", Base + ".4.81"),
        new("--propose-j2k-lossless", Base + ".4.90"),
        new("--propose-j2k-lossy", Base + ".4.91"),
        new("--propose-mpeg2", Base + ".4.100"),
        new("--propose-mpeg2-high", Base + ".4.101"),
        new("--propose-mpeg4", Base + ".4.102"),
        new("--propose-mpeg4-bd", Base + ".4.103"),
        new("--propose-mpeg4-2-2d", Base + ".4.104"),
        new("--propose-mpeg4-2-3d", Base + ".4.105"),
        new("--propose-mpeg4-2-st", Base + ".4.106"),
        new("--propose-hevc", Base + ".4.107"),
        new("--propose-hevc10", Base + ".4.108"),
    ];

    /// <summary>A Part 10 file in this transfer syntax, made with DCMTK's help where the kit does not write it.</summary>
    public async Task<string> CreateFileAsync(string folder, int seed = 1)
    {
        var plain = new TestStudyOptions { Seed = seed, Rows = 32, Columns = 32, PatientID = TransferSyntaxUID };
        switch (TransferSyntaxUID)
        {
            case Base:
                return TestStudy.CreateOne(plain with { ExplicitVR = false }).Save(folder);
            case Base + ".1":
                return TestStudy.CreateOne(plain).Save(folder);
            case Base + ".2":
            case Base + ".1.99":
                string source = TestStudy.CreateOne(plain).Save(folder), target = Path.Combine(folder, "converted.dcm");
                await Dcmtk.ConvertAsync(source, target, TransferSyntaxUID == Base + ".2" ? "+tb" : "+td").ConfigureAwait(false);
                File.Move(target, source, overwrite: true);
                return source;
            default:
                return EncapsulatedInstance.Create(TransferSyntaxUID, seed).Save(folder);
        }
    }
}
