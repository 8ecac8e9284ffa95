using System.Text.Json.Nodes;
using PacsTools.Services.Simulation;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>Orthanc uses the simulator as one of its modalities, through its REST interface: echo, query, retrieve, store, storage commitment.</summary>
public sealed class OrthancTests
{
    [Fact]
    public async Task Orthanc_works_with_the_simulator_as_a_modality()
    {
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { NoDelay = true });
        using SimulatorFixture fixture = SimulatorFixture.Start(
            // Orthanc's names of modalities have no underscore.
            new PacsSimulatorOptions { AETitle = "SIMPACS", MoveDestinations = SimulatorFixture.Destination(orthanc.AETitle, orthanc.Port) },
            SimulatorFixture.Tiny(2, 1, seed: 1), SimulatorFixture.Tiny(3, 2, seed: 2));
        await orthanc.AddMoveDestinationAsync(new MoveDestination(fixture.AETitle, fixture.Port));
        using var http = new HttpClient { BaseAddress = orthanc.Rest };
        string modality = $"modalities/{fixture.AETitle}";

        await PostAsync(modality + "/echo", "{}");

        // Query at every level, then retrieve a study, a series and an instance.
        string studies = await QueryAsync("""{"Level":"Study","Query":{"PatientName":"doe^number2","StudyDate":""}}""");
        Assert.Single(await AnswersAsync(studies));
        string series = await QueryAsync($$"""{"Level":"Series","Query":{"StudyInstanceUID":"{{SimulatorFixture.StudyUid(2)}}","Modality":"CT"} }""");
        Assert.Equal(2, (await AnswersAsync(series)).Count);
        string instances = await QueryAsync(
            $$"""{"Level":"Instance","Query":{"StudyInstanceUID":"{{SimulatorFixture.StudyUid(1)}}","SeriesInstanceUID":"{{SimulatorFixture.SeriesUid(1, 1)}}"} }""");
        Assert.Equal(2, (await AnswersAsync(instances)).Count);

        await RetrieveAsync(instances + "/answers/0/retrieve");
        Assert.Equal(1, await orthanc.CountInstancesAsync());
        await RetrieveAsync(series + "/answers/1/retrieve");
        Assert.Equal(4, await orthanc.CountInstancesAsync());
        await RetrieveAsync(studies + "/retrieve");
        Assert.Equal(7, await orthanc.CountInstancesAsync());

        // Store: an instance the simulator does not have.
        string id = await orthanc.UploadAsync(TestStudy.CreateOne(TestStudy.Tiny(1, seed: 77)).ToFile());
        JsonNode stored = await PostAsync(modality + "/store", $$"""{"Resources":["{{id}}"],"Synchronous":true,"StorageCommitment":true}""");
        Assert.Equal(0, Get<int>(stored, "FailedInstancesCount"));
        Assert.Equal((3, 9), (fixture.Simulator.Studies, fixture.Simulator.Instances));

        // Storage commitment: what was stored is safe, what was not is not.
        JsonNode report = await CommitmentAsync(Get<string>(stored, "StorageCommitmentTransactionUID"));
        Assert.Equal("Success", Get<string>(report, "Status"));
        JsonNode asked = await PostAsync(modality + "/storage-commitment", """{"DicomInstances":[{"SOPClassUID":"1.2.840.10008.5.1.4.1.1.2","SOPInstanceUID":"1.2.3.4.5"}]}""");
        report = await CommitmentAsync(Get<string>(asked, "ID"));
        Assert.Equal("Failure", Get<string>(report, "Status"));
        Assert.Equal(0x0112, Get<int>(report["Failures"]![0]!, "FailureReason"));

        static T Get<T>(JsonNode node, string key) => node[key] is { } value ? value.GetValue<T>() : throw new KeyNotFoundException($"No {key} in {node}");

        async Task<string> QueryAsync(string body) => (await PostAsync(modality + "/query", body))["Path"]!.GetValue<string>().TrimStart('/');

        async Task<JsonArray> AnswersAsync(string query) => (await orthanc.GetAsync(query + "/answers")).AsArray();

        Task RetrieveAsync(string path) => PostAsync(path, $$"""{"TargetAet":"{{orthanc.AETitle}}","Synchronous":true}""");

        async Task<JsonNode> CommitmentAsync(string transaction)
        {
            JsonNode found = new JsonObject();
            await Eventually.TrueAsync(
                async () => (found = await orthanc.GetAsync($"storage-commitment/{transaction}"))["Status"]!.GetValue<string>() != "Pending",
                "the storage commitment is reported");
            return found;
        }

        async Task<JsonNode> PostAsync(string path, string body)
        {
            using HttpResponseMessage response = await http.PostAsync(path, new StringContent(body));
            string text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}\n{orthanc.Output}");
            return JsonNode.Parse(text)!;
        }
    }
}
