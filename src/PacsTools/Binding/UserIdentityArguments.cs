using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Nodes;

namespace PacsTools.Binding;

/// <summary>What the command line says of the user (PS3.7 D.3.3.7).</summary>
internal static class UserIdentityArguments
{
    /// <exception cref="Pipeline.TerminatingErrorException">It cannot be right.</exception>
    public static PacsNode Apply(PacsNode node, PSCredential? credential, object? token, UserIdentityTokenType? type, bool? confirm)
    {
        if (credential is not null && token is not null)
            throw Arguments.Invalid("Give either -Credential or -UserIdentityToken: an association has one user identity.");
        if ((token is null) != (type is null))
            throw Arguments.Invalid("-UserIdentityToken and -UserIdentityType belong together: the type says what the token is.");
        if (credential is not null)
            node = node with { UserIdentity = Of(credential) };
        if (token is not null)
            node = node with { UserIdentity = Of(token, type!.Value) };
        if (confirm is not { } wanted)
            return node;
        if (node.UserIdentity is { } identity)
            return node with { UserIdentity = identity with { Confirm = wanted } };
        return !wanted
            ? node
            : throw Arguments.Invalid("-ConfirmUserIdentity needs a user identity: -Credential or -UserIdentityToken.");
    }

    public static UserIdentity Of(PSCredential credential) =>
        Arguments.Check(() => UserIdentity.FromName(credential.UserName, new NetworkCredential("", credential.Password).Password), credential.UserName);

    public static UserIdentity Of(object token, UserIdentityTokenType type) => Arguments.Check(
        () =>
        {
            var bare = token is PSObject wrapped ? wrapped.BaseObject : token;
            var text = bare switch
            {
                string plain => plain,
                SecureString secure => new NetworkCredential("", secure).Password,
                byte[] bytes when type != UserIdentityTokenType.Kerberos => Encoding.UTF8.GetString(bytes),
                byte[] => null,
                _ => throw new ArgumentException($"A token is a SecureString, a string or a byte array, not a {bare.GetType().Name}."),
            };
            return type switch
            {
                UserIdentityTokenType.Kerberos => UserIdentity.FromKerberos(text is null ? (byte[])bare : Ticket(text)),
                UserIdentityTokenType.Saml => UserIdentity.FromText(UserIdentityType.Saml, text!),
                _ => UserIdentity.FromText(UserIdentityType.JsonWebToken, text!),
            };
        },
        type);

    private static byte[] Ticket(string text)
    {
        var ticket = new byte[text.Length];
        return Convert.TryFromBase64String(text, ticket, out var length) ? ticket[..length] : throw new ArgumentException("A Kerberos service ticket is given as bytes, or as text in base64; this text is none.");
    }
}
