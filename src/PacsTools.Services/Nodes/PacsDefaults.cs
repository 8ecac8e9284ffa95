using System.Globalization;

namespace PacsTools.Services.Nodes;

/// <summary>The defaults of the product. Environment variables are read when a default is used, so that a change takes effect at once.</summary>
internal static class PacsDefaults
{
    public const int PacsPort = 104;
    public const string CalledAETitle = "ANY-SCP";

    public static string CallingAETitle => Title("PACSTOOLS_CALLING_AET", "RIS_CONNECTOR");

    public static string ScpAETitle => Title("PACSTOOLS_SCP_AET", "RIS_STORE_SCP");

    public static int ScpPort => (int)Number("PACSTOOLS_SCP_PORT", 11113, 1, 65535, "a port");

    public static TimeSpan AssociationTimeout => Seconds("PACSTOOLS_TIMEOUT_ASSOCIATION", 30);

    public static TimeSpan EchoTimeout => Seconds("PACSTOOLS_TIMEOUT_ECHO", 10);

    /// <summary>Inactivity, not a total.</summary>
    public static TimeSpan FindTimeout => Seconds("PACSTOOLS_TIMEOUT_FIND", 120);

    /// <summary>Inactivity, not a total.</summary>
    public static TimeSpan MoveTimeout => Seconds("PACSTOOLS_TIMEOUT_MOVE", 300);

    public static TimeSpan StoreTimeout => Seconds("PACSTOOLS_TIMEOUT_STORE", 60);

    /// <summary>How long an archive may take to report on storage commitment.</summary>
    public static TimeSpan CommitmentTimeout => Seconds("PACSTOOLS_TIMEOUT_COMMITMENT", 120);

    /// <summary>The folder for temporary storage, or null for the one below the system's temporary folder.</summary>
    public static string? StoragePath => Read("PACSTOOLS_STORAGE");

    private static string Title(string variable, string standard)
    {
        var value = Read(variable);
        return value is null ? standard : TitleText.Check(value, $"value of {variable}");
    }

    private static TimeSpan Seconds(string variable, double standard) =>
        TimeSpan.FromSeconds(Number(variable, standard, 0.001, 24 * 3600, "a number of seconds"));

    private static double Number(string variable, double standard, double least, double most, string what)
    {
        var value = Read(variable);
        if (value is null)
        {
            return standard;
        }

        return double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most && (what != "a port" || number == Math.Floor(number))
            ? number
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The environment variable {variable} is '{value}', which is not {what} from {least} to {most}."));
    }

    private static string? Read(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
