using System.Globalization;

namespace PacsTools.TestKit.Data;

/// <summary>Makes synthetic studies, instance by instance, so that a thousand of them need no more memory than one.</summary>
public static class TestStudy
{
    public const string CTImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string MRImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    public const string UltrasoundMultiFrameImageStorage = "1.2.840.10008.5.1.4.1.1.3.1";
    public const string SecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";

    /// <summary>Sixteen pixels an instance: what many small files cost.</summary>
    public static TestStudyOptions Tiny(int instances, int seed = 1) => new() { Seed = seed, Instances = instances, Rows = 4, Columns = 4 };

    /// <summary>The UID all instances made from these options share.</summary>
    public static string StudyInstanceUID(TestStudyOptions o) => TestUid.From($"study {o.Seed} {o.PatientID}");

    /// <summary>The name in the instances made from these options, as text.</summary>
    public static string PatientName(TestStudyOptions o) => o.PatientName ?? TestCharacterSets.PatientNameText(o.CharacterSet);

    public static IEnumerable<TestInstance> Create(TestStudyOptions o)
    {
        for (int series = 1; series <= o.Series; series++)
        {
            for (int instance = 1; instance <= o.Instances; instance++)
                yield return CreateOne(o, series, instance);
        }
    }

    /// <summary>Writes every instance into a folder and returns the paths.</summary>
    public static IReadOnlyList<string> Save(TestStudyOptions o, string folder) => [.. Create(o).Select(i => i.Save(folder))];

    /// <summary>One instance; numbers count from 1.</summary>
    public static TestInstance CreateOne(TestStudyOptions o, int series = 1, int instance = 1)
    {
        string study = StudyInstanceUID(o), seriesUid = TestUid.From($"{study} {series}"), uid = TestUid.From($"{study} {series} {instance}");
        string sopClass = SOPClassUID(o.Modality);
        RawDataSet set = Head(o, sopClass, study, seriesUid, uid, series, instance);
        ModalityModules.Add(set, o, study, series, instance);
        return new TestInstance
        {
            SOPClassUID = sopClass,
            SOPInstanceUID = uid,
            StudyInstanceUID = study,
            SeriesInstanceUID = seriesUid,
            TransferSyntaxUID = o.ExplicitVR ? ExplicitLittleEndian : ImplicitLittleEndian,
            DataSet = set.ToBytes(o.ExplicitVR),
        };
    }

    internal static string SOPClassUID(TestModality modality) => modality switch
    {
        TestModality.CT => CTImageStorage,
        TestModality.MR => MRImageStorage,
        TestModality.US => UltrasoundMultiFrameImageStorage,
        _ => SecondaryCaptureImageStorage,
    };

    // Patient, General Study, General Series, General Equipment and SOP Common modules of PS3.3.
    internal static RawDataSet Head(TestStudyOptions o, string sopClass, string study, string series, string uid, int seriesNumber, int instance)
    {
        var set = new RawDataSet { Encoding = TestCharacterSets.Encoding(o.CharacterSet) };
        if (TestCharacterSets.Terms(o.CharacterSet) is { Length: > 0 } terms)
            set.Text(0x00080005, "CS", terms);
        set.Text(0x00080016, "UI", sopClass)
            .Text(0x00080018, "UI", uid)
            .Text(0x00080020, "DA", o.StudyDate)
            .Text(0x00080021, "DA", o.StudyDate)
            .Text(0x00080023, "DA", o.StudyDate)
            .Text(0x00080030, "TM", o.StudyTime)
            .Text(0x00080031, "TM", o.StudyTime)
            .Text(0x00080033, "TM", o.StudyTime)
            .Text(0x00080050, "SH", o.AccessionNumber)
            .Text(0x00080060, "CS", o.Modality == TestModality.SC ? "OT" : o.Modality.ToString())
            .Text(0x00080070, "LO", "PacsTools")
            .Text(0x00080090, "PN", "REFERRER^ANNE")
            .Text(0x00081030, "LO", o.StudyDescription)
            .Text(0x0008103E, "LO", string.Create(CultureInfo.InvariantCulture, $"Series {seriesNumber}"))
            .Text(0x00100020, "LO", o.PatientID)
            .Text(0x00100030, "DA", o.PatientBirthDate)
            .Text(0x00100040, "CS", o.PatientSex)
            .Text(0x0020000D, "UI", study)
            .Text(0x0020000E, "UI", series)
            .Text(0x00200010, "SH", o.StudyID)
            .Number(0x00200011, seriesNumber)
            .Number(0x00200013, instance)
            .Text(0x00200060, "CS", "");
        return o.PatientName is null
            ? set.Bytes(0x00100010, "PN", TestCharacterSets.PatientName(o.CharacterSet))
            : set.Text(0x00100010, "PN", o.PatientName);
    }
}
