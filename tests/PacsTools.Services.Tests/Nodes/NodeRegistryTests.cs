using System.Text.Json.Nodes;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Nodes;

public sealed class NodeRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("nodes");
    private readonly RecordingLog _log = new();

    private string Store => _folder["nodes.json"];

    private NodeRegistry Registry => new(new NodeStorePath(Store, IsOurFolder: false));

    public void Dispose() => _folder.Dispose();

    private static PacsNode Node(string name) => new() { Name = name, HostName = "pacs.example", Port = 4242, CalledAETitle = "PACS" };

    private static NodeCapabilities Capabilities() => new()
    {
        DiscoveredAt = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)),
        CallingAETitle = "ME",
        ImplementationVersionName = "PEER_1",
        ImplementationClassUID = "1.2.3",
        MaxPduLength = 16384,
        SopClasses =
        [
            CapabilityClasses.Describe("1.2.840.10008.1.1") with { Accepted = true, TransferSyntaxes = ["1.2.840.10008.1.2"] },
            CapabilityClasses.Describe("1.2.840.10008.5.1.4.1.2.2.2") with { Reason = "abstract syntax not supported" },
            CapabilityClasses.Describe("1.2.840.10008.5.1.4.1.1.2") with { Accepted = true, TransferSyntaxes = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"], ScpRole = true },
            CapabilityClasses.Describe("1.2.99.1") with { Accepted = true, TransferSyntaxes = ["1.2.840.10008.1.2"] },
        ],
    };

    [Fact]
    public void Everything_of_a_node_comes_back()
    {
        var node = Node("main") with
        {
            CallingAETitle = "ME", ScpAETitle = "SCP", ScpPort = 11114, QueryModel = QueryModel.Patient, Timeout = TimeSpan.FromSeconds(2.5),
            DicomWebUri = new Uri("https://pacs.example/dicom-web"), Capabilities = Capabilities(),
            Tls = new TlsSettings
            {
                Certificate = CertificateReference.FromFile(_folder["own.pem"], _folder["own.key"]), CaCertificates = [CertificateReference.FromFile(_folder["ca.pem"])],
                Thumbprint = [new string('B', 64)], TargetName = "pacs.inside", SkipCertificateCheck = true,
            },
        };
        Registry.Put(node, overwrite: false, _log);

        var back = Registry.Get("MAIN");

        Assert.Equal(node, back);
        Assert.Equal(node.Capabilities.SopClasses.Select(c => c.ToString()), back.Capabilities!.SopClasses.Select(c => c.ToString()));
        Assert.Equal((node.Capabilities.DiscoveredAt, "ME", "PEER_1", "1.2.3", 16384u),
            (back.Capabilities.DiscoveredAt, back.Capabilities.CallingAETitle, back.Capabilities.ImplementationVersionName, back.Capabilities.ImplementationClassUID, back.Capabilities.MaxPduLength));
    }

    [Fact]
    public void A_calling_title_that_was_not_given_is_not_fixed()
    {
        Registry.Put(Node("main"), overwrite: false, _log);

        Assert.Null(Registry.Get("main").OwnCallingAETitle);
        Assert.DoesNotContain("callingAETitle", File.ReadAllText(Store));
    }

    [Fact]
    public void What_was_discovered_makes_no_other_node() => Assert.Equal(Node("a"), Node("a") with { Capabilities = Capabilities() });

    [Fact]
    public void Only_the_owner_may_read()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes; the profile of a user is private there.");
            return;
        }

        var path = new NodeStorePath(_folder["config", "PacsTools", "nodes.json"], IsOurFolder: true);
        Directory.CreateDirectory(path.Folder, (UnixFileMode)Convert.ToInt32("755", 8));
        new NodeRegistry(path).Put(Node("main"), overwrite: false, _log);

        Assert.Equal(Convert.ToInt32("600", 8), (int)File.GetUnixFileMode(path.File));
        Assert.Equal(Convert.ToInt32("600", 8), (int)File.GetUnixFileMode(path.LockFile));
        Assert.Equal(Convert.ToInt32("700", 8), (int)File.GetUnixFileMode(path.Folder));
    }

    [Fact]
    public void No_secret_is_ever_written()
    {
        var node = Node("main") with
        {
            DicomWebUri = new Uri("https://pacs.example/dicom-web"),
            DicomWebCredential = new DicomWebCredential("reader", new PacsSecret("hunter2")),
            DicomWebToken = new PacsSecret("token-value"),
            UserIdentity = UserIdentity.FromName("reader", "hunter2"),
            Tls = new TlsSettings { Certificate = CertificateReference.FromFile(_folder["own.pfx"], password: new PacsSecret("hunter2")) },
        };
        Registry.Put(node, overwrite: false, _log);

        var text = File.ReadAllText(Store);
        Assert.DoesNotContain("hunter2", text);
        Assert.DoesNotContain("token-value", text);
        Assert.Null(Registry.Get("main").DicomWebToken);
    }

    [Fact]
    public void Fields_of_newer_versions_stay()
    {
        File.WriteAllText(Store, """
            { // written by hand
              "version": 2, "colour": "blue",
              "nodes": { "other": { "hostName": "h", "proxy": { "a": [1, 2] } }, "main": { "hostName": "old", "weight": 7, "scpPort": 1 }, },
            }
            """);

        Registry.Put(Node("Main"), overwrite: true, _log);
        Registry.Put(Node("new"), overwrite: false, _log);
        Assert.True(Registry.Remove("NEW"));
        Assert.False(Registry.Remove("new"));

        var root = JsonNode.Parse(File.ReadAllText(Store))!;
        Assert.Equal("blue", root["colour"]!.GetValue<string>());
        Assert.Equal(2, root["version"]!.GetValue<int>());
        Assert.Equal("""{"a":[1,2]}""", root["nodes"]!["other"]!["proxy"]!.ToJsonString());
        Assert.Equal(7, root["nodes"]!["main"]!["weight"]!.GetValue<int>());
        Assert.Equal("pacs.example", root["nodes"]!["main"]!["hostName"]!.GetValue<string>());
        Assert.Null(root["nodes"]!["main"]!["scpPort"]);
        Assert.Equal(["main", "other"], Registry.Names);
    }

    [Fact]
    public void A_name_is_taken_only_on_request()
    {
        Registry.Put(Node("main"), overwrite: false, _log);

        var error = Assert.Throws<NodeRegistryException>(() => Registry.Put(Node("MAIN") with { Port = 1 }, overwrite: false, _log));

        Assert.Equal("Node.AlreadyRegistered", error.Id);
        Assert.Equal(4242, Registry.Get("main").Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "version": 1, "nodes": 5 }""")]
    [InlineData("""{ "version": 1, "nodes": { "a": {}, "A": {} } }""")]
    [InlineData("""{ "version": 1, "nodes": { "main": { "hostName": "h" """)]
    public void A_damaged_store_is_told_left_alone_and_put_aside_by_the_next_registration(string content)
    {
        File.WriteAllText(Store, content);

        Assert.Equal("NodeStore.Damaged", Assert.Throws<NodeRegistryException>(() => Registry.Get("main")).Id);
        Assert.Equal("NodeStore.Damaged", Assert.Throws<NodeRegistryException>(() => Registry.All(_ => { })).Id);
        Assert.Equal("NodeStore.Damaged", Assert.Throws<NodeRegistryException>(() => Registry.Remove("main")).Id);
        Assert.Equal(content, File.ReadAllText(Store));
        Assert.Single(Directory.EnumerateFiles(_folder.Path));

        Registry.Put(Node("main"), overwrite: false, _log);

        Assert.Equal(content, File.ReadAllText(Store + ".damaged-1"));
        Assert.Equal("NodeStore.Damaged", Assert.Single(_log.Warnings).Id);
        Assert.Equal(["main"], Registry.Names);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""5""")]
    [InlineData("""{ "hostName": "h", "port": 0 }""")]
    [InlineData("""{ "hostName": "h", "port": "x" }""")]
    [InlineData("""{ "hostName": 7 }""")]
    [InlineData("""{ "hostName": "h", "calledAETitle": "SEVENTEEN-LETTERS" }""")]
    [InlineData("""{ "hostName": "h", "queryModel": "Sideways" }""")]
    [InlineData("""{ "hostName": "h", "timeoutSeconds": -1 }""")]
    public void One_entry_that_is_unusable_hides_no_other(string entry)
    {
        File.WriteAllText(Store, $$"""{ "version": 1, "nodes": { "bad": {{entry}}, "good": { "hostName": "h" } } }""");
        List<string> unusable = [];

        Assert.Equal("good", Assert.Single(Registry.All(e => unusable.Add(e.Name))).Name);
        Assert.Equal(["bad"], unusable);
        Assert.Equal("Node.Unusable", Assert.Throws<NodeRegistryException>(() => Registry.Get("bad")).Id);
        Assert.True(Registry.Remove("bad"));
    }

    [Fact]
    public void What_cannot_be_read_of_a_discovery_is_left_out()
    {
        File.WriteAllText(Store, """{ "version": 1, "nodes": { "main": { "hostName": "h", "capabilities": { "accepted": 5 } } } }""");

        Assert.Null(Registry.Get("main").Capabilities);
    }

    [Fact]
    public void Threads_lose_nothing()
    {
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Registry.Put(Node($"n{i}"), overwrite: false, _log));

        Assert.Equal(40, Registry.Names.Count);
    }

    [Fact]
    public void Who_holds_the_lock_for_long_is_told_of()
    {
        using var held = new FileStream(Store + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var impatient = new NodeRegistry(new NodeStorePath(Store, IsOurFolder: false), TimeSpan.FromMilliseconds(50));

        Assert.Equal("NodeStore.Locked", Assert.Throws<NodeRegistryException>(() => impatient.Put(Node("main"), overwrite: false, _log)).Id);
        Assert.False(File.Exists(Store));
    }

    [Fact]
    public void A_lock_that_nobody_holds_and_that_cannot_be_made_is_no_other_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links that lead to themselves are refused there before.");
        File.CreateSymbolicLink(Store + ".lock", Store + ".lock");

        Assert.Equal("NodeStore.CannotWrite", Assert.Throws<NodeRegistryException>(() => Registry.Put(Node("main"), overwrite: false, _log)).Id);
    }

    [Fact]
    public void A_store_that_is_a_link_stays_one()
    {
        var real = _folder["dotfiles.json"];
        File.WriteAllText(real, """{ "version": 1, "nodes": {} }""");
        try
        {
            File.CreateSymbolicLink(Store, real);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows())
        {
            Assert.Skip("This user may not make links.");
        }

        Registry.Put(Node("main"), overwrite: false, _log);

        Assert.NotNull(new FileInfo(Store).LinkTarget);
        Assert.Contains("main", File.ReadAllText(real));
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("Haus_2-Süd", true)]
    [InlineData("", false)]
    [InlineData("-x", false)]
    [InlineData(".hidden", false)]
    [InlineData("A@b", false)]
    [InlineData("a:1", false)]
    [InlineData("a b", false)]
    [InlineData("a*", false)]
    [InlineData("a[1]", false)]
    [InlineData("a/b", false)]
    [InlineData("a\nb", false)]
    public void A_name_is_no_address_and_no_pattern(string name, bool valid) => Assert.Equal(valid, NodeName.IsValid(name));

    [Theory]
    [InlineData("mian", "main")]
    [InlineData("mai", "main")]
    [InlineData("main2", "main")]
    [InlineData("archve", "archive")]
    [InlineData("zzz", "")]
    public void Near_names_are_named(string wanted, string near) => Assert.Equal(near, string.Join(' ', NodeName.Near(wanted, ["main", "archive", "x1"])));
}
