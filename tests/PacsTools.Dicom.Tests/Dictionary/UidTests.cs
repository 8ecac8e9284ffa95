using System.Globalization;
using System.Numerics;
using System.Reflection;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Tests.Dictionary;

public sealed class UidTests
{
    [Theory]
    [InlineData("1.2.840.10008.1.1", "Verification", UidType.SopClass, false)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "CTImageStorage", UidType.SopClass, false)]
    [InlineData("1.2.840.10008.5.1.4.1.1.5", "NuclearMedicineImageStorageRetired", UidType.SopClass, true)]
    [InlineData("1.2.840.10008.1.2.4.90", "JPEG2000Lossless", UidType.TransferSyntax, false)]
    [InlineData("1.2.840.10008.1.2.2", "ExplicitVRBigEndian", UidType.TransferSyntax, true)]
    [InlineData("1.2.840.10008.1.20.1.1", "StorageCommitmentPushModelInstance", UidType.SopInstance, false)]
    [InlineData("1.2.840.10008.3.1.1.1", "DICOMApplicationContext", UidType.ApplicationContextName, false)]
    [InlineData("1.2.840.10008.6.1.19", "CID29", UidType.ContextGroup, false)]
    [InlineData("1.2.840.10008.1.4.1.1", "TalairachBrainAtlas", UidType.FrameOfReference, false)]
    public void RegistryKnows(string uid, string keyword, UidType type, bool retired)
    {
        Assert.True(UidRegistry.TryGet(uid, out UidEntry? entry));
        Assert.Equal((keyword, type, retired), (entry.Keyword, entry.Type, entry.IsRetired));
        Assert.True(UidRegistry.TryGetByKeyword(keyword.ToLowerInvariant(), out UidEntry? same));
        Assert.Same(entry, same);
    }

    [Fact]
    public void RegistryKnowsNothingElse()
    {
        Assert.False(UidRegistry.TryGet("1.2.3", out _));
        Assert.False(UidRegistry.TryGetByKeyword("NoSuchThing", out _));
    }

    [Fact]
    public void RegistryIsWellFormed()
    {
        Assert.StartsWith("20", UidRegistry.Edition);
        Assert.InRange(UidRegistry.Entries.Count, 1800, 2500);
        Assert.All(UidRegistry.Entries, entry =>
        {
            Assert.True(DicomUids.IsValid(entry.Uid), entry.Uid);
            Assert.NotEmpty(entry.Keyword);
            Assert.NotEmpty(entry.Name);
        });
        string[] order = [.. UidRegistry.Entries.Select(entry => Order(entry.Uid))];
        Assert.Equal(order.Order(StringComparer.Ordinal), order);

        static string Order(string uid) => string.Join('.', uid.Split('.').Select(part => part.PadLeft(9, '0')));
    }

    [Fact]
    public void StorageClassesAreThoseOfCStore()
    {
        string[] uids = [.. UidRegistry.StorageSopClasses.Select(entry => entry.Uid)];
        Assert.InRange(uids.Length, 190, 260);
        Assert.Contains(DicomUids.CTImageStorage, uids);
        Assert.Contains(DicomUids.EncapsulatedPDFStorage, uids);
        Assert.Contains(DicomUids.HangingProtocolStorage, uids);
        Assert.Contains(DicomUids.RTBeamsDeliveryInstructionStorage, uids);
        Assert.Contains("1.2.840.10008.5.1.4.1.1.6", uids); // retired ultrasound: archives still hold it
        Assert.DoesNotContain(DicomUids.StorageCommitmentPushModel, uids);
        Assert.DoesNotContain(DicomUids.MediaStorageDirectoryStorage, uids);
        Assert.DoesNotContain(DicomUids.StudyRootFind, uids);
        Assert.InRange(UidRegistry.StorageSopClasses.Count(entry => entry.IsRetired), 10, 60);
    }

    [Fact]
    public void ConstantsAreThoseOfTheRegistry()
    {
        string[] own = ["ImplementationClassUID", "ApplicationContextName", "StudyRootFind", "StudyRootMove", "StudyRootGet",
            "PatientRootFind", "PatientRootMove", "PatientRootGet", "ModalityWorklistFind"];
        FieldInfo[] constants = [.. typeof(DicomUids).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(string) && !own.Contains(field.Name))];
        Assert.True(constants.Length > 200);
        Assert.All(constants, field =>
        {
            Assert.True(UidRegistry.TryGetByKeyword(field.Name, out UidEntry? entry), field.Name);
            Assert.Equal(entry.Uid, field.GetRawConstantValue());
        });
        Assert.Equal("1.2.840.10008.5.1.4.1.2.2.1", DicomUids.StudyRootFind);
        Assert.Equal("1.2.840.10008.5.1.4.1.2.1.2", DicomUids.PatientRootMove);
        Assert.Equal("1.2.840.10008.5.1.4.31", DicomUids.ModalityWorklistFind);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.1", true)]
    [InlineData("0.0", true)]
    [InlineData("2.25.0", true)]
    [InlineData("1.2.3.", false)]
    [InlineData(".1.2", false)]
    [InlineData("1..2", false)]
    [InlineData("1.02", false)]
    [InlineData("1.2 ", false)]
    [InlineData("1.2.a", false)]
    [InlineData("1.2/../3", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("1.2.\u0663", false)]
    [InlineData("1.2345678901234567890123456789012345678901234567890123456789012", true)]
    [InlineData("1.234567890123456789012345678901234567890123456789012345678901234", false)]
    public void ValidatesUids(string? uid, bool valid) => Assert.Equal(valid, DicomUids.IsValid(uid));

    [Fact]
    public void NewUidsAreValidAndDiffer()
    {
        string[] uids = [.. Enumerable.Range(0, 1000).Select(_ => DicomUids.NewUid())];
        Assert.All(uids, uid =>
        {
            Assert.True(DicomUids.IsValid(uid), uid);
            Assert.StartsWith("2.25.", uid);
            BigInteger number = BigInteger.Parse(uid[5..], CultureInfo.InvariantCulture);
            Assert.True(number < BigInteger.One << 128);
            Assert.Equal(4, (int)((number >> 76) & 0xF)); // the version nibble of a random UUID stands where RFC 9562 puts it
        });
        Assert.Equal(uids.Length, uids.Distinct().Count());
    }

    [Fact]
    public void NamesTheImplementation()
    {
        Assert.True(DicomUids.IsValid(DicomUids.ImplementationClassUID));
        Version version = typeof(DicomUids).Assembly.GetName().Version!;
        Assert.Equal($"PACSTOOLS_{version.Major}.{version.Minor}", DicomUids.ImplementationVersionName);
        Assert.InRange(DicomUids.ImplementationVersionName.Length, 1, 16);
    }
}
