using System.Diagnostics;
using System.Globalization;
using PacsTools.Benchmarks.Children;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Benchmarks.Roles;

/// <summary>C-ECHO, ours and the floor below it. Job: pooled, direct, raw or raw-direct; port, AE title, how many.</summary>
internal sealed class EchoRole : IRole
{
    private static readonly ProposedContext[] s_contexts = [new(DicomUids.Verification, [TransferSyntax.ImplicitVRLittleEndian.UID])];

    public Task<Answer> DoAsync(string[] words)
    {
        int port = int.Parse(words[1], CultureInfo.InvariantCulture), count = int.Parse(words[3], CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();
        switch (words[0])
        {
            case "pooled":
                var pool = new AssociationPool(DirectAssociations.Default);
                Ours(pool, port, words[2], count);
                pool.Clear();
                break;
            case "direct":
                Ours(DirectAssociations.Default, port, words[2], count);
                break;
            case "raw":
                Raw(port, words[2], count);
                break;
            default:
                for (int i = 0; i < count; i++)
                    Raw(port, words[2], 1);
                break;
        }
        return Task.FromResult(new Answer(("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds)));
    }

    private static void Ours(IAssociations associations, int port, string aeTitle, int count)
    {
        var node = new PacsNode { HostName = "127.0.0.1", Port = port, CalledAETitle = aeTitle };
        var scu = new EchoScu();
        var template = new EchoResult { Node = node };
        for (int i = 0; i < count; i++)
        {
            EchoResult result = associations.Use(node, s_contexts, a => scu.EchoOnce(a, node, template, CancellationToken.None), CancellationToken.None);
            if (!result.Success)
                throw new InvalidOperationException("A C-ECHO failed.", result.Error);
        }
    }

    private static void Raw(int port, string aeTitle, int count)
    {
        byte[] echo = RawPdu.DataValue(1, isCommand: true, isLast: true, RawCommand.Request(RawCommand.CEchoRq, 1, DicomUids.Verification).ToBytes()).ToBytes();
        using var connection = new RawConnection(port);
        connection.Associate(aeTitle, DicomUids.Verification, RawAssociate.ImplicitLittleEndian);
        for (int i = 0; i < count; i++)
        {
            connection.Send(echo);
            connection.ReadSuccess();
        }
        connection.Release();
    }
}
