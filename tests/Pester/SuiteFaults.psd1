# Faults of the simulator, and the tests of a generated acceptance suite that have to fail for each, all others having to pass. A name may be cut short
# with *. Tag and Only choose a part of the suite, where a fault makes archives wait; Limit changes what was agreed.
@{
    Faults = @(
        @{
            Name = 'archives need not count sub-operations'
            Fault = @{ OmitCounters = $true }
            Only = 'Retrieve of study*', 'Queries*'
            Fails = @()
        }
        @{
            Name = 'archives may declare a key unsupported and heed it'
            Fault = @{ PendingWarning = $true }
            Fails = @()
        }
        @{
            Name = 'every association is rejected'
            Fault = @{ RejectAssociation = 'CallingAENotRecognized' }
            Tag = 'Echo', 'Capability', 'Query', 'Send'
            Fails = @('Verification.*', 'Capabilities.*', 'Queries*', 'Send and read back.*')
        }
        @{
            Name = 'associations for C-ECHO are aborted'
            Fault = @{ AbortAssociation = $true; Only = 'Echo' }
            Tag = 'Echo', 'Query'
            Fails = @('Verification.answers C-ECHO', 'Verification.answers C-ECHO within*')
        }
        @{
            Name = 'a C-ECHO is answered with an error'
            Fault = @{ Status = '0110'; Only = 'Echo' }
            Tag = 'Echo', 'Query'
            Fails = @('Verification.answers C-ECHO')
        }
        @{
            Name = 'a C-ECHO takes longer than agreed'
            Fault = @{ DelayMilliseconds = 60; Only = 'Echo' }
            Limit = @{ EchoMilliseconds = 50 }
            Tag = 'Echo', 'Query', 'Capability'
            Fails = @('Verification.answers C-ECHO within*')
        }
        @{
            Name = 'a query takes longer than agreed'
            Fault = @{ DelayMilliseconds = 60; Only = 'Find' }
            Limit = @{ QuerySeconds = 0.05 }
            Tag = 'Echo', 'Query'
            Fails = @('Queries about study UID.answers within*')
        }
        @{
            Name = 'a storage class is refused'
            Fault = @{ RefuseContext = 'CTImageStorage' }
            Tag = 'Capability', 'Query', 'Send'
            Fails = @('Capabilities.accepts CT Image Storage*', 'Send and read back.*')
        }
        @{
            Name = 'C-GET is refused'
            Fault = @{ RefuseContext = 'Get' }
            Fails = @('Capabilities.accepts * - GET *', 'Retrieve of study UID by CGet.brings*', 'Send and read back.gives back the same data sets by CGet')
        }
        @{
            Name = 'queries are answered with an error'
            Fault = @{ Status = 'A700'; Only = 'Find' }
            Tag = 'Echo', 'Capability', 'Query'
            Fails = @('Queries*')
        }
        @{
            Name = 'queries never end'
            Fault = @{ LoseFinalResponse = $true }
            Limit = @{ SilenceSeconds = 0.3 }
            Tag = 'Query'
            Fails = @('Queries*')
        }
        @{
            Name = 'queries stop after one result'
            Fault = @{ ResultCap = 1 }
            Fails = @(
                'Queries about study UID.finds its 3 instances', 'Queries about study UID.finds one instance by its UID'
                'Send and read back.finds every instance within*'
            )
        }
        @{
            Name = 'results hold illegal dates and numbers'
            Fault = @{ IllegalValues = $true }
            Fails = @('Queries about study UID.tells dates, times and numbers that are legal', 'Send and read back.tells the study as it was sent')
        }
        @{
            Name = 'results claim another character set'
            Fault = @{ WrongCharacterSet = $true }
            Fails = @('Queries about study UID.finds it by the beginning of PatientName, with a wildcard', 'Retrieve of study UID by *.brings files that say what queries say', 'Send and read back.tells the study as it was sent')
        }
        @{
            Name = 'a C-MOVE fails for some instances'
            Fault = @{ FailEvery = 2; Only = 'Move' }
            Fails = @(
                'Retrieve of study UID by CMove.brings 3 instances and misses none', 'Retrieve of study UID by CMove.brings whole files of this study'
                'Send and read back.gives back the same data sets by CMove'
            )
        }
        @{
            Name = 'a C-GET loses instances without a word'
            Fault = @{ DropEvery = 2; Only = 'Get' }
            Fails = @(
                'Retrieve of study UID by CGet.brings 3 instances and misses none', 'Retrieve of study UID by CGet.brings whole files of this study'
                'Send and read back.gives back the same data sets by CGet'
            )
        }
        @{
            Name = 'WADO-RS loses instances without a word'
            Fault = @{ DropEvery = 2; Only = 'Wado' }
            Fails = @(
                'Retrieve of study UID by DicomWeb.brings 3 instances and misses none', 'Retrieve of study UID by DicomWeb.brings whole files of this study'
                'Send and read back.gives back the same data sets by DicomWeb'
            )
        }
        @{
            Name = 'every C-MOVE succeeds, wherever to'
            Fault = @{ Status = '0000'; Only = 'Move' }
            Tag = 'Echo', 'Error'
            Fails = @('Errors.answers a C-MOVE to a destination it does not know with an error status')
        }
        @{
            Name = 'a C-STORE fails for some instances'
            Fault = @{ FailEvery = 2; Only = 'Store' }
            Tag = 'Send', 'Query'
            Fails = @('Send and read back.stores every instance', 'Send and read back.finds every instance within*', 'Send and read back.gives back*', 'Send and read back.takes the responsibility*')
        }
        @{
            Name = 'what is stored is lost without a word'
            Fault = @{ DropEvery = 2; Only = 'Store' }
            Tag = 'Send', 'Query'
            Fails = @('Send and read back.finds every instance within*', 'Send and read back.gives back*', 'Send and read back.takes the responsibility*')
        }
        @{
            Name = 'a C-STORE has warnings'
            Fault = @{ WarnEvery = 2; Only = 'Store' }
            Tag = 'Send', 'Query'
            Fails = @('Send and read back.stores every instance')
        }
        @{
            Name = 'storage commitment is refused'
            Fault = @{ RefuseContext = 'Commitment' }
            Tag = 'Capability', 'Send'
            Fails = @('Capabilities.accepts Storage Commitment*', 'Send and read back.takes the responsibility*')
        }
    )
}
