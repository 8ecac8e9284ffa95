using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Tests.Pdus;

public class PduRoundTripTests
{
    private static readonly Gen<string> Uid =
        from parts in Gen.Choose(0, 99999).ListOf(5)
        select "1." + string.Join('.', parts);

    private static readonly Gen<string> Title =
        from letters in Gen.Elements("ABCXYZ abc019_-.!".ToCharArray()).ListOf(14)
        select ("T" + string.Concat(letters)).Trim();

    private static readonly Gen<byte[]> Bytes =
        from length in Gen.Choose(0, 200)
        from fill in Gen.Choose(0, 255)
        select Enumerable.Range(0, length).Select(i => (byte)(fill + 7 * i)).ToArray();

    private static readonly Gen<UserInformation> User =
        from max in Gen.Choose(0, int.MaxValue)
        from classUid in Uid
        from version in Gen.Elements(null, "V", "PACSTOOLS_0.1")
        from window in Gen.Choose(0, 65535).Optional(w => new AsynchronousOperationsWindow((ushort)w, (ushort)(w / 3)))
        from roles in (from u in Uid from scu in Flag from scp in Flag select new RoleSelection(u, scu, scp)).List(4)
        from extended in (from u in Uid from b in Bytes select new ExtendedNegotiation(u, b)).List(4)
        from common in (from u in Uid from s in Uid from r in Uid.List(3) select new CommonExtendedNegotiation(u, s, r)).List(3)
        from identity in (from t in Gen.Choose(1, 5) from f in Flag from p in Bytes from s in Bytes select (t, f, p, s))
            .Optional(i => new UserIdentityRq((UserIdentityType)i.t, i.f, i.p, i.s))
        from answer in Bytes.Optional(b => new UserIdentityAc(b))
        select new UserInformation
        {
            MaxPduLength = (uint)max,
            ImplementationClassUID = classUid,
            ImplementationVersionName = version,
            AsynchronousOperationsWindow = window,
            RoleSelections = roles,
            ExtendedNegotiations = extended,
            CommonExtendedNegotiations = common,
            UserIdentityRq = identity,
            UserIdentityAc = answer,
        };

    private static readonly Gen<Pdu> Request =
        from called in Title
        from calling in Title
        from count in Gen.Choose(0, 128)
        from abstractSyntax in Uid
        from syntaxes in Uid.List(4)
        from user in User
        select (Pdu)new AAssociateRq
        {
            CalledAETitle = called,
            CallingAETitle = calling,
            PresentationContexts = Enumerable.Range(0, count)
                .Select(i => new PresentationContextRq((byte)(2 * i + 1), abstractSyntax, [.. syntaxes, "1.2"])).ToArray(),
            UserInformation = user,
        };

    private static readonly Gen<Pdu> Acceptance =
        from called in Title
        from calling in Title
        from results in Gen.Choose(0, 255).List(128)
        from syntax in Uid
        from user in User
        select (Pdu)new AAssociateAc
        {
            CalledAETitle = called,
            CallingAETitle = calling,
            PresentationContexts = results.Select((r, i) => new PresentationContextAc((byte)(2 * i + 1), (byte)r, syntax)).ToArray(),
            UserInformation = user,
        };

    private static readonly Gen<Pdu> Data =
        from values in (from id in Gen.Choose(0, 255)
                        from command in Flag
                        from last in Flag
                        from bytes in Bytes
                        select new Pdv((byte)id, command, last, bytes.AsMemory(0, bytes.Length & ~1))).List(5)
        from final in Bytes
        select (Pdu)new PDataTf([.. values, new Pdv(1, false, true, final.AsMemory(0, final.Length & ~1))]);

    private static readonly Gen<Pdu> Short =
        from b in Gen.Choose(0, 255).Three()
        from pdu in Gen.Elements<Pdu>(
            new AAssociateRj((byte)b.Item1, (byte)b.Item2, (byte)b.Item3), new AAbort((byte)b.Item1, (byte)b.Item2), new AReleaseRq(), new AReleaseRp())
        select pdu;

    private static Gen<bool> Flag => Gen.Elements(true, false);

    [Fact]
    public void What_is_written_is_read_back()
    {
        Prop.ForAll(Gen.OneOf(Request, Acceptance, Data, Short).ToArbitrary(), pdu =>
        {
            var bytes = PduWriter.Write(pdu);
            Assert.True(PduReader.TryRead(bytes, PduLimits.Default, out var read, out var consumed));
            Assert.Equal(bytes.Length, consumed);
            Assert.Equal(Render(pdu), Render(read));
            Assert.Equal(bytes, PduWriter.Write(read));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static string Render(Pdu pdu) => pdu.Type + JsonSerializer.Serialize(pdu, pdu.GetType());
}

/// <summary>Shorthands for generators.</summary>
internal static class Generators
{
    public static Gen<T?> Optional<TFrom, T>(this Gen<TFrom> gen, Func<TFrom, T> make)
        where T : class =>
        Gen.OneOf(Gen.Constant<T?>(null), gen.Select(value => (T?)make(value)));

    public static Gen<T[]> List<T>(this Gen<T> gen, int max) =>
        from count in Gen.Choose(0, max)
        from items in gen.ListOf(count)
        select items.ToArray();
}
