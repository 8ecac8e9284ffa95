using PacsTools.Pack;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: PacsTools.Pack <folder of the module> <folder for the package>");
    return 2;
}

try
{
    Console.WriteLine(ModulePackage.Write(args[0], args[1]));
    return 0;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error PACK1: {e.Message}");
    return 1;
}
