using System.Globalization;
using System.Text;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes registries of nodes, as this version writes them and as others, or people, may have left them.</summary>
internal static class NodeGrammar
{
    private static readonly string[] s_names = ["main", "MAIN", "a.b-c", "", "1", "\\u0000", "\\ud800", "x y", "\u00e4", "$ref"];
    private static readonly string[] s_hosts = ["pacs.example", "10.0.0.1", "::1", "[::1]", "", " ", "-", "a b", "xn--x", "\\u0000", "\\ud83d"];
    private static readonly string[] s_fields = ["hostName", "port", "calledAETitle", "callingAETitle", "scpAETitle", "scpPort", "queryModel", "timeoutSeconds", "dicomWebUri", "tls", "capabilities", "HOSTNAME", "unknown"];

    private static readonly string[] s_tls =
    [
        "{\"enabled\":true}", "{\"enabled\":\"x\"}", "{\"thumbprints\":[null]}", "{\"thumbprints\":[\"AB\",1]}", "{\"thumbprints\":[\"0123456789abcdef0123456789abcdef01234567\"],\"targetName\":\"\"}", "{\"certificate\":{\"path\":\"\"}}", "{\"certificate\":{\"path\":\"a\\u0000b\"}}",
        "{\"certificate\":{\"thumbprint\":\"zz\"},\"caCertificates\":[{\"path\":\"/x\"},{}]}", "{\"certificate\":{}}", "{\"caCertificates\":[null,{\"path\":\"c\",\"keyPath\":\"\"}],\"skipCertificateCheck\":true}", "[]", "{\"certificate\":{\"path\":1}}",
    ];

    private static readonly string[] s_capabilities =
    [
        "{\"discoveredAt\":\"2024-01-01T00:00:00.0000000+00:00\",\"accepted\":[{\"transferSyntaxes\":[\"1.2.840.10008.1.2\"],\"scpRole\":false,\"sopClasses\":[\"1.2.840.10008.1.1\"]}],\"refused\":[{\"reason\":\"x\",\"sopClasses\":[\"1.2\"]}],\"maxPduLength\":16384}",
        "{\"discoveredAt\":\"x\"}", "{}", "{\"discoveredAt\":\"9999-12-31T23:59:59+14:00\",\"accepted\":[null,1,{\"sopClasses\":[null]}]}", "{\"discoveredAt\":null,\"maxPduLength\":-1}", "[1]", "{\"discoveredAt\":\"2024-01-01\",\"accepted\":{},\"refused\":[{}],\"maxPduLength\":1e99}",
    ];

    internal static byte[] Generate(FuzzRandom random)
    {
        var text = new StringBuilder("{\"version\":1,\"nodes\":{");
        for (int i = 0, count = random.Length(12); i < count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append('"').Append(random.Pick(s_names)).Append(random.OneIn(3) ? "" : i.ToString(CultureInfo.InvariantCulture)).Append("\":");
            if (random.OneIn(15)) text.Append(JsonGrammar.Scalar(random));
            else Node(text, random);
        }

        text.Append(random.OneIn(20) ? "}" : "}}");
        if (random.OneIn(10)) text.Insert(0, "// comment\n").Append(" /* more */");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Node(StringBuilder text, FuzzRandom random)
    {
        text.Append('{');
        if (!random.OneIn(10)) text.Append($"\"hostName\":\"{random.Pick(s_hosts)}\",");
        for (int count = random.Next(7); count > 0; count--)
        {
            string field = random.Pick(s_fields);
            text.Append($"\"{field}\":").Append(random.OneIn(12) ? JsonGrammar.Scalar(random) : Value(field, random)).Append(',');
        }

        text.Append("\"scpRole\":null}");
    }

    private static string Value(string field, FuzzRandom random) => field switch
    {
        "port" or "scpPort" => random.Pick(["104", "\"104\"", "0", "-1", "65536", "1e300", "\"x\"", "104.5", "\" 11112 \""]),
        "timeoutSeconds" => random.Pick(["30", "0", "-5", "1e300", "\"NaN\"", "0.0000001", "\"1e308\"", "922337203685.4775"]),
        "queryModel" => random.Pick(["\"Patient\"", "\"study\"", "\"7\"", "\"x\"", "1", "\"Study,Patient\"", "\"-1\""]),
        "dicomWebUri" => random.Pick(["\"http://h/dicom-web\"", "\"/relative\"", "\"http://user:secret@h/\"", "\"\"", "\"http://[\"", "\"file:///etc/passwd\"", "\"http://\\ud800/\""]),
        "tls" => random.Pick(s_tls),
        "capabilities" => random.Pick(s_capabilities),
        _ => random.Pick(["\"AE\"", "\"\"", "\"TOO-LONG-FOR-AN-AE-TITLE\"", "\"A\\\\B\"", "\"\\u001b\"", "\" A \"", "\"\\ud800\""]),
    };
}
