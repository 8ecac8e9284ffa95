using PacsTools.Dicom.Dimse;

namespace PacsTools.Dicom.Tests.Status;

public sealed class DimseStatusTests
{
    [Theory]
    [InlineData(DimseService.Store, 0x0000, DimseStatusClass.Success, "Success")]
    [InlineData(DimseService.Find, 0xFF00, DimseStatusClass.Pending, "MatchSupplied")]
    [InlineData(DimseService.Find, 0xFF01, DimseStatusClass.Pending, "MatchSuppliedKeysNotSupported")]
    [InlineData(DimseService.Find, 0xFE00, DimseStatusClass.Cancel, "Cancelled")]
    [InlineData(DimseService.Find, 0xA700, DimseStatusClass.Failure, "OutOfResources")]
    [InlineData(DimseService.Find, 0xA710, DimseStatusClass.Failure, "InvalidPriorRecordKey")]
    [InlineData(DimseService.Find, 0xA900, DimseStatusClass.Failure, "IdentifierDoesNotMatchSOPClass")]
    [InlineData(DimseService.Find, 0xB001, DimseStatusClass.Warning, "ResponseLimitReached")]
    [InlineData(DimseService.Find, 0xC001, DimseStatusClass.Failure, "UnableToProcess")]
    [InlineData(DimseService.Store, 0xA700, DimseStatusClass.Failure, "OutOfResources")]
    [InlineData(DimseService.Store, 0xA7FF, DimseStatusClass.Failure, "OutOfResources")]
    [InlineData(DimseService.Store, 0xA9AB, DimseStatusClass.Failure, "DataSetDoesNotMatchSOPClass")]
    [InlineData(DimseService.Store, 0xB000, DimseStatusClass.Warning, "CoercionOfDataElements")]
    [InlineData(DimseService.Store, 0xB006, DimseStatusClass.Warning, "ElementsDiscarded")]
    [InlineData(DimseService.Store, 0xB007, DimseStatusClass.Warning, "DataSetDoesNotMatchSOPClass")]
    [InlineData(DimseService.Store, 0xC123, DimseStatusClass.Failure, "CannotUnderstand")]
    [InlineData(DimseService.Move, 0xA701, DimseStatusClass.Failure, "OutOfResourcesMatches")]
    [InlineData(DimseService.Move, 0xA702, DimseStatusClass.Failure, "OutOfResourcesSubOperations")]
    [InlineData(DimseService.Move, 0xA801, DimseStatusClass.Failure, "MoveDestinationUnknown")]
    [InlineData(DimseService.Move, 0xAA03, DimseStatusClass.Failure, "NotTimeBased")]
    [InlineData(DimseService.Move, 0xB000, DimseStatusClass.Warning, "SubOperationsFailed")]
    [InlineData(DimseService.Get, 0xA702, DimseStatusClass.Failure, "OutOfResourcesSubOperations")]
    [InlineData(DimseService.Get, 0xB000, DimseStatusClass.Warning, "SubOperationsFailed")]
    [InlineData(DimseService.ModalityWorklist, 0xA900, DimseStatusClass.Failure, "IdentifierDoesNotMatchSOPClass")]
    [InlineData(DimseService.ModalityWorklist, 0xB001, DimseStatusClass.Warning, "ResponseLimitReached")] // from C-FIND
    [InlineData(DimseService.RelevantPatientInformation, 0xC100, DimseStatusClass.Failure, "MoreThanOneMatch")]
    [InlineData(DimseService.RelevantPatientInformation, 0xC200, DimseStatusClass.Failure, "TemplateNotSupported")]
    [InlineData(DimseService.StorageCommitment, 0x0131, DimseStatusClass.Failure, "DuplicateTransactionUID")]
    [InlineData(DimseService.PerformedProcedureStep, 0x0110, DimseStatusClass.Failure, "MayNoLongerBeUpdated")]
    [InlineData(DimseService.UnifiedProcedureStep, 0xC308, DimseStatusClass.Failure, "ReceivingAETitleUnknown")]
    [InlineData(DimseService.UnifiedProcedureStep, 0xC3FF, DimseStatusClass.Failure, "UnableToProcess")]
    [InlineData(DimseService.Print, 0xC605, DimseStatusClass.Failure, "PrinterMemoryInsufficient")]
    [InlineData(DimseService.NAction, 0x0123, DimseStatusClass.Failure, "NoSuchActionType")]
    [InlineData(DimseService.NEventReport, 0x0113, DimseStatusClass.Failure, "NoSuchEventType")]
    public void KnowsCodesByService(DimseService service, int code, DimseStatusClass statusClass, string name)
    {
        DimseStatus status = DimseStatus.Lookup(service, (ushort)code);
        Assert.Equal((statusClass, name, true, (ushort)code), (status.Class, status.Name, status.IsKnown, status.Code));
        Assert.Equal(status.Code, status.LastCode);
    }

