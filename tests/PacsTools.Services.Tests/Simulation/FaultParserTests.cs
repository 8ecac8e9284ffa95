using System.Collections;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Services.Simulation;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>Fault knobs by name: a fault that is not understood must not be passed over.</summary>
public sealed class FaultParserTests
{
    [Fact]
    public void The_names_are_those_of_the_contract() => Assert.Equal(
        "RejectAssociation, AbortAssociation, RefuseContext, DelayMilliseconds, StallAfter, AbortAfter, FailEvery, WarnEvery, Status, DropEvery, OmitCounters, LoseFinalResponse, NeverRelease, PendingWarning, IllegalValues, WrongCharacterSet, ResultCap, MiscountBy, Only, Times",
        string.Join(", ", FaultParser.Names));

    [Fact]
    public void Values_are_taken_as_people_write_them()
    {
        SimulatorFaults faults = FaultParser.Parse(new Hashtable
        {
            ["rejectassociation"] = "LocalLimitExceeded",
            ["RefuseContext"] = new object[] { "Find", "CTImageStorage", "1.2.3.4" },
            ["DelayMilliseconds"] = 250,
            ["StallAfter"] = "3",
            ["Status"] = "0xA700",
            ["OmitCounters"] = true,
            ["NeverRelease"] = 1,
            ["WrongCharacterSet"] = "ISO_IR 101",
            ["ResultCap"] = 0,
        });
        Assert.Equal((2, 3, 2), (faults.RejectAssociation!.Result, faults.RejectAssociation.Source, faults.RejectAssociation.Reason));
        Assert.Superset(new HashSet<string> { DicomUids.StudyRootFind, DicomUids.PatientRootFind, DicomUids.CTImageStorage, "1.2.3.4" }, faults.RefuseContext.ToHashSet());
        Assert.Equal(TimeSpan.FromMilliseconds(250), faults.Delay);
        Assert.Equal(3, faults.StallAfter);
        Assert.Equal((ushort)0xA700, faults.Status);
        Assert.True(faults.AnswersOnlyStatus);
        Assert.True(faults is { OmitCounters: true, NeverRelease: true, WrongCharacterSet: "ISO_IR 101", ResultCap: 0 });
    }

    [Theory]
    [InlineData("FailEvry", 1, "FailEvry")]
    [InlineData("FailEvery", 0, "at least 1")]
    [InlineData("FailEvery", "often", "at least 1")]
    [InlineData("FailEvery", true, "at least 1")]
    [InlineData("AbortAssociation", "sometimes", "$true")]
    [InlineData("AbortAssociation", 2, "$true")]
    [InlineData("Status", "sorry", "0xA700")]
    [InlineData("Status", 70000, "0xA700")]
    [InlineData("RefuseContext", "Fnid", "Fnid")]
    [InlineData("RejectAssociation", "Nope", "CalledAENotRecognized")]
    [InlineData("WrongCharacterSet", 7, "defined term")]
    [InlineData("Only", "Mvoe", "Echo, Find, Move, Get, Store")]
    [InlineData("Times", 0, "at least 1")]
    [InlineData("MiscountBy", "x", "whole number")]
    public void What_makes_no_sense_is_an_error_that_says_what_would(string knob, object value, string words)
    {
        var error = Assert.Throws<ArgumentException>(() => FaultParser.Parse(new Hashtable { [knob] = value }));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains(knob, error.Message, StringComparison.Ordinal);
        // Who reads it knows nothing of our parameters.
        Assert.DoesNotContain("(Parameter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_knobs_are_no_faults() => Assert.Equal(SimulatorFaults.None, FaultParser.Parse(null));

    [Fact]
    public void Every_third_and_every_second_are_counted_over_all_instances()
    {
        var faults = Of(new SimulatorFaults { FailEvery = 3, WarnEvery = 2 });
        Assert.Equal(
            [InstanceFault.None, InstanceFault.Warn, InstanceFault.Fail, InstanceFault.Warn, InstanceFault.None, InstanceFault.Fail],
            Enumerable.Range(0, 6).Select(_ => faults.Next(CommandField.CMoveRequest)));
    }

    [Fact]
    public void Faults_pass_and_keep_to_their_operations()
    {
        var faults = Of(FaultParser.Parse(new Hashtable { ["DropEvery"] = 1, ["Times"] = 2, ["Only"] = new object[] { "move", "Get" } }));
        Assert.Equal(
            [InstanceFault.None, InstanceFault.Drop, InstanceFault.Drop, InstanceFault.None],
            new[] { CommandField.CStoreRequest, CommandField.CMoveRequest, CommandField.CGetRequest, CommandField.CMoveRequest }.Select(faults.Next));
    }

    private static InstanceFaults Of(SimulatorFaults faults) => new(faults, new FaultBudget(faults));
}
