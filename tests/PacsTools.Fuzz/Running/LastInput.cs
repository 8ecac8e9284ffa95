using System.IO.MemoryMappedFiles;

namespace PacsTools.Fuzz.Running;

/// <summary>
/// The input under way in a file that outlives the process: a stack overflow or a lack of memory ends it without a word. Bytes: a length of four,
/// then the input.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private const int Capacity = 1 << 20;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    internal LastInput(string folder, string target, ulong seed)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, $"{target}-{seed}.last");
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, null, Capacity);
        _view = _file.CreateViewAccessor();
    }

    internal void Note(byte[] input)
    {
        int length = Math.Min(input.Length, Capacity - sizeof(int));
        _view.Write(0, length);
        _view.WriteArray(sizeof(int), input, 0, length);
    }

    /// <summary>The run ended in order: nobody needs the file.</summary>
    internal void Forget()
    {
        Dispose();
        File.Delete(_path);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
