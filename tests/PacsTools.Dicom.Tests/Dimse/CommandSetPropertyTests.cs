using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Dimse;

public class CommandSetPropertyTests
{
    private const int Rounds = 5000;

    private static readonly Gen<ushort?> Number = Gen.OneOf(
        Gen.Constant<ushort?>(null), Gen.Choose(0, 65535).Select(n => (ushort?)n));

    private static readonly Gen<string?> Text =
        from length in Gen.Choose(0, 30)
        from letters in Gen.Elements("ABC_019.".ToCharArray()).ListOf(length)
        select length == 0 ? null : string.Concat(letters);

    private static readonly Gen<CommandSet> Commands =
        from field in Gen.Choose(0, 65535)
        from hasDataSet in Gen.Elements(true, false)
        from n in Number.ListOf(13)
        from t in Text.ListOf(7)
        from tags in Gen.Choose(0, int.MaxValue).List(4)
        select new CommandSet
        {
            CommandField = (CommandField)field,
            HasDataSet = hasDataSet,
            MessageId = n[0],
            MessageIdBeingRespondedTo = n[1],
            Status = n[2],
            MoveOriginatorMessageId = n[3],
            Priority = n[4],
            EventTypeId = n[5],
            ActionTypeId = n[6],
            NumberOfRemainingSubOperations = n[7],
            NumberOfCompletedSubOperations = n[8],
            NumberOfFailedSubOperations = n[9],
            NumberOfWarningSubOperations = n[10],
            ErrorId = n[11],
            AffectedSOPClassUID = t[0],
            AffectedSOPInstanceUID = t[1],
            RequestedSOPClassUID = t[2],
            RequestedSOPInstanceUID = t[3],
            MoveDestination = t[4],
            MoveOriginatorAETitle = t[5],
            ErrorComment = t[6],
            OffendingElements = tags.Select(v => new DicomTag((uint)v)).ToArray(),
        };

    [Fact]
    public void What_is_written_is_read_back()
    {
        Prop.ForAll(Commands.ToArbitrary(), command =>
        {
            var bytes = command.Encode();
            var read = CommandSet.Decode(bytes);
            Assert.Equal(0, bytes.Length % 2);
            Assert.Equal(command.OffendingElements, read.OffendingElements);
            Assert.Equal(command, read with { OffendingElements = command.OffendingElements });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [MemberData(nameof(CommandSetTests.AllVectors), MemberType = typeof(CommandSetTests))]
    public void Every_beginning_is_a_clean_error_or_a_command(string name, byte[] bytes)
    {
        var whole = 0;
        for (var length = 0; length < bytes.Length; length++)
        {
            try
            {
                CommandSet.Decode(bytes.AsSpan(0, length));
                whole++;
            }
            catch (DicomProtocolException error)
            {
                Assert.InRange(error.Offset, -1, length);
            }
        }

        // Only cuts between elements, behind the last one that is needed, leave a command.
        Assert.True(whole < 10, $"{whole} beginnings of {name} passed");
    }

    [Theory]
    [MemberData(nameof(CommandSetTests.AllVectors), MemberType = typeof(CommandSetTests))]
    public void Mutated_command_sets_are_read_or_clean_errors_within_bounds(string name, byte[] seed)
    {
        var random = new Random(name.Length * 104729);
        var (read, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = (byte[])seed.Clone();
            for (var i = random.Next(1, 4); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => random.Next(256) });
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                CommandSet.Decode(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length));
                read++;
            }
            catch (DicomProtocolException)
            {
                refused++;
            }

            // Far below what a hostile length could ask for, and above what the runtime itself loads for a first exception.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        }

        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
    }
}
