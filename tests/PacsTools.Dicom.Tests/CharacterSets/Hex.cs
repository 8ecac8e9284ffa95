namespace PacsTools.Dicom.Tests.CharacterSets;

internal static class Hex
{
    internal static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
