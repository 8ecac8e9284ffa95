namespace PacsTools.Pipeline;

/// <summary>The words of an exception as people at a prompt should read them.</summary>
internal static class ErrorText
{
    /// <summary>The message without the name .NET adds to it, "(Parameter 'port')": that is one of the code, and of no parameter of the cmdlet.</summary>
    public static string Of(Exception error) => error is ArgumentException { ParamName.Length: > 0 } argument
        ? error.Message.Replace($" (Parameter '{argument.ParamName}')", "", StringComparison.Ordinal)
        : error.Message;
}
