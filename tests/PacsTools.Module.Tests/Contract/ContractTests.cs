using PacsTools.Services.Storage;

namespace PacsTools.Module.Tests.Contract;

/// <summary>Names, types, aliases, sets, positions and pipeline binding of every parameter: what scripts rely on.</summary>
public class ContractTests
{
    private const string Address = """
        AllowUnencryptedAuthentication SwitchParameter () all
        CalledAETitle String (RemoteAETitle, AETitle) Address
        CallingAETitle String (LocalAETitle) all
        DicomWebCredential PSCredential () all
        DicomWebToken SecureString () all
        UseTls SwitchParameter () all
        TlsCertificate Object () all
        TlsCertificateKey String () all
        TlsCertificatePassword SecureString () all
        TlsCaCertificate Object[] () all
        TlsThumbprint String[] () all
        TlsTargetName String () all
        SkipCertificateCheck SwitchParameter () all
        Credential PSCredential () all
        UserIdentityToken Object () all
        UserIdentityType UserIdentityTokenType () all
        ConfirmUserIdentity SwitchParameter () all
        DicomWebUri Uri () all
        HostName String (IPAddress, ComputerName) Address:mandatory
        Node PacsNode () Node:mandatory+position 0+value+name
        Port Int32 () Address
        Retry Int32 () all
        TimeoutSeconds Double (Timeout) all
        Transcript String () all
        TranscriptPatientData SwitchParameter () all
        """;

