using PacsTools.Dicom.Errors;
using PacsTools.Fuzz.Grammars;
using PacsTools.Fuzz.Mutation;
using PacsTools.Services.Imaging;

namespace PacsTools.Fuzz.Targets;

/// <summary>Pictures of files: frames, RLE, tables and windows, rendered, made small and written as PNG.</summary>
internal sealed class ImageTarget : FuzzTarget
{
    private readonly InputFile _file = new("input.dcm");

    internal override string Name => "image";

    internal override IReadOnlyList<string> Rooms => ["PacsTools.Services.Imaging."];

    internal override IReadOnlyList<byte[]> Tokens => Vocabulary.Tokens;

    internal override int MaxInput => 16 << 10;

    internal override long AllocationAtRest => 4 << 20;

    // Two bytes of RLE make 128 pixels, and each of those a number of 8 bytes, one byte of grey and a compressed one.
    internal override long AllocationPerByte => 4000;

    internal override byte[] Generate(FuzzRandom random) => ImageGrammar.Generate(random);

    internal override byte[]? MutateStructure(byte[] input, FuzzRandom random) => Part10Grammar.Mutate(input, random);

    internal override bool IsDocumented(Exception error) => error is ImageException or DicomDataException;

    public override void Dispose() => _file.Dispose();

    internal override void Try(byte[] input)
    {
        _file.Write(input);
        FrameReader reader = FrameReader.Open(_file.FilePath);
        Attempt(() => Show(Picture.Of(reader, 1, null)));
        Attempt(() => Show(Picture.Of(reader, reader.Description.Frames, new GrayWindow(40, 400)).Thumbnail(5)));
    }

    private static void Show(Picture picture)
    {
        Promise(picture.Bytes.Length == picture.Width * picture.Height * picture.Samples, "a picture has as many bytes as pixels");
        using var png = new MemoryStream();
        PngWriter.Write(png, picture);
    }
}
