using System.Security.Cryptography;
using System.Text;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Simulation.Web;

/// <summary>Who may use the simulator's DICOMweb: everybody, unless it has a user (RFC 7617) or a token (RFC 6750).</summary>
internal sealed class WebAuthentication
{
    private readonly byte[][] _accepted;

    public WebAuthentication(DicomWebCredential? credential, PacsSecret? token)
    {
        List<string> accepted = [];
        if (credential is not null)
            accepted.Add("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password.Reveal()}")));
        if (token is not null)
            accepted.Add("Bearer " + token.Reveal());
        _accepted = [.. accepted.Select(Digest)];
    }

    /// <exception cref="HttpError">401.</exception>
    public void Check(HttpHead head)
    {
        if (_accepted.Length == 0)
            return;
        // The scheme's name is in any case, what follows is not.
        var given = head["Authorization"] ?? "";
        var space = given.IndexOf(' ');
        var scheme = space < 0 ? "" : given[..space].ToLowerInvariant() switch { "basic" => "Basic", "bearer" => "Bearer", _ => "" };
        var digest = Digest(space < 0 ? "" : $"{scheme} {given[(space + 1)..].Trim()}");
        if (!_accepted.Any(accepted => CryptographicOperations.FixedTimeEquals(accepted, digest)))
            throw Unauthorized(given.Length == 0 ? "user or token are missing" : "user or token are not the right ones");
    }

    public static HttpError Unauthorized(string words) => new(
        401, words, ("WWW-Authenticate", "Basic realm=\"PacsSimulator\", charset=\"UTF-8\""), ("WWW-Authenticate", "Bearer realm=\"PacsSimulator\""));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
