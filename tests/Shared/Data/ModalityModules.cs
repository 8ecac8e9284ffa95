namespace PacsTools.TestKit.Data;

/// <summary>What an image of each kind needs beside the common modules (PS3.3 A.3, A.4, A.7, A.8).</summary>
internal static class ModalityModules
{
    public static void Add(RawDataSet set, TestStudyOptions o, string study, int series, int instance)
    {
        switch (o.Modality)
        {
            case TestModality.CT:
                AddPlane(set, o, study, series, instance);
                set.Text(0x00080008, "CS", "ORIGINAL", "PRIMARY", "AXIAL")
                    .Decimal(0x00180060, 120)
                    .Decimal(0x00281052, -1024)
                    .Decimal(0x00281053, 1)
                    .Text(0x00281054, "LO", "HU")
                    .Decimal(0x00281050, 40)
                    .Decimal(0x00281051, 400);
                AddGray16(set, o, series, instance);
                break;
            case TestModality.MR:
                AddPlane(set, o, study, series, instance);
                set.Text(0x00080008, "CS", "ORIGINAL", "PRIMARY", "OTHER")
                    .Text(0x00180020, "CS", "SE")
                    .Text(0x00180021, "CS", "NONE")
                    .Text(0x00180022, "CS", "")
                    .Text(0x00180023, "CS", "2D")
                    .Decimal(0x00180080, 500)
                    .Decimal(0x00180081, 15)
                    .Number(0x00180091, 1);
                AddGray16(set, o, series, instance);
                break;
            case TestModality.US:
                set.Text(0x00080008, "CS", "ORIGINAL", "PRIMARY", "ABDOMINAL", "0001").Text(0x00200020, "CS", "");
                AddCine(set, 3);
                AddGray8(set, o);
                set.Bytes(0x7FE00010, "OB", [.. Enumerable.Range(0, 3).SelectMany(f => Phantom.Gray8(o.Rows, o.Columns, instance + f, o.Seed))]);
                break;
            default:
                set.Text(0x00080008, "CS", "DERIVED", "SECONDARY")
                    .Text(0x00080064, "CS", "WSD")
                    .Text(0x00200020, "CS", "")
                    .UInt16(0x00280002, 3)
                    .Text(0x00280004, "CS", "RGB")
                    .UInt16(0x00280006, 0)
                    .UInt16(0x00280010, (ushort)o.Rows)
                    .UInt16(0x00280011, (ushort)o.Columns)
                    .UInt16(0x00280100, 8)
                    .UInt16(0x00280101, 8)
                    .UInt16(0x00280102, 7)
                    .UInt16(0x00280103, 0)
                    .Bytes(0x7FE00010, "OB", Phantom.Rgb(o.Rows, o.Columns, instance, o.Seed));
                break;
        }
    }

    /// <summary>Cine and Multi-frame modules.</summary>
    public static void AddCine(RawDataSet set, int frames) => set
        .Decimal(0x00181063, 40)
        .Number(0x00280008, frames)
        .Pointer(0x00280009, 0x00181063);

    public static void AddGray8(RawDataSet set, TestStudyOptions o) => set
        .UInt16(0x00280002, 1)
        .Text(0x00280004, "CS", "MONOCHROME2")
        .UInt16(0x00280010, (ushort)o.Rows)
        .UInt16(0x00280011, (ushort)o.Columns)
        .UInt16(0x00280100, 8)
        .UInt16(0x00280101, 8)
        .UInt16(0x00280102, 7)
        .UInt16(0x00280103, 0)
        .Text(0x00282110, "CS", "00");

    private static void AddPlane(RawDataSet set, TestStudyOptions o, string study, int series, int instance) => set
        .Decimal(0x00180050, 1)
        .Text(0x00185100, "CS", "HFS")
        .Number(0x00200012, 1)
        .Decimal(0x00200032, -250, -250, instance)
        .Decimal(0x00200037, 1, 0, 0, 0, 1, 0)
        .Text(0x00200052, "UI", TestUid.From($"{study} {series} frame"))
        .Text(0x00201040, "LO", "")
        .Decimal(0x00280030, 500.0 / Math.Max(o.Rows, 1), 500.0 / Math.Max(o.Columns, 1));

    private static void AddGray16(RawDataSet set, TestStudyOptions o, int series, int instance) => set
        .UInt16(0x00280002, 1)
        .Text(0x00280004, "CS", "MONOCHROME2")
        .UInt16(0x00280010, (ushort)o.Rows)
        .UInt16(0x00280011, (ushort)o.Columns)
        .UInt16(0x00280100, 16)
        .UInt16(0x00280101, 12)
        .UInt16(0x00280102, 11)
        .UInt16(0x00280103, 0)
        .Bytes(0x7FE00010, "OW", Phantom.Gray16(o.Rows, o.Columns, series * 10_000 + instance, o.Seed));
}
