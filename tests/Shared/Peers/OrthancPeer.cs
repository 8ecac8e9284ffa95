using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PacsTools.TestKit.Processes;

namespace PacsTools.TestKit.Peers;

/// <summary>An Orthanc with an empty storage, on free loopback ports.</summary>
public sealed class OrthancPeer : ExternalPeer
{
    private readonly OrthancOptions _options;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    private OrthancPeer(OrthancOptions options)
        : base(options.AETitle, "orthanc")
    {
        _options = options;
        if (options.HttpUser is var (name, password))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
    }

    public int HttpPort { get; private set; }

    /// <summary>Base of the REST interface, ending in a slash.</summary>
    public Uri Rest => new($"http://{HostName}:{HttpPort}/");

    /// <summary>Base of DICOMweb, if the plugin was asked for.</summary>
    public Uri DicomWeb => new(Rest, "dicom-web/");

    /// <summary>Path of the DICOMweb plugin, or null where it is not installed.</summary>
    public static string? DicomWebPlugin => new[] { "/usr/share/orthanc/plugins", "/usr/lib/orthanc", "/usr/local/share/orthanc/plugins" }
        .Select(folder => Path.Combine(folder, "libOrthancDicomWeb.so"))
        .FirstOrDefault(File.Exists);

    public static async Task<OrthancPeer> StartAsync(OrthancOptions? options = null)
    {
        Requirement.Orthanc();
        var peer = new OrthancPeer(options ?? new OrthancOptions());
        await peer.LaunchAsync().ConfigureAwait(false);
        return peer;
    }

    /// <summary>Stores one Part 10 file through REST and returns Orthanc's own id of the instance.</summary>
    public async Task<string> UploadAsync(byte[] file)
    {
        using HttpResponseMessage response = await _http.PostAsync(new Uri(Rest, "instances"), new ByteArrayContent(file)).ConfigureAwait(false);
        string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"Orthanc answered {(int)response.StatusCode} to an upload: {body}");
        return JsonNode.Parse(body)!["ID"]!.GetValue<string>();
    }

    /// <summary>Stores many files, a few at a time.</summary>
    public Task UploadAsync(IEnumerable<byte[]> files) => Parallel.ForEachAsync(
        files,
        new ParallelOptions { MaxDegreeOfParallelism = 4 },
        async (file, _) => await UploadAsync(file).ConfigureAwait(false));

    /// <summary>Makes a move destination known while the server runs.</summary>
    public async Task AddMoveDestinationAsync(MoveDestination destination)
    {
        var modality = new JsonObject { ["AET"] = destination.AETitle, ["Host"] = destination.HostName, ["Port"] = destination.Port };
        using HttpResponseMessage response = await _http.PutAsync(
            new Uri(Rest, $"modalities/{destination.AETitle}"), new StringContent(modality.ToJsonString())).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Sends everything it holds to one of its move destinations.</summary>
    public async Task StoreAllAsync(string destination)
    {
        JsonNode instances = await GetAsync("instances").ConfigureAwait(false);
        using HttpResponseMessage response = await _http.PostAsync(new Uri(Rest, $"modalities/{destination}/store"), new StringContent(instances.ToJsonString())).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"Orthanc answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync().ConfigureAwait(false)}");
    }

    /// <summary>Number of instances held.</summary>
    public async Task<int> CountInstancesAsync() => (await GetAsync("statistics").ConfigureAwait(false))["CountInstances"]!.GetValue<int>();

    /// <summary>Number of studies held.</summary>
    public async Task<int> CountStudiesAsync() => (await GetAsync("statistics").ConfigureAwait(false))["CountStudies"]!.GetValue<int>();

    /// <summary>The Part 10 file of an instance exactly as Orthanc keeps it.</summary>
    public async Task<byte[]> GetFileAsync(string sopInstanceUID)
    {
        using HttpResponseMessage found = await _http.PostAsync(new Uri(Rest, "tools/lookup"), new StringContent(sopInstanceUID)).ConfigureAwait(false);
        JsonArray matches = JsonNode.Parse(await found.Content.ReadAsStringAsync().ConfigureAwait(false))!.AsArray();
        string id = matches.Single(m => m!["Type"]!.GetValue<string>() == "Instance")!["ID"]!.GetValue<string>();
        return await _http.GetByteArrayAsync(new Uri(Rest, $"instances/{id}/file")).ConfigureAwait(false);
    }

    /// <summary>Any resource of the REST interface.</summary>
    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(Rest, path)).ConfigureAwait(false))!;

    protected override ProcessSpec Prepare()
    {
        Port = LoopbackPort.Take();
        HttpPort = LoopbackPort.Take();
        string storage = Folder.Create("storage");
        var modalities = new JsonObject();
        foreach (MoveDestination destination in _options.MoveDestinations)
        {
            modalities[destination.AETitle] = new JsonObject
            {
                ["AET"] = destination.AETitle,
                ["Host"] = destination.HostName,
                ["Port"] = destination.Port,
                ["UseDicomTls"] = _options.Tls is not null,
            };
        }
        var configuration = new JsonObject
        {
            ["Name"] = "PacsTools tests",
            ["StorageDirectory"] = storage,
            ["IndexDirectory"] = storage,
            ["StorageCompression"] = false,
            ["SyncStorageArea"] = false,
            ["Plugins"] = _options.DicomWeb && DicomWebPlugin is { } plugin ? new JsonArray(plugin) : new JsonArray(),
            ["DicomWeb"] = new JsonObject { ["Enable"] = true, ["Root"] = "/dicom-web/" },
            ["HttpPort"] = HttpPort,
            ["RemoteAccessAllowed"] = false,
            ["AuthenticationEnabled"] = _options.HttpUser is not null,
            ["RegisteredUsers"] = _options.HttpUser is var (user, password) ? new JsonObject { [user] = password } : new JsonObject(),
            ["DicomAet"] = AETitle,
            ["DicomPort"] = Port,
            ["DicomCheckCalledAet"] = _options.CheckCalledAETitle,
            ["DicomAlwaysAllowEcho"] = true,
            ["DicomAlwaysAllowStore"] = true,
            ["DicomAlwaysAllowFind"] = !_options.KnownCallersOnly,
            ["DicomAlwaysAllowMove"] = !_options.KnownCallersOnly,
            ["DicomAlwaysAllowGet"] = !_options.KnownCallersOnly,
            ["DicomModalities"] = modalities,
            ["LimitFindResults"] = _options.LimitFindResults,
            ["OverwriteInstances"] = _options.OverwriteInstances,
        };
        if (_options.Tls is { } tls)
        {
            configuration["DicomTlsEnabled"] = true;
            configuration["DicomTlsCertificate"] = tls.CertificatePath;
            configuration["DicomTlsPrivateKey"] = tls.KeyPath;
            configuration["DicomTlsTrustedCertificates"] = tls.AuthorityPath;
            configuration["DicomTlsRemoteCertificateRequired"] = true;
        }
        string path = Folder["orthanc.json"];
        File.WriteAllText(path, configuration.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        string[] arguments = _options.Verbose ? ["--verbose-dicom", "--trace-dicom", path] : [path];
        return new ProcessSpec(ProgramFinder.Get("Orthanc"), arguments)
        {
            Environment = NoDelay(_options.NoDelay),
            WorkingDirectory = Folder.Path,
        };
    }

    protected override async Task<bool> IsReadyAsync()
    {
        try
        {
            JsonNode system = await GetAsync("system").ConfigureAwait(false);
            return system["DicomPort"]!.GetValue<int>() == Port && await LoopbackPort.IsOpenAsync(Port).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
