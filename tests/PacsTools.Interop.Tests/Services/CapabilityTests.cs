using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PacsTools.Dicom.Data;
using PacsTools.Interop.Tests.Simulation;
using PacsTools.Services;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Simulation;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>What the probe finds about real servers is what DCMTK finds when it proposes the same contexts.</summary>
public sealed partial class CapabilityTests : IDisposable
{
    private const int MaxContexts = 128;
    private readonly TemporaryFolder _folder = new("capabilities");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Orthanc()
    {
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { NoDelay = true });
        NodeCapabilities found = await CompareAsync(orthanc.ToNode());
        Assert.Contains(found.SopClasses, c => c is { UID: DicomUids.CTImageStorage, ScpRole: true } && c.TransferSyntaxes.Contains(DicomUids.JPEG2000));
    }

    [Fact]
    public async Task Dcmqrscp()
    {
        await using DcmqrscpPeer archive = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { NoDelay = true });
        NodeCapabilities found = await CompareAsync(archive.ToNode());
        Assert.True(found.Find(DicomUids.StudyRootMove)!.Accepted);
    }

    [Fact]
    public async Task Storescp()
    {
        await using StorescpPeer receiver = await StorescpPeer.StartAsync(noDelay: true);
        NodeCapabilities found = await CompareAsync(receiver.ToNode());
        Assert.False(found.Find(DicomUids.StudyRootFind)!.Accepted);
    }

    [Fact]
    public async Task The_simulator()
    {
        Requirement.Dcmtk();
        using SimulatorFixture simulator = SimulatorFixture.Start(new PacsSimulatorOptions(), SimulatorFixture.Tiny(1));
        NodeCapabilities found = await CompareAsync(simulator.Simulator.Node);
        Assert.True(found.Find(DicomUids.ModalityWorklistFind)!.Accepted);
    }

    private async Task<NodeCapabilities> CompareAsync(PacsNode node)
    {
        NodeCapabilities found = await new CapabilityProbe().ProbeAsync(node, CapabilityClasses.All, RetryPolicy.None, NoJobLog.Instance, TestContext.Current.CancellationToken);

        // Every class in one syntax, and a few classes in every syntax.
        string[] some = [DicomUids.Verification, DicomUids.StudyRootFind, DicomUids.CTImageStorage, DicomUids.UltrasoundMultiFrameImageStorage];
        (string Class, string Syntax)[] pairs =
        [
            .. CapabilityClasses.All.Select(c => (c.UID, DicomUids.ImplicitVRLittleEndian)),
            .. some.SelectMany(uid => TransferSyntax.All.Where(s => s.IsKnown).Select(s => (uid, s.UID))),
        ];
        List<string> differences = [];
        foreach ((string Class, string Syntax)[] chunk in pairs.Chunk(MaxContexts))
        {
            Answer[] answers = await ProposeAsync(node, chunk, asScp: false);
            for (int i = 0; i < chunk.Length; i++)
            {
                PacsCapability ours = found.Find(chunk[i].Class)!;
                // Services are asked about in the native syntaxes alone.
                bool isAsked = ours.Category == PacsCapabilityCategory.Storage || !TransferSyntax.Get(chunk[i].Syntax).IsEncapsulated;
                if (isAsked && answers[i].Accepted != ours.TransferSyntaxes.Contains(chunk[i].Syntax))
                    differences.Add($"{chunk[i]}: DCMTK {answers[i]}, we: {ours}");
            }
        }

        foreach (PacsCapability[] chunk in found.SopClasses.Where(c => c is { Accepted: true, Category: PacsCapabilityCategory.Storage }).Chunk(MaxContexts))
        {
            Answer[] answers = await ProposeAsync(node, [.. chunk.Select(c => (c.UID, c.TransferSyntaxes[0]))], asScp: true);
            differences.AddRange(chunk.Zip(answers).Where(p => p.First.ScpRole != (p.Second is { Accepted: true, Role: "SCP" })).Select(p => $"{p.First.UID} as SCP: DCMTK {p.Second}, we: {p.First.ScpRole}"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
        return found;
    }

    private async Task<Answer[]> ProposeAsync(PacsNode node, (string Class, string Syntax)[] contexts, bool asScp)
    {
        string[] syntaxes = [.. contexts.Select(c => c.Syntax).Distinct()];
        var profile = new StringBuilder("[[TransferSyntaxes]]\n");
        for (int i = 0; i < syntaxes.Length; i++)
            profile.Append(CultureInfo.InvariantCulture, $"[T{i}]\nTransferSyntax1 = {syntaxes[i]}\n");
        profile.Append("[[PresentationContexts]]\n[P]\n");
        for (int i = 0; i < contexts.Length; i++)
            profile.Append(CultureInfo.InvariantCulture, $"PresentationContext{i + 1} = {contexts[i].Class}\\T{Array.IndexOf(syntaxes, contexts[i].Syntax)}\n");
        if (asScp)
        {
            profile.Append("[[SCPSCURoleSelection]]\n[R]\n");
            for (int i = 0; i < contexts.Length; i++)
                profile.Append(CultureInfo.InvariantCulture, $"Role{i + 1} = {contexts[i].Class}\\SCP\n");
        }

        profile.Append("[[Profiles]]\n[Probe]\nPresentationContexts = P\n");
        if (asScp)
            profile.Append("SCPSCURoleSelection = R\n");
        string path = _folder["profile.cfg"];
        await File.WriteAllTextAsync(path, profile.ToString(), TestContext.Current.CancellationToken);

        // What becomes of the file does not matter; storescu wants one before it asks for an association.
        string file = TestStudy.Save(TestStudy.Tiny(1), _folder.Create("file")).First();
        ToolResult result = await Dcmtk.StorescuAsync(node.Port, node.CalledAETitle, [file], noDelay: true, options: ["-d", "-xf", path, "Probe"]);
        Answer[] answers = [.. AnswerPattern().Matches(result.AllOutput).Where(m => m.Groups[1].Value != "Proposed").Select(m => new Answer(m.Groups[1].Value, m.Groups[2].Value))];
        Assert.True(answers.Length == contexts.Length, $"{answers.Length} answers to {contexts.Length} contexts:\n{result.AllOutput}");
        return answers;
    }

    [GeneratedRegex(@"Context ID:\s+\d+ \(([^)]+)\)\s+D:\s+Abstract Syntax: \S+\s+D:\s+Proposed SCP/SCU Role: \S+\s+(?:D:\s+Accepted SCP/SCU Role: (\S+))?")]
    private static partial Regex AnswerPattern();

    private sealed record Answer(string Result, string Role)
    {
        public bool Accepted => Result == "Accepted";
    }
}
