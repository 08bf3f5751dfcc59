internal import ArgumentParser

/// Where the records of a run go.
struct RecordOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where the trace goes; in the run's folder by default.", valueName: "file"))
    var trace: String?

    @Option(help: ArgumentHelp("A copy of result.json.", valueName: "file"))
    var result: String?

    @Option(help: ArgumentHelp("The result as JUnit XML.", valueName: "file"))
    var junit: String?
}
