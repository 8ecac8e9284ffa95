using System.Security.Cryptography.X509Certificates;

namespace PacsTools.Services.Nodes;

/// <summary>A certificate, and those between it and its authority that came with it.</summary>
internal sealed record LoadedCertificate(X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Others);
