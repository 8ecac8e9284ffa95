using System.Management.Automation;
using System.Reflection;
using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Module.Tests.Architecture;

/// <summary>The arrows of the design: PacsTools -> Services -> Dicom, nothing from anybody else, and one way out to PowerShell.</summary>
public class ArchitectureTests
{
    private const int LongestFile = 400;
    private const int LongestCommand = 150;

    private static readonly Assembly Dicom = typeof(DicomException).Assembly;
    private static readonly Assembly Services = typeof(PacsNode).Assembly;
    private static readonly Assembly Module = typeof(AsyncCmdlet).Assembly;

    [Fact]
    public void The_engine_references_nothing_but_the_base_class_library() => Assert.Empty(Foreign(Dicom));

    [Fact]
    public void The_services_reference_only_the_engine() => Assert.Equal(["PacsTools.Dicom"], Foreign(Services));

    [Fact]
    public void The_module_references_only_ours_and_PowerShell() =>
        Assert.Empty(Foreign(Module).Except(["PacsTools.Dicom", "PacsTools.Services", "System.Management.Automation"]));

    [Fact]
    public void Services_use_only_the_public_surface_of_the_engine()
    {
        var friends = Dicom.GetCustomAttributesData().Where(a => a.AttributeType.Name == "InternalsVisibleToAttribute").Select(a => (string)a.ConstructorArguments[0].Value!);

        Assert.DoesNotContain("PacsTools.Services", friends);
        Assert.DoesNotContain("PacsTools", friends);
    }

    [Fact]
    public void Only_the_bridge_writes_to_PowerShell()
    {
        var writers = Calls.In(Module).Where(c => IsOutput(c.Called)).Select(c => c.Caller).Distinct().ToList();

        Assert.Contains(typeof(AsyncCmdlet), writers);
        Assert.Equal([typeof(AsyncCmdlet)], writers);
    }

    [Fact]
    public void No_script_block_is_ever_run() =>
        Assert.DoesNotContain(Calls.In(Module), c => c.Called.DeclaringType?.Name is "ScriptBlock" or "CommandInvocationIntrinsics" or "PowerShell");

    [Fact]
    public void No_program_is_started() =>
        Assert.DoesNotContain(new[] { Dicom, Services, Module }.SelectMany(Calls.In), c => c.Called.DeclaringType == typeof(System.Diagnostics.Process) && c.Called.Name == nameof(System.Diagnostics.Process.Start));

    [Fact]
    public void Native_code_is_called_in_the_C_library_alone_and_by_two_classes()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var native = (from assembly in new[] { Dicom, Services, Module }
                      from type in assembly.GetTypes()
                      from method in type.GetMethods(all)
                      let import = method.GetCustomAttribute<System.Runtime.InteropServices.DllImportAttribute>()
                      where import is not null
                      select (type.Name, import.Value)).Distinct().Order().ToList();

        Assert.Equal([("LinuxFile", "libc"), ("LinuxOwner", "libc")], native);
    }

    [Fact]
    public void Every_cmdlet_goes_over_the_bridge() =>
        Assert.All(Contract.CmdletMetadata.Cmdlets, cmdlet => Assert.True(typeof(AsyncCmdlet).IsAssignableFrom(cmdlet), cmdlet.Name));

    [Fact]
    public void No_source_file_is_longer_than_a_room_should_be()
    {
        var tooLong = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
                      let relative = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
                      where !relative.Contains("/obj/") && !relative.Contains("/bin/")
                      let lines = File.ReadLines(file).Count()
                      where lines > (relative.StartsWith("src/PacsTools/Commands/", StringComparison.Ordinal) ? LongestCommand : LongestFile)
                      select $"{relative}: {lines} lines";

        Assert.Empty(tooLong);
    }

    // What is in the shared framework comes with every PowerShell; anything else would have to be shipped.
    private static string[] Foreign(Assembly assembly)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return [.. assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !File.Exists(Path.Combine(framework, name + ".dll"))).Order(StringComparer.Ordinal)];
    }

    private static bool IsOutput(MethodBase method) =>
        method.DeclaringType is { } type && (typeof(Cmdlet).IsAssignableFrom(type) || type.Name is "ICommandRuntime" or "ICommandRuntime2")
        && (method.Name.StartsWith("Write", StringComparison.Ordinal) || method.Name is "ShouldProcess" or "ShouldContinue" or "ThrowTerminatingError");
}
