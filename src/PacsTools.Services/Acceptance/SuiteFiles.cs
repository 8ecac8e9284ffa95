using System.Text;
using System.Text.RegularExpressions;

namespace PacsTools.Services.Acceptance;

/// <summary>The two files of a suite: the tests, and what was agreed. They are made from templates that ship with the module.</summary>
/// <param name="templates">The folder of the templates.</param>
/// <param name="folder">Where the files go; made if need be.</param>
/// <param name="name">The name of the suite.</param>
internal sealed class SuiteFiles(string templates, string folder, string name)
{
    private const string TestsTemplate = "Suite.ps1.template";
    private const string DataTemplate = "Agreement.psd1.template";

    /// <summary>The tests.</summary>
    public string Tests { get; } = Path.Combine(folder, $"{name}.Tests.ps1");

    /// <summary>What was agreed.</summary>
    public string Data { get; } = Path.Combine(folder, $"{name}.Acceptance.psd1");

    /// <exception cref="AcceptanceException">One of them is there.</exception>
    public void RequireNone()
    {
        foreach (var path in new[] { Tests, Data })
        {
            if (Path.Exists(path))
                throw new AcceptanceException("Acceptance.FileExists", $"{path} is there already; suites are meant to be edited, and nothing was overwritten.") { Advice = "Choose another -Name or -Path, or overwrite both files with -Force." };
        }
    }

    /// <summary>Writes both; what was there under their names is gone.</summary>
    /// <param name="agreement">What was agreed.</param>
    /// <param name="version">Of the module.</param>
    /// <param name="date">When it was found out.</param>
    /// <exception cref="AcceptanceException">They cannot be written.</exception>
    public IReadOnlyList<string> Write(AcceptanceAgreement agreement, string version, DateOnly date)
    {
        var values = AgreementText.Of(agreement);
        values["Name"] = name;
        values["Version"] = version;
        values["Date"] = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            Directory.CreateDirectory(folder);
            Write(Data, Fill(DataTemplate, values));
            Write(Tests, Fill(TestsTemplate, values));
            return [Tests, Data];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AcceptanceException("Acceptance.CannotWrite", $"The suite cannot be written to {folder}: {e.Message}", e);
        }
    }

    private string Fill(string template, Dictionary<string, string> values)
    {
        // In one go: what an archive calls itself may look like a place too.
        var text = File.ReadAllText(Path.Combine(templates, template)).ReplaceLineEndings("\n");
        return Regex.Replace(text, @"\{\{(\w+)\}\}", place => values.GetValueOrDefault(place.Groups[1].Value, place.Value), RegexOptions.CultureInvariant);
    }

    // Whoever reads it, Windows PowerShell's tools too, knows by the mark that it is UTF-8.
    private static void Write(string path, string text) => File.WriteAllText(path, text.ReplaceLineEndings(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: text.Any(c => c > '\x7F')));
}
