using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Services.Nodes;

namespace PacsTools.Commands;

/// <content>Users.</content>
public sealed partial class StartPacsSimulatorCommand
{
    /// <summary>Users that may associate (PS3.7 D.3.3.7), by name and passcode, or by the name alone if the password is empty; all others are rejected.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSCredential[] Credential { get; set; } = [];

    /// <summary>A token that may associate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? UserIdentityToken { get; set; }

    /// <summary>What the token is.</summary>
    /// <value>None; it must be given with -UserIdentityToken</value>
    [Parameter]
    public UserIdentityTokenType UserIdentityType { get; set; }

    private IReadOnlyList<UserIdentity> Users()
    {
        if ((UserIdentityToken is null) == IsGiven(nameof(UserIdentityType)))
            throw Arguments.Invalid("-UserIdentityToken and -UserIdentityType belong together: the type says what the token is.");
        var users = Credential.Select(UserIdentityArguments.Of);
        return UserIdentityToken is null ? [.. users] : [.. users, UserIdentityArguments.Of(UserIdentityToken, UserIdentityType)];
    }
}
