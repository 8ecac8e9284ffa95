using PacsTools.Dicom.Network;

namespace PacsTools.Services.Nodes;

/// <summary>When a user identity may be sent, and when its answer is good enough.</summary>
internal static class UserIdentityRule
{
    /// <exception cref="UserIdentityException">A passcode or token would go out for anyone to read.</exception>
    public static void BeforeOpening(PacsNode node)
    {
        if (node is { UserIdentity.HasSecret: true, Tls: not { Enabled: true }, AllowUnencryptedAuthentication: false })
        {
            throw new UserIdentityException(
                "UserIdentity.PlainText",
                $"{node} is reached without TLS: the passcode or token of the user was not sent, since anyone on the way could read it",
                "Use TLS (-UseTls), or insist with -AllowUnencryptedAuthentication.");
        }
    }

    /// <summary>The association, if the user was confirmed or nobody asked for that (PS3.7 D.3.3.7).</summary>
    /// <exception cref="UserIdentityException">It was asked for and is missing; the association has been released.</exception>
    public static Association AfterOpening(PacsNode node, Association association)
    {
        if (node.UserIdentity is not { Confirm: true } || association.PeerInformation.UserIdentityAc is not null)
            return association;
        association.Release();
        throw new UserIdentityException(
            "UserIdentity.NotConfirmed",
            $"{node} accepted the association and did not confirm the user identity: it probably knows nothing of it",
            "Leave -ConfirmUserIdentity out if the identity is only to be told.");
    }
}
