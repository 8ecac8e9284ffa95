using PacsTools.Dicom.Data;
using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>What a C-GET proposes to take instances in.</summary>
public class StorageContextsTests
{
    // An acceptor that keeps implicit VR and does not convert would have no context, had it only the one in which it prefers explicit VR.
    [Fact]
    public void Implicit_vr_has_a_context_of_its_own_where_the_classes_are_known()
    {
        var set = new ExpectedSet
        {
            IsNamed = true,
            Instances = new Dictionary<string, ExpectedInstance> { ["1.2.3"] = new("1.2.3", DicomUids.CTImageStorage, "1.2") },
        };
        var contexts = StorageContexts.For(set);
        Assert.All(contexts, c => Assert.Equal(DicomUids.CTImageStorage, c.AbstractSyntax));
        Assert.Contains(contexts, c => c.TransferSyntaxes is [DicomUids.ImplicitVRLittleEndian]);
        Assert.Equal([DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian], contexts[0].TransferSyntaxes);
    }

    [Fact]
    public void However_little_is_known_there_are_never_more_than_fit()
    {
        var contexts = StorageContexts.For(ExpectedSet.NotAsked);
        Assert.Equal(StorageContexts.Max, contexts.Count);
        Assert.Equal(contexts.Count, contexts.Select(c => (c.AbstractSyntax, string.Join(',', c.TransferSyntaxes))).Distinct().Count());
    }
}
