using System.Runtime.CompilerServices;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>
/// Studies in the Patient Root model by keys of the patient. A hierarchical search (PS3.4 C.4.1.2.2.1) goes down level by level: the patients first, then the studies of
/// each by its Patient ID; what the archive said of the patient is put into the answers about the study.
/// </summary>
internal sealed class PatientRootSearch(FindScu find, PacsNode node, FindRequest request, QueryPlan plan)
{
    /// <summary>Without a key of the patient there is nothing to go down from; the query goes as it is, which most archives take.</summary>
    public static bool IsNeeded(QueryPlan plan) => plan.Parts[0].Keys.Any(IsOfPatient);

    public async IAsyncEnumerable<FindMatch> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var patients = request with
        {
            Identifiers = [QueryIdentifier.Build(QueryLevel.Patient, plan.Parts[0].Keys.Where(IsOfPatient), StudyAttributes.PatientLevel.Select(AttributePath.Of))],
        };
        await foreach (var patient in find.FindAsync(node, patients, cancellationToken).ConfigureAwait(false))
        {
            if (patient.Dataset.GetString(DicomTags.PatientID) is not { } id)
            {
                request.Log.Verbose($"{node}: a patient without Patient ID was passed over; its studies cannot be asked for in the Patient Root model.");
                continue;
            }

            await foreach (var study in find.FindAsync(node, StudiesOf(id), cancellationToken).ConfigureAwait(false))
            {
                var joined = Join(study.Dataset, patient.Dataset);

                // An ID with an asterisk in it is a wildcard on the wire.
                if (joined.GetString(DicomTags.PatientID) == id)
                {
                    yield return study with { Dataset = joined };
                }
            }
        }
    }

    private static bool IsOfPatient(MatchingKey key) => key.Path.Tags.Count == 1 && StudyAttributes.PatientLevel.Contains(key.Path.Leaf);

    private static bool IsOfPatient(AttributePath path) => path.Tags.Count == 1 && StudyAttributes.PatientLevel.Contains(path.Leaf);

    private FindRequest StudiesOf(string id)
    {
        var patientId = new MatchingKey(AttributePath.Of(DicomTags.PatientID), [id], _ => true);
        return request with
        {
            Identifiers = [.. plan.Parts.Select(part => QueryIdentifier.Build(
                QueryLevel.Study,
                [patientId, .. part.Keys.Where(key => !IsOfPatient(key))],
                plan.ReturnKeys.Where(path => !IsOfPatient(path))))],
        };
    }

    /// <summary>The answer about the study, with what is known of the patient where it says nothing itself.</summary>
    private static DicomDataset Join(DicomDataset study, DicomDataset patient)
    {
        // Elements copied to another data set take their text along, whatever set each came in; only Unicode surely holds both.
        var joined = new DicomDataset { FallbackEncoding = study.FallbackEncoding };
        joined.SetString(DicomTags.SpecificCharacterSet, DicomVR.CS, "ISO_IR 192");
        foreach (var element in patient.Where(element => element.Tag != DicomTags.SpecificCharacterSet))
        {
            joined.Set(element);
        }

        foreach (var element in study.Where(element => element.Tag != DicomTags.SpecificCharacterSet))
        {
            if (!element.IsEmpty || !joined.Contains(element.Tag))
            {
                joined.Set(element);
            }
        }

        return joined;
    }
}
