using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Tests.Dimse;

public class CommandAssemblerTests
{
    private readonly CommandAssembler _assembler = new();

    [Fact]
    public void A_command_in_one_piece_is_complete_at_once()
    {
        Assert.True(_assembler.IsBetweenMessages);

        var command = _assembler.AddCommand(1, CommandVectors.EchoRequest, endsCommand: true);

        Assert.Equal(CommandField.CEchoRequest, command?.CommandField);
        Assert.True(_assembler.IsBetweenMessages);
        Assert.Equal(1, _assembler.ContextId);
    }

    [Fact]
    public void A_command_in_pieces_of_any_length_comes_together()
    {
        for (var piece = 1; piece < CommandVectors.MoveResponse.Length; piece++)
        {
            CommandSet? command = null;
            for (var at = 0; at < CommandVectors.MoveResponse.Length; at += piece)
            {
                Assert.Null(command);
                var end = Math.Min(at + piece, CommandVectors.MoveResponse.Length);
                command = _assembler.AddCommand(1, CommandVectors.MoveResponse.AsSpan(at, end - at), end == CommandVectors.MoveResponse.Length);
                Assert.Equal(command is not null, _assembler.IsBetweenMessages);
            }

            Assert.Equal(CommandVectors.MoveResponse, command?.Encode());
        }

        // Nothing of one command is left over for the next.
        Assert.Null(_assembler.AddCommand(1, CommandVectors.EchoRequest.AsSpan(0, 9), endsCommand: false));
        Assert.Equal(CommandVectors.EchoRequest, _assembler.AddCommand(1, CommandVectors.EchoRequest.AsSpan(9), endsCommand: true)?.Encode());
    }

    [Fact]
    public void A_last_fragment_without_content_completes_a_command()
    {
        Assert.Null(_assembler.AddCommand(1, CommandVectors.EchoRequest, endsCommand: false));

        Assert.NotNull(_assembler.AddCommand(1, default, endsCommand: true));
    }

    [Fact]
    public void A_data_set_follows_its_command_on_the_same_context()
    {
        _assembler.AddCommand(3, CommandVectors.FindResponse, endsCommand: true);
        Assert.True(_assembler.ExpectsDataSet);
        Assert.False(_assembler.IsBetweenMessages);

        _assembler.AddData(3, endsDataSet: false);
        Assert.False(_assembler.IsBetweenMessages);
        _assembler.AddData(3, endsDataSet: true);
        Assert.True(_assembler.IsBetweenMessages);

        Assert.NotNull(_assembler.AddCommand(5, CommandVectors.EchoRequest, endsCommand: true));
    }

    [Fact]
    public void Data_without_a_command_is_an_error()
    {
        Fails("a command was due", () => _assembler.AddData(1, true));
        _assembler.AddCommand(1, CommandVectors.EchoRequest, endsCommand: true);
        Fails("a command was due", () => _assembler.AddData(1, true));
    }

    [Fact]
    public void Data_within_a_command_is_an_error()
    {
        _assembler.AddCommand(1, CommandVectors.FindResponse.AsSpan(0, 20), endsCommand: false);

        Fails("a command was due", () => _assembler.AddData(1, true));
    }

    [Fact]
    public void A_command_before_the_data_set_has_ended_is_an_error()
    {
        _assembler.AddCommand(1, CommandVectors.FindResponse, endsCommand: true);
        _assembler.AddData(1, endsDataSet: false);

        Fails("a data set was due", () => _assembler.AddCommand(1, CommandVectors.EchoRequest, true));
    }

    [Fact]
    public void A_change_of_context_within_a_message_is_an_error()
    {
        _assembler.AddCommand(1, CommandVectors.FindResponse.AsSpan(0, 20), endsCommand: false);
        Fails("context 1 came on context 3", () => _assembler.AddCommand(3, CommandVectors.FindResponse.AsSpan(20), true));

        var other = new CommandAssembler();
        other.AddCommand(1, CommandVectors.FindResponse, endsCommand: true);
        Fails("context 1 came on context 3", () => other.AddData(3, true));
    }

    [Fact]
    public void A_command_longer_than_the_bound_is_an_error()
    {
        var piece = new byte[16000];
        for (var i = 0; i < 4; i++)
            _assembler.AddCommand(1, piece, endsCommand: false);

        Fails("longer than the 65536", () => _assembler.AddCommand(1, piece, endsCommand: false));
        Fails("longer than the 65536", () => new CommandAssembler().AddCommand(1, new byte[65537], endsCommand: true));
    }

    [Fact]
    public void A_command_up_to_the_bound_is_accepted()
    {
        // The echo request and an unknown element that fills the rest.
        var bytes = new byte[CommandAssembler.MaxCommandLength];
        CommandVectors.EchoRequest.CopyTo(bytes, 0);
        var at = CommandVectors.EchoRequest.Length;
        bytes[at + 3] = 0x77;
        BitConverter.TryWriteBytes(bytes.AsSpan(at + 4), bytes.Length - at - 8);

        Assert.Null(_assembler.AddCommand(1, bytes.AsSpan(0, 1000), endsCommand: false));
        Assert.NotNull(_assembler.AddCommand(1, bytes.AsSpan(1000), endsCommand: true));
    }

    private static void Fails(string words, Action action) =>
        Assert.Contains(words, Assert.Throws<DicomProtocolException>(action).Message, StringComparison.Ordinal);
}
