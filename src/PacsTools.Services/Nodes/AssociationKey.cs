namespace PacsTools.Services.Nodes;

/// <summary>What two operations must have in common to use the same association: what was proposed, over what, and on whose behalf.</summary>
/// <param name="Proposal">Calling AE title, contexts and extended negotiation.</param>
/// <param name="Tls">The TLS settings; null for plain TCP.</param>
/// <param name="User">The user identity; null for none.</param>
internal sealed record AssociationKey(string Proposal, TlsSettings? Tls, UserIdentity? User);
