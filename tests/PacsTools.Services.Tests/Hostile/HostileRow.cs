namespace PacsTools.Services.Tests.Hostile;

/// <summary>One thing a hostile peer does, and what we answer. The answer is what the test asserts and what docs/hostile-peers.md says.</summary>
/// <param name="Name">What the peer does.</param>
/// <param name="Answer">What it gets for it, in the words of <see cref="Heard"/> or <see cref="Told"/>.</param>
/// <param name="Attack">Does it, and says what came of it.</param>
internal sealed record HostileRow<TTarget>(string Name, string Answer, Func<TTarget, Task<string>> Attack)
    where TTarget : HostileTarget;

/// <summary>The rows are about what the process holds, so nothing else may run beside them.</summary>
[CollectionDefinition(nameof(HostilePeers), DisableParallelization = true)]
public sealed class HostilePeers;
