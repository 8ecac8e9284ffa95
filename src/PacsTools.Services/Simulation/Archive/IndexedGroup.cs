using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>A patient, study or series: an entity with others below it. Its lists are the index's to change.</summary>
internal sealed class IndexedGroup(QueryLevel level, IndexedGroup? parent, byte[] record, string key) : IndexedEntity(level, parent, record)
{
    public new IndexedGroup? Parent => (IndexedGroup?)base.Parent;

    /// <summary>What it is known by in the index: the UID, or whatever identifies a patient.</summary>
    public string Key => key;

    public List<IndexedEntity> Children { get; } = [];

    /// <summary>Instances below it, at whatever depth.</summary>
    public int InstanceCount { get; set; }

    /// <summary>Of a series: its modality.</summary>
    public string? Modality { get; init; }

    /// <summary>Of a series: the SOP classes of its instances.</summary>
    public List<string> SopClasses { get; } = [];
}
