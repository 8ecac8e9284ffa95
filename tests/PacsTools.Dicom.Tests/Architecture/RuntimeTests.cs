namespace PacsTools.Dicom.Tests.Architecture;

/// <summary>Which .NET these tests run on: -p:TestFramework=net8.0 stands for PowerShell 7.4.</summary>
public class RuntimeTests
{
#if NET10_0_OR_GREATER
    private const int Major = 10;
#else
    private const int Major = 8;
#endif

    [Fact]
    public void The_tests_run_on_the_runtime_they_were_built_for() => Assert.Equal(Major, Environment.Version.Major);

    [Fact]
    public void The_product_is_built_for_net_8() => Assert.Contains(
        typeof(global::PacsTools.Dicom.Data.DicomDataset).Assembly.GetCustomAttributesData(),
        a => a.AttributeType.Name == "TargetFrameworkAttribute" && (string)a.ConstructorArguments[0].Value! == ".NETCoreApp,Version=v8.0");
}
