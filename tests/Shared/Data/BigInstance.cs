namespace PacsTools.TestKit.Data;

/// <summary>One ultrasound multi-frame instance of any size, written frame by frame.</summary>
public static class BigInstance
{
    private const int Side = 1024;

    /// <summary>Writes at least <paramref name="pixelBytes"/> bytes of pixel data (whole frames of 1 MiB) and returns what was written, without its bytes.</summary>
    public static TestInstance Save(string path, long pixelBytes, int seed = 1)
    {
        int frames = (int)((pixelBytes + Side * Side - 1) / (Side * Side));
        var o = new TestStudyOptions { Seed = seed, Modality = TestModality.US, Rows = Side, Columns = Side, PatientID = "BIG" };
        string study = TestStudy.StudyInstanceUID(o), series = TestUid.From($"{study} 1"), uid = TestUid.From($"{study} big");
        RawDataSet set = TestStudy.Head(o, TestStudy.UltrasoundMultiFrameImageStorage, study, series, uid, 1, 1);
        set.Text(0x00080008, "CS", "ORIGINAL", "PRIMARY", "ABDOMINAL", "0001").Text(0x00200020, "CS", "");
        ModalityModules.AddCine(set, frames);
        ModalityModules.AddGray8(set, o);
        using (FileStream file = File.Create(path))
        {
            file.Write(TestInstance.FileHead(TestStudy.UltrasoundMultiFrameImageStorage, uid, TestStudy.ExplicitLittleEndian));
            file.Write(set.ToBytes(explicitVR: true));
            file.Write(RawDataSet.Header(0x7FE00010, "OB", (uint)((long)frames * Side * Side), explicitVR: true));
            byte[] frame = Phantom.Gray8(Side, Side, 1, seed);
            for (int i = 0; i < frames; i++)
            {
                // Every frame differs, so that a lost or doubled one shows.
                BitConverter.TryWriteBytes(frame, i);
                file.Write(frame);
            }
        }
        return new TestInstance
        {
            SOPClassUID = TestStudy.UltrasoundMultiFrameImageStorage,
            SOPInstanceUID = uid,
            StudyInstanceUID = study,
            SeriesInstanceUID = series,
            TransferSyntaxUID = TestStudy.ExplicitLittleEndian,
            DataSet = [],
        };
    }
}
