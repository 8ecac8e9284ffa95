namespace PacsTools.Services.Nodes;

/// <summary>What may be the base of DICOMweb services.</summary>
internal static class DicomWebText
{
    public static Uri? Check(Uri? value)
    {
        if (value is null)
            return null;
        if (!value.IsAbsoluteUri || (value.Scheme != Uri.UriSchemeHttp && value.Scheme != Uri.UriSchemeHttps) || value.Host.Length == 0)
            throw new ArgumentException($"'{value}' is no base of DICOMweb services: write http:// or https://, host and path, as in https://pacs/dicom-web.");
        // What is part of the URI would be shown and logged with it.
        if (value.UserInfo.Length > 0)
            throw new ArgumentException("The DICOMweb URI holds a user name or password: give them as a credential.");
        if (value.Query.Length > 0 || value.Fragment.Length > 0)
            throw new ArgumentException($"'{value}' is no base of DICOMweb services: it has a query or a fragment.");
        return value.AbsolutePath.EndsWith('/') ? new Uri(value.AbsoluteUri.TrimEnd('/')) : value;
    }
}
