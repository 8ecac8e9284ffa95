using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>
/// A patient, study, series or instance of the index. What is known of it is kept as an encoded data set, a few hundred bytes in one array,
/// and read when it is looked at.
/// </summary>
internal class IndexedEntity(QueryLevel level, IndexedEntity? parent, byte[] record)
{
    public QueryLevel Level => level;

    /// <summary>The entity one level up; null for a patient.</summary>
    public IndexedEntity? Parent => parent;

    /// <summary>The encoded attributes, after whatever a kind of entity keeps before them.</summary>
    protected byte[] Record => record;

    protected virtual int AttributesOffset => 0;

    /// <summary>The attributes kept of it.</summary>
    public DicomDataset ReadAttributes() =>
        DatasetReader.Read(Record.AsMemory(AttributesOffset), TransferSyntax.ExplicitVRLittleEndian);
}
