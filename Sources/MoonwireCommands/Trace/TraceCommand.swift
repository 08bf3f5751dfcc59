internal import ArgumentParser

/// `moonwire trace`: looks at what a session recorded.
struct Trace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Shows and exports recorded traces.",
        subcommands: [TraceShow.self, TraceExport.self]
    )
}
