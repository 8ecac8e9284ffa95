using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>Puts the fragments of one message after the other in order (PS3.8 E): first the command set, collected here within a
/// bound, then the data set, which goes elsewhere; all on one presentation context. One for each direction of an association.</summary>
public sealed class CommandAssembler
{
    /// <summary>The longest command set accepted, in bytes. Real ones have a few hundred.</summary>
    public const int MaxCommandLength = 64 * 1024;

    private byte[] _collected = [];
    private int _count;
    private bool _started;

    /// <summary>True if the next fragment starts a new message: only then may the peer ask for release.</summary>
    public bool IsBetweenMessages => !_started && !ExpectsDataSet;

    /// <summary>True while a data set is due or under way.</summary>
    public bool ExpectsDataSet { get; private set; }

    /// <summary>The presentation context of the message under way, or of the last one.</summary>
    public byte ContextId { get; private set; }

    /// <summary>Adds a piece of a command fragment.</summary>
    /// <param name="contextId">The presentation context of the fragment.</param>
    /// <param name="payload">The piece.</param>
    /// <param name="endsCommand">True if the command set is complete with it.</param>
    /// <returns>The command set if it is complete, else null.</returns>
    /// <exception cref="DicomProtocolException">A data set was due, the context changed, the command set is too long or cannot be read.</exception>
    public CommandSet? AddCommand(byte contextId, ReadOnlySpan<byte> payload, bool endsCommand)
    {
        if (ExpectsDataSet)
            throw new DicomProtocolException("a command fragment came while a data set was due", "Message control header");
        CheckContext(contextId);
        if (payload.Length > MaxCommandLength - _count)
            throw new DicomProtocolException($"a command set is longer than the {MaxCommandLength} bytes accepted", "Command set");
        _started = true;
        if (!endsCommand)
        {
            Collect(payload);
            return null;
        }

        // Nearly every command set comes in one piece and needs no copy.
        CommandSet command;
        if (_count == 0)
        {
            command = CommandSet.Decode(payload);
        }
        else
        {
            Collect(payload);
            command = CommandSet.Decode(_collected.AsSpan(0, _count));
        }

        _count = 0;
        _started = false;
        ExpectsDataSet = command.HasDataSet;
        return command;
    }

    /// <summary>Checks a piece of a data set fragment.</summary>
    /// <param name="contextId">The presentation context of the fragment.</param>
    /// <param name="endsDataSet">True if the data set, and with it the message, is complete with it.</param>
    /// <exception cref="DicomProtocolException">No data set was due, or the context changed.</exception>
    public void AddData(byte contextId, bool endsDataSet)
    {
        if (!ExpectsDataSet)
            throw new DicomProtocolException("a data set fragment came where a command was due", "Message control header");
        CheckContext(contextId);
        if (endsDataSet)
            ExpectsDataSet = false;
    }

    private void CheckContext(byte contextId)
    {
        if (IsBetweenMessages)
        {
            ContextId = contextId;
        }
        else if (contextId != ContextId)
        {
            throw new DicomProtocolException(
                $"a fragment of a message on presentation context {ContextId} came on context {contextId}", "Presentation-context-ID");
        }
    }

    private void Collect(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > _collected.Length - _count)
            Array.Resize(ref _collected, Math.Min(MaxCommandLength, Math.Max(512, Math.Max(_count + payload.Length, _collected.Length * 2))));
        payload.CopyTo(_collected.AsSpan(_count));
        _count += payload.Length;
    }
}
