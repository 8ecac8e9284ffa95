using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using PacsTools.Services.Nodes;

namespace PacsTools.Binding;

/// <summary>
/// Reads how TLS is to be spoken from the members of a hashtable or object: under the names of the parameters (UseTls, TlsThumbprint …), or as the Tls
/// of a node that came back from a file or another process. What was given must not be lost on the way, or a connection would quietly be plain.
/// </summary>
internal static class TlsMembers
{
    /// <exception cref="FormatException">A thumbprint is none.</exception>
    /// <exception cref="ArgumentException">A certificate is none.</exception>
    public static TlsSettings? Read(Func<string, object?> find, SessionState? session)
    {
        if (Bare(find("Tls")) is TlsSettings settings)
            return settings;
        if (find("Tls") is { } inner && Reader(inner) is { } nested)
            return Build(nested("Enabled"), Certificate(nested("Certificate"), session), nested("CaCertificates"), nested("Thumbprint"), nested("TargetName"), nested("SkipCertificateCheck"), session);
        var own = Certificate(find("TlsCertificate"), session, Text(find("TlsCertificateKey")), Bare(find("TlsCertificatePassword")) as SecureString);
        return Build(find("UseTls"), own, find("TlsCaCertificate"), find("TlsThumbprint"), find("TlsTargetName"), find("SkipCertificateCheck"), session);
    }

    private static TlsSettings? Build(object? use, CertificateReference? own, object? authorities, object? thumbprint, object? target, object? skip, SessionState? session)
    {
        var pins = List(thumbprint).Select(Text).OfType<string>().ToArray();
        var trusted = List(authorities).Select(authority => Certificate(authority, session)).OfType<CertificateReference>().ToArray();
        var name = Text(target);
        var skipped = Flag(skip) ?? false;
        if (Flag(use) is null && pins.Length == 0 && trusted.Length == 0 && own is null && name is null && !skipped)
            return null;
        return new TlsSettings { Enabled = Flag(use) ?? true, Certificate = own, CaCertificates = trusted, Thumbprint = pins, TargetName = name, SkipCertificateCheck = skipped };
    }

    private static CertificateReference? Certificate(object? value, SessionState? session, string? keyPath = null, SecureString? password = null)
    {
        if (Bare(value) is null or "")
            return null;
        if (Bare(value) is not (IDictionary or PSCustomObject) || Reader(value!) is not { } members)
            return CertificateArgument.Read(Bare(value)!, session, keyPath, password);
        return Text(members("Path")) is { } path ? CertificateReference.FromFile(path, Text(members("KeyPath")))
            : Text(members("Thumbprint")) is { } thumbprint ? CertificateReference.FromStore(thumbprint)
            : throw new FormatException("The certificate has neither a Path nor a Thumbprint.");
    }

    private static Func<string, object?>? Reader(object value) => Bare(value) switch
    {
        null or string or bool => null,
        IDictionary table => name => table.Keys.OfType<object>().FirstOrDefault(k => name.Equals(k as string, StringComparison.OrdinalIgnoreCase)) is { } key ? table[key] : null,
        _ => name => PSObject.AsPSObject(value).Properties[name] is { IsGettable: true } property ? property.Value : null,
    };

    private static IEnumerable<object?> List(object? value) => Bare(value) switch
    {
        null or "" => [],
        string or IDictionary => [value],
        IEnumerable many => many.Cast<object?>(),
        _ => [value],
    };

    private static string? Text(object? value) => Bare(value) is { } bare && Convert.ToString(bare, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static bool? Flag(object? value) => Bare(value) switch
    {
        null or "" => null,
        bool flag => flag,
        SwitchParameter flag => flag.IsPresent,
        var other => bool.TryParse(Text(other), out var flag) ? flag : throw new FormatException($"'{other}' is neither true nor false."),
    };

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
