using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>Who and what a synthetic study is about, the same in all its instances: what the options say, and for the rest what the seed makes of it.</summary>
internal sealed class SyntheticHeader
{
    private static readonly DateTime s_firstDay = new(2024, 1, 2, 0, 0, 0, DateTimeKind.Unspecified);

    public SyntheticHeader(SyntheticStudyOptions options)
    {
        var numbers = new SeededNumbers($"study {options.Seed} {options.Modality} {options.CharacterSet}");
        PatientName = options.PatientName ?? SyntheticPeople.Name(options.CharacterSet, numbers);
        PatientID = options.PatientID ?? Text($"SYN{options.Seed:D6}");
        BirthDate = options.PatientBirthDate ?? new DateTime(1935 + numbers.Next(80), 1 + numbers.Next(12), 1 + numbers.Next(28), 0, 0, 0, DateTimeKind.Unspecified);
        Sex = options.PatientSex ?? numbers.Pick(["F", "M", "O"]);
        StudyDate = options.StudyDate ?? s_firstDay.AddDays(numbers.Next(366));
        StudyTime = options.StudyTime ?? new TimeSpan(7 + numbers.Next(11), numbers.Next(60), numbers.Next(60));
        AccessionNumber = options.AccessionNumber ?? Text($"A{options.Seed:D6}{(int)options.Modality}");
        StudyID = options.StudyID ?? Text($"{1000 + options.Seed % 9000}");
        StudyDescription = options.StudyDescription ?? SyntheticPeople.Description(options.CharacterSet, options.Modality, numbers);
        ReferringPhysicianName = options.ReferringPhysicianName ?? "REFERRER^ANNE^^DR";
        StudyInstanceUID = options.StudyInstanceUID
            ?? SeededNumbers.Uid("study", options.Seed, options.Modality, options.CharacterSet, PatientID, AccessionNumber, Date(StudyDate));
        CharacterSetTerms = SyntheticPeople.Terms(options.CharacterSet, [PatientName, PatientID, StudyDescription, ReferringPhysicianName, AccessionNumber, StudyID]);
    }

    public string PatientName { get; }

    public string PatientID { get; }

    public DateTime BirthDate { get; }

    public string Sex { get; }

    public DateTime StudyDate { get; }

    public TimeSpan StudyTime { get; }

    public string AccessionNumber { get; }

    public string StudyID { get; }

    public string StudyDescription { get; }

    public string ReferringPhysicianName { get; }

    public string StudyInstanceUID { get; }

    public IReadOnlyList<string> CharacterSetTerms { get; }

    /// <summary>Age at the study, as AS.</summary>
    public string Age => Text($"{Math.Clamp((int)((StudyDate - BirthDate).TotalDays / 365.25), 0, 999):D3}Y");

    public static string Date(DateTime date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Time(TimeSpan time) => new DateTime(Math.Abs(time.Ticks) % TimeSpan.TicksPerDay, DateTimeKind.Unspecified).ToString("HHmmss", CultureInfo.InvariantCulture);

    /// <summary>Sets the patient and study attributes (PS3.3 C.7.1.1, C.7.2.1, C.7.2.2).</summary>
    public void Apply(DicomDataset set)
    {
        if (CharacterSetTerms.Count > 0)
            set.SetString(DicomTags.SpecificCharacterSet, [.. CharacterSetTerms]);
        set.SetString(DicomTags.PatientName, PatientName);
        set.SetString(DicomTags.PatientID, PatientID);
        set.SetString(DicomTags.PatientBirthDate, Date(BirthDate));
        set.SetString(DicomTags.PatientSex, Sex);
        set.SetString(DicomTags.PatientAge, Age);
        set.SetString(DicomTags.StudyInstanceUID, StudyInstanceUID);
        set.SetString(DicomTags.StudyDate, Date(StudyDate));
        set.SetString(DicomTags.StudyTime, Time(StudyTime));
        set.SetString(DicomTags.AccessionNumber, AccessionNumber);
        set.SetString(DicomTags.StudyID, StudyID);
        set.SetString(DicomTags.StudyDescription, StudyDescription);
        set.SetString(DicomTags.ReferringPhysicianName, ReferringPhysicianName);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
