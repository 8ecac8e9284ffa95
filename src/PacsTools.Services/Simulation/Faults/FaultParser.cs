using System.Collections;
using System.Globalization;

namespace PacsTools.Services.Simulation;

/// <summary>Reads fault knobs by name. An unknown name or a value that makes no sense is an error: a fault that does not happen would prove nothing.</summary>
internal static class FaultParser
{
    private static readonly Dictionary<string, Func<SimulatorFaults, FaultValue, SimulatorFaults>> s_knobs = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(SimulatorFaults.RejectAssociation)] = (f, v) => f with { RejectAssociation = v.Rejection() },
        [nameof(SimulatorFaults.AbortAssociation)] = (f, v) => f with { AbortAssociation = v.Switch() },
        [nameof(SimulatorFaults.RefuseContext)] = (f, v) => f with { RefuseContext = v.SopClasses() },
        ["DelayMilliseconds"] = (f, v) => f with { Delay = TimeSpan.FromMilliseconds(v.Number(0, 24 * 60 * 60 * 1000)) },
        [nameof(SimulatorFaults.StallAfter)] = (f, v) => f with { StallAfter = v.Number(0) },
        [nameof(SimulatorFaults.AbortAfter)] = (f, v) => f with { AbortAfter = v.Number(0) },
        [nameof(SimulatorFaults.FailEvery)] = (f, v) => f with { FailEvery = v.Number(1) },
        [nameof(SimulatorFaults.WarnEvery)] = (f, v) => f with { WarnEvery = v.Number(1) },
        [nameof(SimulatorFaults.Status)] = (f, v) => f with { Status = v.Status() },
        [nameof(SimulatorFaults.DropEvery)] = (f, v) => f with { DropEvery = v.Number(1) },
        [nameof(SimulatorFaults.OmitCounters)] = (f, v) => f with { OmitCounters = v.Switch() },
        [nameof(SimulatorFaults.LoseFinalResponse)] = (f, v) => f with { LoseFinalResponse = v.Switch() },
        [nameof(SimulatorFaults.NeverRelease)] = (f, v) => f with { NeverRelease = v.Switch() },
        [nameof(SimulatorFaults.PendingWarning)] = (f, v) => f with { PendingWarning = v.Switch() },
        [nameof(SimulatorFaults.IllegalValues)] = (f, v) => f with { IllegalValues = v.Switch() },
        [nameof(SimulatorFaults.WrongCharacterSet)] = (f, v) => f with { WrongCharacterSet = v.CharacterSet() },
        [nameof(SimulatorFaults.ResultCap)] = (f, v) => f with { ResultCap = v.Number(0, int.MaxValue - 1) },
        [nameof(SimulatorFaults.MiscountBy)] = (f, v) => f with { MiscountBy = v.Number(-1_000_000) },
        [nameof(SimulatorFaults.Only)] = (f, v) => f with { Only = v.Operations() },
        [nameof(SimulatorFaults.Times)] = (f, v) => f with { Times = v.Number(1) },
    };

    /// <summary>The names, in the order of the contract.</summary>
    public static IReadOnlyCollection<string> Names => s_knobs.Keys;

    /// <exception cref="ArgumentException">A name is unknown or a value makes no sense for it.</exception>
    public static SimulatorFaults Parse(IDictionary? knobs)
    {
        var faults = SimulatorFaults.None;
        foreach (DictionaryEntry knob in knobs ?? new Hashtable())
        {
            var name = Convert.ToString(knob.Key, CultureInfo.InvariantCulture) ?? "";
            faults = s_knobs.TryGetValue(name, out var set)
                ? set(faults, new FaultValue(name, knob.Value))
                : throw new ArgumentException($"There is no fault '{name}'. Those there are: {string.Join(", ", Names)}.");
        }

        return faults;
    }
}
