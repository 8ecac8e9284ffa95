using System.Text.Json.Nodes;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>Orthanc's DICOMweb plugin as a client of the simulator: search, retrieve and store, with a user.</summary>
public sealed class OrthancWebTests
{
    [Fact]
    public async Task Orthanc_works_with_the_simulator_as_a_DICOMweb_server()
    {
        Requirement.That("orthanc", OrthancPeer.DicomWebPlugin is not null, "Orthanc's DICOMweb plugin is not installed here.");
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { NoDelay = true, DicomWeb = true });
        using SimulatorFixture fixture = SimulatorFixture.Start(
            new PacsSimulatorOptions { DicomWeb = true, DicomWebCredential = new DicomWebCredential("orthanc", new PacsSecret("secret")) },
            SimulatorFixture.Tiny(2, 1, seed: 1), SimulatorFixture.Tiny(3, 2, seed: 2));
        using var http = new HttpClient { BaseAddress = orthanc.DicomWeb };
        using (HttpResponseMessage known = await http.PutAsync(
            new Uri("servers/sim", UriKind.Relative),
            new StringContent($$"""{"Url":"{{fixture.Simulator.DicomWebUri}}/","Username":"orthanc","Password":"secret"}""")))
        {
            known.EnsureSuccessStatusCode();
        }

        JsonNode found = await PostAsync("servers/sim/qido", """{"Uri":"/studies","Arguments":{"PatientName":"doe^number2"}}""");
        Assert.Contains(SimulatorFixture.StudyUid(2), found.ToJsonString(), StringComparison.Ordinal);
        Assert.Single(found.AsArray());
        Assert.Equal(3, (await PostAsync("servers/sim/qido", "{\"Uri\":\"/series\",\"Arguments\":{}}")).AsArray().Count);

        await PostAsync("servers/sim/retrieve", $$"""{"Resources":[{"Study":"{{SimulatorFixture.StudyUid(2)}}"}],"Synchronous":true}""");
        Assert.Equal(6, await orthanc.CountInstancesAsync());
        await PostAsync(
            "servers/sim/retrieve",
            $$"""{"Resources":[{"Study":"{{SimulatorFixture.StudyUid(1)}}","Series":"{{SimulatorFixture.SeriesUid(1, 1)}}","Instance":"{{SimulatorFixture.InstanceUid(1, 1, 1)}}"}],"Synchronous":true}""");
        Assert.Equal(7, await orthanc.CountInstancesAsync());

        // As it was on our disk.
        byte[] mine = File.ReadAllBytes(Directory.EnumerateFiles(fixture.Files, "*.dcm", SearchOption.AllDirectories).Single(f => f.Contains(SimulatorFixture.InstanceUid(1, 1, 1), StringComparison.Ordinal)));
        Assert.Equal(mine, await orthanc.GetFileAsync(SimulatorFixture.InstanceUid(1, 1, 1)));

        string id = await orthanc.UploadAsync(TestStudy.CreateOne(TestStudy.Tiny(1, seed: 77)).ToFile());
        await PostAsync("servers/sim/stow", $$"""{"Resources":["{{id}}"],"Synchronous":true}""");
        Assert.Equal((3, 9), (fixture.Simulator.Studies, fixture.Simulator.Instances));

        async Task<JsonNode> PostAsync(string path, string body)
        {
            using HttpResponseMessage response = await http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body));
            string text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
            return JsonNode.Parse(text)!;
        }
    }
}