    [Theory]
    [InlineData(DimseService.Any, DimseService.Any)]
    [InlineData(DimseService.Echo, DimseService.Any)]
    [InlineData(DimseService.Store, DimseService.Any)]
    [InlineData(DimseService.NonPatientObjectStorage, DimseService.Any)]
    [InlineData(DimseService.NAction, DimseService.Any)]
    [InlineData(DimseService.Find, DimseService.Find)]
    [InlineData(DimseService.ModalityWorklist, DimseService.Find)]
    [InlineData(DimseService.StorageManagement, DimseService.Find)]
    [InlineData(DimseService.Move, DimseService.Move)]
    [InlineData(DimseService.Get, DimseService.Get)]
    public void SuccessWhichIsToldWithoutTheTableIsThatOfTheTable(DimseService service, DimseService worded) =>
        Assert.Same(Assert.Single(DimseStatus.Table, status => status.Code == 0 && status.Service == worded), DimseStatus.Lookup(service, 0x0000));

    [Fact]
    public void NoOtherServiceWordsSuccess() => Assert.Equal(
        [DimseService.Any, DimseService.Find, DimseService.Move, DimseService.Get],
        DimseStatus.Table.Where(status => status.Code == 0).Select(status => status.Service));

    [Theory]
    [InlineData(0x0001, DimseStatusClass.Warning, "OptionalAttributesNotSupported")]
    [InlineData(0x0105, DimseStatusClass.Failure, "NoSuchAttribute")]
    [InlineData(0x0106, DimseStatusClass.Failure, "InvalidAttributeValue")]
    [InlineData(0x0107, DimseStatusClass.Warning, "AttributeListError")]
    [InlineData(0x0110, DimseStatusClass.Failure, "ProcessingFailure")]
    [InlineData(0x0111, DimseStatusClass.Failure, "DuplicateSOPInstance")]
    [InlineData(0x0112, DimseStatusClass.Failure, "NoSuchSOPInstance")]
    [InlineData(0x0113, DimseStatusClass.Failure, "NoSuchEventType")]
    [InlineData(0x0114, DimseStatusClass.Failure, "NoSuchArgument")]
    [InlineData(0x0115, DimseStatusClass.Failure, "InvalidArgumentValue")]
    [InlineData(0x0116, DimseStatusClass.Warning, "AttributeValueOutOfRange")]
    [InlineData(0x0117, DimseStatusClass.Failure, "InvalidSOPInstance")]
    [InlineData(0x0118, DimseStatusClass.Failure, "NoSuchSOPClass")]
    [InlineData(0x0119, DimseStatusClass.Failure, "ClassInstanceConflict")]
    [InlineData(0x0120, DimseStatusClass.Failure, "MissingAttribute")]
    [InlineData(0x0121, DimseStatusClass.Failure, "MissingAttributeValue")]
    [InlineData(0x0122, DimseStatusClass.Failure, "SOPClassNotSupported")]
    [InlineData(0x0123, DimseStatusClass.Failure, "NoSuchActionType")]
    [InlineData(0x0124, DimseStatusClass.Failure, "NotAuthorized")]
    [InlineData(0x0210, DimseStatusClass.Failure, "DuplicateInvocation")]
    [InlineData(0x0211, DimseStatusClass.Failure, "UnrecognizedOperation")]
    [InlineData(0x0212, DimseStatusClass.Failure, "MistypedArgument")]
    [InlineData(0x0213, DimseStatusClass.Failure, "ResourceLimitation")]
    public void EveryServiceKnowsTheCommonCodes(int code, DimseStatusClass statusClass, string name)
    {
        DimseStatus common = DimseStatus.Lookup(DimseService.Any, (ushort)code);
        Assert.Equal((statusClass, name), (common.Class, common.Name));
        Assert.All(Enum.GetValues<DimseService>(), service =>
        {
            DimseStatus status = DimseStatus.Lookup(service, (ushort)code);
            Assert.Equal(statusClass, status.Class);
            Assert.True(status.IsKnown);
            Assert.NotEmpty(status.Words);
        });
    }

