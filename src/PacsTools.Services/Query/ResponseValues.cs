using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>Values of a response as result records show them.</summary>
internal static class ResponseValues
{
    /// <summary>The values that say something; empty if there are none.</summary>
    public static string[] GetFilled(this DicomDataset dataset, DicomTag tag) => Array.FindAll(dataset.GetStrings(tag), value => value.Length > 0);

    /// <summary>A number of things, which below zero is as illegal as letters.</summary>
    public static int? GetCount(this DicomDataset dataset, DicomTag tag) => dataset.GetInt32(tag) is { } count and >= 0 ? count : null;
}
