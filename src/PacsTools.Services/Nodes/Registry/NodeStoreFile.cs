using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PacsTools.Services.Nodes;

/// <summary>
/// The file of the registry: read as a whole, replaced as a whole, changed under a lock that other processes see. What this version does
/// not know in it stays as it is. Only its owner may read it.
/// </summary>
internal sealed class NodeStoreFile(NodeStorePath path, TimeSpan? lockPatience = null)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const int PollMilliseconds = 10;

    private static readonly JsonSerializerOptions s_layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions s_tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonNodeOptions s_names = new() { PropertyNameCaseInsensitive = true };

    private readonly TimeSpan _lockPatience = lockPatience ?? TimeSpan.FromSeconds(15);

    public NodeStorePath Path => path;

    /// <summary>An empty store.</summary>
    public static JsonObject Empty() => new(s_names) { ["version"] = 1, ["nodes"] = new JsonObject(s_names) };

    public static JsonObject NewEntry() => new(s_names);

    /// <summary>The store; empty if there is no file.</summary>
    /// <exception cref="NodeRegistryException">It cannot be read, or is damaged; nothing has been touched.</exception>
    public JsonObject Read()
    {
        try
        {
            // Without a lock: the file is only ever replaced whole.
            using var stream = new FileStream(path.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var root = JsonNode.Parse(stream, s_names, s_tolerant) as JsonObject ?? throw new JsonException("it is no JSON object");
            return Nodes(root) is null ? throw new JsonException("it has no object \"nodes\"") : root;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Empty();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Damaged(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeRegistryException("NodeStore.CannotRead", $"The registry of nodes '{path.File}' cannot be read: {e.Message}", e) { Advice = "Check who owns the file and who may read it." };
        }
    }

    /// <summary>The store, if it can also be written again with what this version does not know in it.</summary>
    /// <exception cref="NodeRegistryException">As <see cref="Read"/>; nothing has been touched.</exception>
    public JsonObject ReadToChange()
    {
        var root = Read();
        try
        {
            // Text is looked at only when it is needed, and half a surrogate pair can be read by nobody.
            root.ToJsonString(s_layout);
            return root;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw Damaged(e);
        }
    }

    /// <summary>The entries of a store; null if it has none.</summary>
    /// <exception cref="ArgumentException">A name stands there twice, which only the first look-up finds.</exception>
    public static JsonObject? Nodes(JsonObject root) => root["nodes"] is JsonObject nodes && !nodes.ContainsKey("") ? nodes : null;

    /// <summary>Changes the store while nobody else can. A damaged one is put aside under another name first and a new one begun.</summary>
    /// <param name="change">Changes it; true if there is something to write.</param>
    /// <param name="setAside">Told the name the damaged one has now, and what was wrong with it.</param>
    /// <exception cref="NodeRegistryException">It cannot be written, or another process holds it for too long.</exception>
    public void Change(Func<JsonObject, bool> change, Action<string, NodeRegistryException> setAside)
    {
        try
        {
            PrepareFolder();
            using var held = Lock();
            JsonObject root;
            try
            {
                root = ReadToChange();
            }
            catch (NodeRegistryException e) when (e.Id == "NodeStore.Damaged")
            {
                setAside(PutAside(), e);
                root = Empty();
            }

            if (change(root))
                Replace(root.ToJsonString(s_layout));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeRegistryException("NodeStore.CannotWrite", $"The registry of nodes '{path.File}' cannot be written: {e.Message}", e)
            {
                Advice = $"Check the permissions of the folder, or set {NodeStorePath.Variable} to a file you may write.",
            };
        }
    }

    private NodeRegistryException Damaged(Exception cause) =>
        new("NodeStore.Damaged", $"The registry of nodes '{path.File}' is damaged and was left as it is: {cause.Message}", cause)
        {
            Advice = "Repair the file, or register the nodes again: Register-PacsNode puts the damaged file aside under another name first.",
        };

    private void PrepareFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            // What lies in the profile of a user is private there by itself.
            Directory.CreateDirectory(path.Folder);
            return;
        }

        Directory.CreateDirectory(path.Folder, OwnerFolder);
        if (path.IsOurFolder && File.GetUnixFileMode(path.Folder) != OwnerFolder)
            File.SetUnixFileMode(path.Folder, OwnerFolder);
    }

    private FileStream Lock()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        var deadline = Environment.TickCount64 + (long)_lockPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path.LockFile, options);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (Environment.TickCount64 > deadline)
                    throw new NodeRegistryException("NodeStore.Locked", $"Another process has held the registry of nodes '{path.File}' for {_lockPatience.TotalSeconds:0.#} s.", e) { Advice = "Try again; if it stays so, end the process that holds the lock file beside it." };
                // The system has no way to wait for such a lock with a bound.
                Thread.Sleep(PollMilliseconds);
            }
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of the BSDs: .NET passes the system's number on. A full or
    // read-only disk is nobody's lock.
    private static bool IsHeld(IOException error) => OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 32 or 33 : error.HResult is 11 or 35;

    private void Replace(string text)
    {
        // A store that is a link (a folder of dotfiles) stays one: what it points to is replaced.
        var target = new FileInfo(path.File).LinkTarget is null ? path.File : File.ResolveLinkTarget(path.File, returnFinalTarget: true)!.FullName;
        var temporary = $"{target}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        try
        {
            File.Delete(temporary);
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
                stream.Flush(flushToDisk: true);
            }

            Move(temporary, target);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Windows refuses while somebody has the file open for reading, which is over in a moment.
    private static void Move(string from, string to)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows() && left > 0)
            {
                Thread.Sleep(PollMilliseconds);
            }
        }
    }

    private string PutAside()
    {
        for (var number = 1; ; number++)
        {
            var name = $"{path.File}.damaged-{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            if (File.Exists(name))
                continue;
            File.Move(path.File, name);
            return name;
        }
    }
}