    private const string Query = Address + """

        FallbackEncoding Encoding () all
        Filter DicomFilter () all
        FuzzyMatching SwitchParameter () all
        LiteralValue SwitchParameter () all
        MaxResults Int32 () all
        PageSize Int32 () all
        Property String[] () all
        QueryModel QueryModel () all
        Raw SwitchParameter () all
        RelationalQuery SwitchParameter () all
        """;

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["Test-PacsEcho"] = Address + """

            Count Int32 () all
            DelaySeconds Double () all
            Quiet SwitchParameter () all
            """,
        ["Export-DicomImage"] = """
            Destination String (OutputPath, OutputDirectory) all
            Frame Int32[] () all
            LiteralPath String[] (FullName) all:name
            NoClobber SwitchParameter () all
            Path String[] () all:position 0+value+name
            Thumbnail SwitchParameter () all
            WindowCenter Double () all
            WindowWidth Double () all
            """,
        ["Get-DicomFile"] = """
            LiteralPath String[] (FullName) all:name
            Path String[] () all:position 0+value+name
            Recurse SwitchParameter () all
            """,
        ["Get-DicomTag"] = """
            Dataset DicomDataset () all:name
            LiteralPath String[] (FullName) all:name
            Path String[] () all:position 0+value+name
            Recurse SwitchParameter () all
            Tag String[] () all:position 1
            """,
        ["ConvertTo-DicomJson"] = """
            AsArray SwitchParameter () all
            Compress SwitchParameter () all
            Dataset DicomDataset () all:name
            IncludePixelData SwitchParameter () all
            LiteralPath String[] (FullName) all:name
            Path String[] () all:position 0+value+name
            """,
        ["ConvertFrom-DicomJson"] = """
            Bytes Byte[] () Bytes:mandatory+position 0+value
            InputObject String[] () Text:mandatory+position 0+value
            """,
        ["Get-PacsMetric"] = """
            AsPrometheus SwitchParameter () all
            Name String[] () all:position 0
            """,
        ["Find-DicomStudy"] = Query + """

            AccessionNumber String () all:name
            Modality String[] (ModalitiesInStudy) all
            PatientBirthDate Object () all
            PatientID String () all:name
            PatientName String () all
            PatientSex String () all
            ReferringPhysicianName String () all
            Since Object () all
            StudyDate Object () all
            StudyDescription String () all
            StudyID String () all
            StudyInstanceUID String[] (StudyInstanceID) all:name
            StudyTime String () all
            Until Object () all
            """,
        ["Find-DicomPatient"] = Query + """

            PatientBirthDate Object () all
            PatientID String () all:name
            PatientName String () all
            PatientSex String () all
            """,
        ["Find-DicomSeries"] = Query + """

            Modality String[] () all
            PatientID String () all:name
            SeriesDate Object () all
            SeriesDescription String () all
            SeriesInstanceUID String[] () all:name
            SeriesNumber String () all
            StudyInstanceUID String[] (StudyInstanceID) all:name
            """,
        ["Find-DicomInstance"] = Query + """

            InstanceNumber String () all
            PatientID String () all:name
            SOPInstanceUID String[] () all:name
            SeriesInstanceUID String[] () all:name
            StudyInstanceUID String[] (StudyInstanceID) all:name
            """,
        ["Find-DicomWorklist"] = Query + """

            AccessionNumber String () all:name
            Modality String[] () all
            PatientID String () all:name
            PatientName String () all
            ScheduledDate Object () all
            ScheduledStationAETitle String () all
            """,
        ["Copy-DicomStudy"] = Address + """

            DestinationAETitle String () all
            DestinationNode PacsNode () all
            MaxRate Int64 () all
            Method RetrieveMethod () all
            NoVerify SwitchParameter () all
            PatientID String () all:name
            QueryModel QueryModel () all
            Resume SwitchParameter () all
            ScpAETitle String () all
            ScpPort Int32 () all
            StorageScp StorageScp () all
            StudyInstanceUID String[] (StudyInstanceID) all:mandatory+position 1+value+name
            ThrottleLimit Int32 () all
            """,
        ["Receive-DicomStudy"] = Address + """

            AsReport SwitchParameter () all
            Destination String (OutputPath, OutputDirectory) all
            IfExists IfExists () all
            Layout String () all
            MaxRate Int64 () all
            Method RetrieveMethod () all
            NoVerify SwitchParameter () all
            PatientID String () all:name
            QueryModel QueryModel () all
            Resume SwitchParameter () all
            ScpAETitle String () all
            ScpPort Int32 () all
            StorageScp StorageScp () all
            StudyInstanceUID String[] (StudyInstanceID) all:mandatory+position 1+value+name
            ThrottleLimit Int32 () all
            """,
        ["Receive-DicomSeries"] = Address + """

            AsReport SwitchParameter () all
            Destination String (OutputPath, OutputDirectory) all
            IfExists IfExists () all
            Layout String () all
            MaxRate Int64 () all
            Method RetrieveMethod () all
            NoVerify SwitchParameter () all
            PatientID String () all:name
            QueryModel QueryModel () all
            Resume SwitchParameter () all
            ScpAETitle String () all
            ScpPort Int32 () all
            SeriesInstanceUID String[] () all:mandatory+position 1+value+name
            StorageScp StorageScp () all
            StudyInstanceUID String (StudyInstanceID) all:name
            ThrottleLimit Int32 () all
            """,
        ["Receive-DicomInstance"] = Address + """

            AsReport SwitchParameter () all
            Destination String (OutputPath, OutputDirectory) all
            IfExists IfExists () all
            Layout String () all
            MaxRate Int64 () all
            Method RetrieveMethod () all
            NoVerify SwitchParameter () all
            PatientID String () all:name
            QueryModel QueryModel () all
            Resume SwitchParameter () all
            SOPInstanceUID String[] () all:mandatory+position 1+value+name
            ScpAETitle String () all
            ScpPort Int32 () all
            SeriesInstanceUID String () all:name
            StorageScp StorageScp () all
            StudyInstanceUID String (StudyInstanceID) all:name
            ThrottleLimit Int32 () all
            """,
        ["Send-DicomFile"] = Address.Replace("+position 0+value+name", "+position 0", StringComparison.Ordinal) + """

            Commit SwitchParameter () all
            LiteralPath String[] (FullName) all:name
            MaxRate Int64 () all
            Method SendMethod () all
            Path String[] () all:position 1+value+name
            Recurse SwitchParameter () all
            ScpAETitle String () all
            ScpPort Int32 () all
            StorageScp StorageScp () all
            ThrottleLimit Int32 () all
            """,
        ["Request-DicomStorageCommitment"] = Address.Replace("+position 0+value+name", "+position 0", StringComparison.Ordinal) + """

            BatchSize Int32 () all
            LiteralPath String[] (FullName) all:name
            Path String[] () all:position 1+value+name
            Recurse SwitchParameter () all
            SOPClassUID String () all:name
            SOPInstanceUID String () all:name
            ScpAETitle String () all
            ScpPort Int32 () all
            StorageScp StorageScp () all
            """,
        ["Register-PacsNode"] = Address.Replace("+position 0+value+name", "+position 1+value", StringComparison.Ordinal) + """

            Force SwitchParameter () all
            Name String () all:mandatory+position 0+name
            QueryModel QueryModel () all
            ScpAETitle String () all
            ScpPort Int32 () all
            SkipTest SwitchParameter () all
            """,
        ["Test-PacsNode"] = Address + """

            ScpAETitle String () all
            ScpPort Int32 () all
            Stage DiagnosisStage[] () all
            StorageScp StorageScp () all
            StudyInstanceUID String (StudyInstanceID) all
            """,
        ["Test-PacsMoveDestination"] = Address + """

            ScpAETitle String () all
            ScpPort Int32 () all
            StorageScp StorageScp () all
            StudyInstanceUID String (StudyInstanceID) all:mandatory+position 1+name
            """,
        ["Get-PacsNode"] = "Name String[] () all:position 0+value+name",
        ["Unregister-PacsNode"] = "Name String[] () all:mandatory+position 0+value+name",
        ["Get-PacsCapability"] = Address + """

            SopClass String[] () all
            """,
        ["Start-StorageScp"] = """
            TlsCertificate Object () all
            TlsCertificateKey String () all
            TlsCertificatePassword SecureString () all
            RequireClientCertificate SwitchParameter () all
            TlsCaCertificate Object[] () all
            AETitle String () all:position 0
            Accept StorageScpAccept () all
            AcceptAnyCalledAETitle SwitchParameter () all
            AcceptAnySopClass SwitchParameter () all
            AcceptSopClass String[] () all
            AllowedAddress String[] () all
            AllowedCallingAETitle String[] () all
            ArtimTimeoutSeconds Double () all
            BindAddress IPAddress () all
            FlushToDisk SwitchParameter () all
            IdleTimeoutSeconds Double () all
            IfExists IfExists () all
            Layout String () all
            MaxAssociations Int32 () all
            MaxAssociationsPerPeer Int32 () all
            MaxPduLength Int32 () all
            MinimumFreeSpace Int64 () all
            Path String (Destination, OutputPath, OutputDirectory) all
            Port Int32 () all:position 1
            PreferredTransferSyntax String[] () all
            """,
        ["Start-PacsSimulator"] = """
            TlsCertificate Object () all
            TlsCertificateKey String () all
            TlsCertificatePassword SecureString () all
            RequireClientCertificate SwitchParameter () all
            TlsCaCertificate Object[] () all
            Credential PSCredential[] () all
            UserIdentityToken Object () all
            UserIdentityType UserIdentityTokenType () all
            AETitle String () all
            BindAddress IPAddress () all
            DicomWeb SwitchParameter () all
            DicomWebCredential PSCredential () all
            DicomWebPort Int32 () all
            DicomWebToken SecureString () all
            Fault SimulatorFaultTable () all
            MoveDestination IDictionary () all
            Path String () all:position 0
            Port Int32 () all
            TestData SwitchParameter () all
            Worklist Object[] () all
            Writable SwitchParameter () all
            """,
        ["Get-PacsSimulator"] = "Port Int32[] () all:position 0+name",
        ["Stop-PacsSimulator"] = "Port Int32[] () all:position 0+name",
        ["New-DicomTestStudy"] = """
            AccessionNumber String () all
            CharacterSet SyntheticCharacterSet () all
            Columns Int32 () all
            Frames Int32 () all
            Instances Int32 () all
            Modality SyntheticModality () all
            Path String (Destination, OutputPath, OutputDirectory) all:mandatory+position 0
            PatientBirthDate DateTime? () all
            PatientID String () all
            PatientName String () all
            PatientSex String () all
            ReferringPhysicianName String () all
            Rows Int32 () all
            Seed Int32 () all
            Series Int32 () all
            StudyDate DateTime? () all
            StudyDescription String () all
            StudyID String () all
            StudyInstanceUID String (StudyInstanceID) all
            StudyTime TimeSpan? () all
            TransferSyntax String () all
            """,
        ["New-PacsAcceptanceSuite"] = Address + """

            Force SwitchParameter () all
            Name String () all
            Path String (Destination, OutputPath, OutputDirectory) all:mandatory+position 1
            QueryModel QueryModel () all
            SampleSize Int32 () all
            ScpAETitle String () all
            ScpPort Int32 () all
            SkipSend SwitchParameter () all
            StudyInstanceUID String[] (StudyInstanceID) all
            """,
        ["Get-StorageScp"] = "Port Int32[] () all:position 0+name",
        ["Stop-StorageScp"] = "Port Int32[] () all:position 0+name",
        ["Watch-StorageScp"] = """
            Count Int32 () all
            Port Int32[] () all:position 0
            StorageScp StorageScp[] () all:value
            StudyQuietSeconds Double () all
            TimeoutSeconds Double (Timeout) all
            """,
    };

    public static TheoryData<string> Names => new(Expected.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_are_those_of_the_contract(string name)
    {
        string[] expected = [.. Expected[name].Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Order(StringComparer.Ordinal)];

        Assert.Equal(expected, CmdletMetadata.Parameters(Cmdlet(name)));
    }

    [Fact]
    public void There_are_no_other_cmdlets() =>
        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), CmdletMetadata.Cmdlets.Select(CmdletMetadata.Name));

    [Theory]
    [InlineData("Test-PacsEcho", "PacsEchoResult", "Boolean")]
    [InlineData("Find-DicomPatient", "DicomPatient", "DicomDataset")]
    [InlineData("Find-DicomStudy", "DicomStudy", "DicomDataset")]
    [InlineData("Find-DicomSeries", "DicomSeries", "DicomDataset")]
    [InlineData("Find-DicomInstance", "DicomInstanceInfo", "DicomDataset")]
    [InlineData("Find-DicomWorklist", "DicomWorklistItem", "DicomDataset")]
    [InlineData("Receive-DicomStudy", "DicomInstanceFile", "DicomRetrieveReport")]
    [InlineData("Receive-DicomSeries", "DicomInstanceFile", "DicomRetrieveReport")]
    [InlineData("Receive-DicomInstance", "DicomInstanceFile", "DicomRetrieveReport")]
    [InlineData("Copy-DicomStudy", "DicomRetrieveReport")]
    [InlineData("Send-DicomFile", "DicomSendResult")]
    [InlineData("Request-DicomStorageCommitment", "DicomCommitmentResult")]
    [InlineData("Register-PacsNode", "PacsNode")]
    [InlineData("Get-PacsNode", "PacsNode")]
    [InlineData("Get-PacsCapability", "PacsCapability")]
    [InlineData("Test-PacsNode", "PacsDiagnosis")]
    [InlineData("Test-PacsMoveDestination", "PacsDiagnosis")]
    [InlineData("Start-StorageScp", "StorageScp")]
    [InlineData("Get-StorageScp", "StorageScp")]
    [InlineData("Stop-StorageScp", "StorageScp")]
    [InlineData("Start-PacsSimulator", "PacsSimulator")]
    [InlineData("Get-PacsSimulator", "PacsSimulator")]
    [InlineData("Stop-PacsSimulator", "PacsSimulator")]
    [InlineData("New-DicomTestStudy", "DicomFileInfo")]
    [InlineData("New-PacsAcceptanceSuite", "FileInfo")]
    public void Output_types_are_declared(string name, params string[] types) => Assert.Equal(types, CmdletMetadata.OutputTypes(Cmdlet(name)));

    [Theory]
    [InlineData("Test-PacsEcho", false)]
    [InlineData("Find-DicomPatient", false)]
    [InlineData("Find-DicomStudy", false)]
    [InlineData("Find-DicomSeries", false)]
    [InlineData("Find-DicomInstance", false)]
    [InlineData("Find-DicomWorklist", false)]
    [InlineData("Register-PacsNode", true)]
    [InlineData("Get-PacsNode", false)]
    [InlineData("Unregister-PacsNode", true)]
    [InlineData("Get-PacsCapability", false)]
    [InlineData("Test-PacsNode", false)]
    [InlineData("Test-PacsMoveDestination", false)]
    [InlineData("Get-StorageScp", false)]
    [InlineData("Receive-DicomStudy", true)]
    [InlineData("Receive-DicomSeries", true)]
    [InlineData("Receive-DicomInstance", true)]
    [InlineData("Copy-DicomStudy", true)]
    [InlineData("Send-DicomFile", true)]
    [InlineData("Request-DicomStorageCommitment", true)]
    [InlineData("Start-StorageScp", true)]
    [InlineData("Stop-StorageScp", true)]
    [InlineData("Start-PacsSimulator", true)]
    [InlineData("Get-PacsSimulator", false)]
    [InlineData("Stop-PacsSimulator", true)]
    [InlineData("New-DicomTestStudy", true)]
    [InlineData("New-PacsAcceptanceSuite", true)]
    public void What_changes_state_can_be_asked_what_if(string name, bool changes) =>
        Assert.Equal(changes, CmdletMetadata.Options(Cmdlet(name)).GetValueOrDefault("SupportsShouldProcess") is true);

    [Fact]
    public void Text_parameters_have_no_transformation_because_digits_would_lose_their_zeros()
    {
        var transformed = from cmdlet in CmdletMetadata.Cmdlets
                          from property in CmdletMetadata.ParameterProperties(cmdlet)
                          where property.PropertyType == typeof(string)
                          where property.GetCustomAttributesData().Any(a => a.AttributeType.Name.EndsWith("TransformationAttribute", StringComparison.Ordinal) || a.AttributeType.Name == "UnwrapAttribute")
                          select $"{cmdlet.Name}.{property.Name}";

        Assert.Empty(transformed);
    }

    [Fact]
    public void Outcomes_have_the_names_of_the_contract() =>
        Assert.Equal(["Stored", "Duplicate", "Failed", "Missing", "Unexpected"], Enum.GetNames<InstanceOutcome>());

    [Theory]
    [InlineData(typeof(Output.PacsEchoResult), "Node HostName Port CalledAETitle Success Status RoundtripTime AssociationTime ImplementationVersionName ImplementationClassUID MaxPduLength Error")]
    [InlineData(typeof(Output.PacsDiagnosis), "Node Stage Success Duration Detail Advice Error")]
    [InlineData(typeof(Services.Nodes.PacsCapability), "Name UID Category Accepted TransferSyntaxes ScpRole Reason Node")]
    [InlineData(typeof(Services.Query.DicomPatient), "PatientName PatientID PatientBirthDate PatientSex Node Dataset UnsupportedKeys")]
    [InlineData(typeof(Services.Query.DicomSeries), "StudyInstanceUID SeriesInstanceUID Modality SeriesNumber SeriesDescription NumberOfSeriesRelatedInstances Node Dataset UnsupportedKeys")]
    [InlineData(typeof(Services.Query.DicomInstanceInfo), "StudyInstanceUID SeriesInstanceUID SOPInstanceUID SOPClassUID InstanceNumber Rows Columns NumberOfFrames Node Dataset UnsupportedKeys")]
    [InlineData(typeof(Services.Query.DicomWorklistItem), "ScheduledProcedureStepStartDate ScheduledStationAETitle Modality PatientName PatientID AccessionNumber ScheduledProcedureStepSequence Node Dataset UnsupportedKeys")]
    [InlineData(typeof(Services.Query.DicomStudy), "PatientName PatientID PatientBirthDate PatientSex StudyDate StudyTime AccessionNumber StudyID StudyDescription ModalitiesInStudy ReferringPhysicianName NumberOfStudyRelatedSeries NumberOfStudyRelatedInstances StudyInstanceUID InstanceAvailability RetrieveAETitle Node Dataset UnsupportedKeys")]
    [InlineData(typeof(DicomInstanceFile), "Path FullName SOPInstanceUID SOPClassUID SeriesInstanceUID StudyInstanceUID PatientID TransferSyntaxUID Length Outcome Status Method Node")]
    [InlineData(typeof(Services.Sending.DicomSendResult), "Path SOPInstanceUID SOPClassUID TransferSyntaxUID Outcome Status Duration Node Committed")]
    [InlineData(typeof(Services.Sending.DicomCommitmentResult), "SOPInstanceUID SOPClassUID TransactionUID Committed FailureReason Path Node")]
    [InlineData(typeof(Services.Retrieve.DicomRetrieveReport), "StudyInstanceUID Complete Expected Stored Duplicate Failed Missing Unexpected Bytes Duration Method Attempts Instances Path")]
    [InlineData(typeof(Services.Simulation.PacsSimulator), "Node AETitle Port Studies Instances")]
    [InlineData(typeof(Services.Files.DicomFileInfo), "Path PatientName PatientID PatientBirthDate PatientSex StudyInstanceUID StudyDate StudyTime StudyDescription AccessionNumber SeriesInstanceUID SeriesNumber SeriesDescription Modality SOPInstanceUID SOPClassUID InstanceNumber TransferSyntaxUID Length Dataset")]
    [InlineData(typeof(StorageScp), "AETitle Port BindAddress State Accept Path Associations Received Failed Refused Bytes StartedAt")]
    public void Results_have_the_properties_of_the_contract(Type type, string properties)
    {
        foreach (var property in properties.Split(' '))
            Assert.True(type.GetProperty(property) is { CanRead: true }, $"{type.Name} has no {property}.");
    }

    private static Type Cmdlet(string name) => CmdletMetadata.Cmdlets.Single(c => CmdletMetadata.Name(c) == name);
}