    [Theory]
    [InlineData(0xA123, DimseStatusClass.Failure)]
    [InlineData(0xB123, DimseStatusClass.Warning)]
    [InlineData(0xC999, DimseStatusClass.Failure)]
    [InlineData(0x0101, DimseStatusClass.Failure)]
    [InlineData(0x0299, DimseStatusClass.Failure)]
    [InlineData(0x0002, DimseStatusClass.Failure)]
    [InlineData(0xFF02, DimseStatusClass.Failure)]
    [InlineData(0x8000, DimseStatusClass.Failure)]
    public void UnknownCodesAreKnownByRange(int code, DimseStatusClass statusClass)
    {
        DimseStatus status = DimseStatus.Lookup(DimseService.Echo, (ushort)code);
        Assert.Equal((statusClass, false), (status.Class, status.IsKnown));
        Assert.StartsWith("Unknown", status.Name);
        Assert.NotEmpty(status.Advice);
        Assert.False(status.Retry.ShouldRetry);
    }

    [Fact]
    public void EveryCodeOfEveryServiceHasItsClass()
    {
        foreach (DimseService service in Enum.GetValues<DimseService>())
        {
            for (int code = 0; code <= ushort.MaxValue; code++)
            {
                DimseStatus status = DimseStatus.Lookup(service, (ushort)code);
                if (status.Class != DimseStatus.Classify((ushort)code) || status.Code != code)
                    Assert.Fail($"{service} {code:X4} is {status.Class}");
            }
        }
    }

    [Fact]
    public void TableHasEachCodeOnce()
    {
        foreach (IGrouping<DimseService, DimseStatus> service in DimseStatus.Table.GroupBy(status => status.Service))
        {
            DimseStatus[] single = [.. service.Where(status => status.Code == status.LastCode)];
            Assert.Equal(single.Length, single.Select(status => status.Code).Distinct().Count());
            DimseStatus[] ranges = [.. service.Where(status => status.Code != status.LastCode).OrderBy(status => status.Code)];
            Assert.All(ranges, range => Assert.True(range.Code < range.LastCode));
            Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.LastCode < pair.Second.Code));
        }
    }

    [Fact]
    public void TableIsReadyForHelp() => Assert.All(DimseStatus.Table, status =>
    {
        Assert.Matches("^[A-Z][A-Za-z]+$", status.Name);
        Assert.EndsWith(".", status.Words);
        Assert.True(status.Advice.Length == 0 || status.Advice.EndsWith('.'), status.Advice);
        Assert.Equal(DimseStatus.Classify(status.Code), status.Class);
        Assert.Equal(DimseStatus.Classify(status.LastCode), status.Class);
        bool main = status.Service is DimseService.Any or DimseService.Store or DimseService.Find or DimseService.Move or DimseService.Get
            or DimseService.ModalityWorklist or DimseService.StorageCommitment;
        if (main && status.Class == DimseStatusClass.Failure)
            Assert.NotEmpty(status.Advice);
    });

    [Fact]
    public void OnlyOutOfResourcesIsTriedAgain()
    {
        foreach (DimseService service in new[] { DimseService.Store, DimseService.Find, DimseService.Move, DimseService.Get, DimseService.ModalityWorklist, DimseService.Echo })
        {
            Assert.Equal(RetryAdvice.Once(TimeSpan.FromSeconds(5)), DimseStatus.Lookup(service, 0xA700).Retry);
            Assert.False(DimseStatus.Lookup(service, 0xC000).Retry.ShouldRetry);
        }
        Assert.All(DimseStatus.Table.Where(status => status.Code != 0xA700), status => Assert.Equal(RetryAdvice.Never, status.Retry));
    }

    [Fact]
    public void MoveThatCannotBeProcessedAdvisesOnTheDestination()
    {
        Assert.Contains("destination", DimseStatus.Lookup(DimseService.Move, 0xC000).Advice);
        Assert.Contains("Storage SCP", DimseStatus.Lookup(DimseService.Move, 0xA801).Advice);
        Assert.DoesNotContain("destination", DimseStatus.Lookup(DimseService.Find, 0xC000).Advice);
    }

    [Fact]
    public void ShowsItsCode()
    {
        Assert.Equal("A700 OutOfResources", DimseStatus.Lookup(DimseService.Store, 0xA700).ToString());
        Assert.Equal("0122", DimseStatus.Lookup(DimseService.Store, 0x0122).Hex);
        DimseStatus range = DimseStatus.Table.Single(status => status is { Service: DimseService.Store, Code: 0xC000 });
        Assert.Equal("C000-CFFF", range.HexRange);
        Assert.Equal("C012", DimseStatus.Lookup(DimseService.Store, 0xC012).HexRange);
        Assert.True(DimseStatus.Lookup(DimseService.Store, 0xB000).IsSuccessOrWarning);
        Assert.False(DimseStatus.Lookup(DimseService.Store, 0xA700).IsSuccessOrWarning);
    }
}
