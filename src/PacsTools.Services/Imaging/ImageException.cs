namespace PacsTools.Services.Imaging;

/// <summary>A picture cannot be made of an instance.</summary>
/// <param name="id">A stable word for the cause: <c>Image.NoPixelData</c>, <c>Image.NotDecodable</c>, <c>Image.NoSuchFrame</c>, <c>Image.Unsupported</c>, <c>Image.Broken</c>, <c>Image.CannotWrite</c>.</param>
/// <param name="message">The cause in words.</param>
internal sealed class ImageException(string id, string message) : Exception(message)
{
    public string Id => id;
}
