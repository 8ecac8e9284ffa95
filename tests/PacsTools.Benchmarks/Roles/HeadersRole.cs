using System.Diagnostics;
using PacsTools.Benchmarks.Children;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;

namespace PacsTools.Benchmarks.Roles;

/// <summary>Headers of files, one after the other, read to the pixel data, two values of each decoded. Job: file with one path a line; read or nothing.</summary>
internal sealed class HeadersRole : IRole
{
    public async Task<Answer> DoAsync(string[] words)
    {
        string[] paths = await File.ReadAllLinesAsync(words[0]);
        if (words[1] == "nothing")
            return new Answer();
        long start = Stopwatch.GetTimestamp();
        long characters = 0;
        foreach (string path in paths)
        {
            DicomFile file = DicomFile.Open(path);
            characters += file.Dataset.GetString(DicomTags.PatientName)!.Length + file.Dataset.GetString(DicomTags.SOPInstanceUID)!.Length;
        }
        return new Answer(("seconds", Stopwatch.GetElapsedTime(start).TotalSeconds), ("characters", characters));
    }
}
