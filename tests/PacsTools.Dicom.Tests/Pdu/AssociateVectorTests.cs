using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class AssociateVectorTests
{
    private static readonly byte[] ApplicationContext = Wire.Item(0x10, [.. "1.2.840.10008.3.1.1.1"u8]);

    [Fact]
    public void Request_is_read_field_by_field()
    {
        var rq = Read<AAssociateRq>(Vectors.AssociateRq);

        Assert.Equal(PduType.AAssociateRq, rq.Type);
        Assert.Equal(1, rq.ProtocolVersion);
        Assert.True(rq.OffersVersion1);
        Assert.Equal("ORTHANC", rq.CalledAETitle);
        Assert.Equal("RIS_CONNECTOR", rq.CallingAETitle);
        Assert.Equal("1.2.840.10008.3.1.1.1", rq.ApplicationContextName);
        var context = Assert.Single(rq.PresentationContexts);
        Assert.Equal(1, context.Id);
        Assert.Equal("1.2.840.10008.1.1", context.AbstractSyntax);
        Assert.Equal(["1.2.840.10008.1.2"], context.TransferSyntaxes);
        Assert.Equal(262144u, rq.UserInformation.MaxPduLength);
        Assert.Equal("2.25.1", rq.UserInformation.ImplementationClassUID);
        Assert.Equal("PT_VECTOR", rq.UserInformation.ImplementationVersionName);
    }

    [Fact]
    public void Request_is_written_as_the_vector()
    {
        var rq = new AAssociateRq
        {
            CalledAETitle = "ORTHANC",
            CallingAETitle = " RIS_CONNECTOR ",
            PresentationContexts = [new(1, "1.2.840.10008.1.1", ["1.2.840.10008.1.2"])],
            UserInformation = new() { MaxPduLength = 262144, ImplementationClassUID = "2.25.1", ImplementationVersionName = "PT_VECTOR" },
        };

        Assert.Equal(Vectors.AssociateRq, PduWriter.Write(rq));
    }

    [Fact]
    public void Acceptance_is_read_field_by_field()
    {
        var ac = Read<AAssociateAc>(Vectors.AssociateAc);

        Assert.Equal("ORTHANC", ac.CalledAETitle);
        Assert.Equal("RIS_CONNECTOR", ac.CallingAETitle);
        Assert.Equal(
            [new PresentationContextAc(1, 0, "1.2.840.10008.1.2"), new PresentationContextAc(3, 3, "")],
            ac.PresentationContexts);
        Assert.True(ac.PresentationContexts[0].IsAccepted);
        Assert.False(ac.PresentationContexts[1].IsAccepted);
        Assert.Equal(16384u, ac.UserInformation.MaxPduLength);
        Assert.Null(ac.UserInformation.ImplementationVersionName);
    }

    [Fact]
    public void Acceptance_is_written_as_the_vector()
    {
        var ac = Read<AAssociateRq>(Vectors.AssociateRq).Accept(
            [new(1, PresentationContextAc.Acceptance, "1.2.840.10008.1.2"), new(3, PresentationContextAc.AbstractSyntaxNotSupported, "")],
            new() { MaxPduLength = 16384, ImplementationClassUID = "2.25.987654" });

        Assert.Equal(Vectors.AssociateAc, PduWriter.Write(ac));
    }

    [Fact]
    public void Acceptance_returns_titles_and_reserved_bytes_exactly_as_they_came()
    {
        var bytes = Wire.Associate(1, ApplicationContext);
        "  ORTHANC       "u8.CopyTo(bytes.AsSpan(10));
        for (var i = 42; i < 74; i++)
            bytes[i] = (byte)i;

        var rq = Read<AAssociateRq>(bytes);
        var answer = PduWriter.Write(rq.Accept([], new()));

        Assert.Equal("ORTHANC", rq.CalledAETitle);
        Assert.Equal(bytes[10..74], answer[10..74]);
    }

    [Theory]
    [InlineData(0x0001, true)]
    [InlineData(0x8003, true)] // the sender knows other versions too
    [InlineData(0x0002, false)]
    [InlineData(0x0000, false)]
    public void Only_bit_0_of_the_protocol_version_counts(int version, bool offered)
    {
        var bytes = (byte[])Vectors.AssociateRq.Clone();
        bytes[6] = (byte)(version >> 8);
        bytes[7] = (byte)version;

        var rq = Read<AAssociateRq>(bytes);

        Assert.Equal(version, rq.ProtocolVersion);
        Assert.Equal(offered, rq.OffersVersion1);
    }

    [Fact]
    public void Reserved_fields_are_not_tested()
    {
        var bytes = (byte[])Vectors.AssociateRq.Clone();
        foreach (var at in new[] { 1, 8, 9, 42, 73, 75, 100, 104, 105, 106 })
            bytes[at] = 0xFF;

        Assert.Single(Read<AAssociateRq>(bytes).PresentationContexts);
    }

    [Fact]
    public void Unknown_items_and_sub_items_are_skipped()
    {
        var context = Wire.Item(0x20,
        [
            5, 0, 0, 0, .. Wire.Item(0x99, 1, 2, 3), .. Wire.Item(0x30, [.. "1.2"u8]), .. Wire.Item(0x41), .. Wire.Item(0x40, [.. "1.3"u8])
        ]);

        var rq = Read<AAssociateRq>(Wire.Associate(1, Wire.Item(0xEE, 9, 9), ApplicationContext, context, Wire.Item(0x21, 1)));

        var read = Assert.Single(rq.PresentationContexts);
        Assert.Equal((5, "1.2", "1.3"), (read.Id, read.AbstractSyntax, Assert.Single(read.TransferSyntaxes)));
    }

    [Fact]
    public void Uids_padded_with_nuls_or_spaces_are_read()
    {
        var context = Wire.Item(0x20, [1, 0, 0, 0, .. Wire.Item(0x30, [.. "1.2.3\0"u8]), .. Wire.Item(0x40, [.. " 1.2.4 \0\0"u8])]);

        var read = Assert.Single(Read<AAssociateRq>(Wire.Associate(1, ApplicationContext, context)).PresentationContexts);

        Assert.Equal(("1.2.3", "1.2.4"), (read.AbstractSyntax, read.TransferSyntaxes[0]));
    }

    [Fact]
    public void Titles_padded_with_nuls_are_read()
    {
        var bytes = Wire.Associate(1, ApplicationContext);
        "PACS\0\0\0\0\0\0\0\0\0\0\0\0"u8.CopyTo(bytes.AsSpan(10));

        Assert.Equal("PACS", Read<AAssociateRq>(bytes).CalledAETitle);
    }

    [Fact]
    public void What_is_missing_is_left_to_the_negotiation_to_refuse()
    {
        var context = Wire.Item(0x20, 1, 0, 0, 0);

        var rq = Read<AAssociateRq>(Wire.Associate(1, context));
        var ac = Read<AAssociateAc>(Wire.Associate(2, Wire.Item(0x21, 1, 0, 0, 0)));

        Assert.Equal(string.Empty, rq.ApplicationContextName);
        Assert.Equal((string.Empty, 0), (rq.PresentationContexts[0].AbstractSyntax, rq.PresentationContexts[0].TransferSyntaxes.Count));
        Assert.Equal(0u, rq.UserInformation.MaxPduLength);
        Assert.Equal(string.Empty, ac.PresentationContexts[0].TransferSyntax);
    }

    [Fact]
    public void All_128_odd_context_ids_may_be_used()
    {
        var contexts = Enumerable.Range(0, 128).Select(i => new PresentationContextRq((byte)(2 * i + 1), "1.2", ["1.3"])).ToArray();

        var rq = Read<AAssociateRq>(PduWriter.Write(new AAssociateRq { CalledAETitle = "A", CallingAETitle = "B", PresentationContexts = contexts }));

        Assert.Equal(contexts.Select(c => c.Id), rq.PresentationContexts.Select(c => c.Id));
    }

    [Theory]
    [InlineData(2, 1, "is even")]
    [InlineData(1, 1, "occurs twice")]
    [InlineData(255, 255, "occurs twice")]
    public void Even_and_repeated_context_ids_are_errors(byte first, byte second, string words)
    {
        var bytes = Wire.Associate(1, ApplicationContext, Wire.Item(0x20, first, 0, 0, 0), Wire.Item(0x20, second, 0, 0, 0));

        var error = Assert.Throws<DicomProtocolException>(() => Read<AAssociateRq>(bytes));

        Assert.Equal("Presentation-context-ID", error.Field);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(first == 2 ? 103 : 111, error.Offset);
    }

    [Fact]
    public void An_answer_to_a_context_never_proposed_is_read()
    {
        var ac = Read<AAssociateAc>(Wire.Associate(2, Wire.Item(0x21, 2, 0, 0, 0), Wire.Item(0x21, 200, 0, 0, 0)));

        Assert.Equal([2, 200], ac.PresentationContexts.Select(c => (int)c.Id));
    }

    [Theory]
    [InlineData(0x10, "Application-context-name")]
    [InlineData(0x50, "User-information")]
    public void An_item_that_must_occur_once_and_occurs_twice_is_an_error(byte type, string field)
    {
        var error = Assert.Throws<DicomProtocolException>(() => Read<AAssociateRq>(Wire.Associate(1, Wire.Item(type), Wire.Item(type))));

        Assert.Equal((field, 78L), (error.Field, error.Offset));
    }

    [Theory]
    [InlineData(0x20, 0x30, "Abstract-syntax-name")]
    [InlineData(0x21, 0x40, "Transfer-syntax-name")]
    public void Two_answers_to_one_question_are_an_error(byte item, byte subItem, string field)
    {
        var context = Wire.Item(item, [1, 0, 0, 0, .. Wire.Item(subItem), .. Wire.Item(subItem)]);

        var error = Assert.Throws<DicomProtocolException>(() => Read<Pdu>(Wire.Associate((byte)(item == 0x20 ? 1 : 2), context)));

        Assert.Equal(field, error.Field);
    }

    [Fact]
    public void An_item_longer_than_the_pdu_is_an_error_with_its_place()
    {
        var bytes = Wire.Associate(1, [0x10, 0, 0xFF, 0xFF, (byte)'1']);

        var error = Assert.Throws<DicomProtocolException>(() => Read<AAssociateRq>(bytes));

        Assert.Equal(78, error.Offset);
        Assert.Contains("65535", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("                ")]
    [InlineData("SEVENTEEN_LETTERS")]
    [InlineData("BACK\\SLASH")]
    public void Illegal_titles_are_never_sent(string title)
    {
        Assert.Throws<ArgumentException>(() => PduWriter.Write(new AAssociateRq { CalledAETitle = title, CallingAETitle = "B" }));
        Assert.Throws<ArgumentException>(() => PduWriter.Write(new AAssociateRq { CalledAETitle = "A", CallingAETitle = title }));
    }

    [Fact]
    public void Illegal_contexts_are_never_sent()
    {
        PresentationContextRq good = new(1, "1.2", ["1.3"]);

        Refuses(new PresentationContextRq(2, "1.2", ["1.3"]));
        Refuses(good, good);
        Refuses(new PresentationContextRq(1, "1.2", []));
        Refuses(new PresentationContextRq(1, "1.\u00B2", ["1.3"]));
        Refuses(new PresentationContextRq(1, "1.2", Enumerable.Repeat("1.2.840.10008.1.2.4.50", 2600).ToArray()));

        static void Refuses(params PresentationContextRq[] contexts) => Assert.Throws<ArgumentException>(
            () => PduWriter.Write(new AAssociateRq { CalledAETitle = "A", CallingAETitle = "B", PresentationContexts = contexts }));
    }

    private static T Read<T>(byte[] bytes)
        where T : Pdu
    {
        Assert.True(PduReader.TryRead(bytes, PduLimits.Default, out var pdu, out var consumed));
        Assert.Equal(bytes.Length, consumed);
        return Assert.IsAssignableFrom<T>(pdu);
    }
}
