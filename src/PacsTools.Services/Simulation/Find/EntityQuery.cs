using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Finds entities by keys (PS3.4 C.4.1.3.1), one at a time. Unique keys lead straight to where they are; everything else is looked through in
/// the order it came. Upper levels are matched too, whatever the model: a relational query does no more than leave their unique keys out.
/// </summary>
internal sealed class EntityQuery
{
    private readonly ArchiveIndex _index;
    private readonly QueryLevel _level;
    private readonly KeySet[] _keys;
    private readonly AttributeKey?[] _uniqueKeys;
    private readonly EntityReader _reader;

    /// <param name="index">Where to look.</param>
    /// <param name="level">Which entities to find.</param>
    /// <param name="keys">The keys; those of no level, or of one further down, are no concern of this.</param>
    /// <param name="rules">What was negotiated.</param>
    public EntityQuery(ArchiveIndex index, QueryLevel level, IReadOnlyList<AttributeKey> keys, MatchingRules rules)
    {
        _index = index;
        _level = level;
        _keys = new KeySet[(int)level + 1];
        _uniqueKeys = new AttributeKey?[(int)level + 1];
        for (var at = QueryLevel.Patient; at <= level; at++)
        {
            AttributeKey[] ofLevel = [.. keys.Where(key => LevelAttributes.LevelOf(key.Tag) == at)];
            _keys[(int)at] = new KeySet(ofLevel, rules);
            _uniqueKeys[(int)at] = ofLevel.FirstOrDefault(key => key.Tag == LevelAttributes.UniqueKey(at) && IsExact(key, at));
        }

        _reader = new EntityReader(index, keys.Select(key => key.Tag).ToHashSet());
    }

    /// <summary>The entities, as they are when they are come to.</summary>
    public IEnumerable<EntityPath> Run() => StartingPoints().Select(PathTo).OfType<EntityPath>().SelectMany(Below);

    private IEnumerable<IndexedEntity> StartingPoints()
    {
        for (var level = _level; level >= QueryLevel.Patient; level--)
        {
            if (_uniqueKeys[(int)level] is { } key)
                return key.Values.Distinct(StringComparer.Ordinal).SelectMany(value => _index.Find(level, value.Trim(' ', '\0')));
        }

        return _index.Patients();
    }

    /// <summary>The path to an entity from the top; null if it or one above it does not match.</summary>
    private EntityPath? PathTo(IndexedEntity entity)
    {
        var above = entity.Parent is { } parent ? PathTo(parent) : null;
        if (entity.Parent is not null && above is null)
            return null;
        var attributes = _reader.Read(entity);
        if (!_keys[(int)entity.Level].Matches(attributes))
            return null;
        return above is null ? EntityPath.Start(entity, attributes) : above.Down(entity, attributes);
    }

    private IEnumerable<EntityPath> Below(EntityPath path)
    {
        if (path.Entity.Level == _level)
        {
            yield return path;
            yield break;
        }

        foreach (var child in _index.ChildrenOf(path.Entity))
        {
            var attributes = _reader.Read(child);
            if (!_keys[(int)child.Level].Matches(attributes))
                continue;
            foreach (var found in Below(path.Down(child, attributes)))
                yield return found;
        }
    }

    private static bool IsExact(AttributeKey key, QueryLevel level) =>
        !key.IsUniversal && (level != QueryLevel.Patient || key.Values is [var one] && !Wildcard.IsIn(one));
}
