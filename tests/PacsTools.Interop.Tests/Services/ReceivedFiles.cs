using PacsTools.TestKit.Data;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Compares a folder with what was sent.</summary>
internal static class ReceivedFiles
{
    /// <summary>Every file below a folder, hidden and temporary ones too.</summary>
    public static string[] In(string folder) => Directory.GetFiles(
        folder,
        "*",
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });

    /// <summary>The folder holds these instances in the default layout, byte for byte, and nothing else.</summary>
    public static void AssertExactly(string folder, IEnumerable<TestInstance> sent)
    {
        HashSet<string> left = [.. In(folder)];
        foreach (TestInstance instance in sent)
            Assert.True(left.Remove(AssertEqual(folder, instance)));
        Assert.Empty(left);
    }

    /// <summary>Whatever the folder holds is one of these instances, whole; returns how many.</summary>
    public static int AssertOnlyWhole(string folder, IEnumerable<TestInstance> sent)
    {
        Dictionary<string, TestInstance> known = sent.ToDictionary(i => PathOf(folder, i));
        string[] files = In(folder);
        foreach (string file in files)
        {
            Assert.True(known.TryGetValue(file, out TestInstance? instance), $"{file} does not belong here");
            AssertEqual(folder, instance);
        }
        return files.Length;
    }

    /// <summary>Compares the data sets of two files too large to be read.</summary>
    public static bool HaveEqualDataSets(string sent, string received)
    {
        using FileStream a = File.OpenRead(sent), b = File.OpenRead(received);
        a.Position = DataSetStart(a);
        b.Position = DataSetStart(b);
        if (a.Length - a.Position != b.Length - b.Position)
            return false;
        byte[] one = new byte[Math.Clamp(a.Length - a.Position, 1, 1 << 20)], two = new byte[one.Length];
        for (int read; (read = a.ReadAtLeast(one, one.Length, throwOnEndOfStream: false)) > 0;)
        {
            b.ReadExactly(two, 0, read);
            if (!one.AsSpan(0, read).SequenceEqual(two.AsSpan(0, read)))
                return false;
        }
        return true;
    }

    private static string AssertEqual(string folder, TestInstance instance)
    {
        string path = PathOf(folder, instance);
        Assert.True(File.Exists(path), $"{path} is missing");
        Assert.True(instance.DataSet.AsSpan().SequenceEqual(TestInstance.DataSetOf(path)), $"{path} differs from what was sent");
        return path;
    }

    private static string PathOf(string folder, TestInstance instance) =>
        Path.Combine(folder, instance.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID + ".dcm");

    private static long DataSetStart(FileStream file)
    {
        byte[] head = new byte[144];
        file.ReadExactly(head);
        return 144 + BitConverter.ToInt32(head, 140);
    }
}
