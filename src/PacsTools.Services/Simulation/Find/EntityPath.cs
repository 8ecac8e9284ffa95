using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>An entity together with those above it, each with its attributes: what keys are compared with and responses are made of.</summary>
internal sealed class EntityPath
{
    private readonly EntityPath? _above;

    private EntityPath(EntityPath? above, IndexedEntity entity, DicomDataset attributes)
    {
        _above = above;
        Entity = entity;
        Attributes = attributes;
    }

    public IndexedEntity Entity { get; }

    public DicomDataset Attributes { get; }

    /// <summary>A patient.</summary>
    public static EntityPath Start(IndexedEntity patient, DicomDataset attributes) => new(null, patient, attributes);

    /// <summary>One level further down.</summary>
    public EntityPath Down(IndexedEntity child, DicomDataset attributes) => new(this, child, attributes);

    /// <summary>The attributes of this entity or of the one above it at a level.</summary>
    public DicomDataset At(QueryLevel level) => level == Entity.Level ? Attributes : _above!.At(level);

    /// <summary>The data sets from the patient down.</summary>
    public IEnumerable<DicomDataset> All() => _above is null ? [Attributes] : _above.All().Append(Attributes);
}
