internal import ArgumentParser

/// `moonwire trace`: looks at what a session recorded.
struct Trace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show and export recorded traces.",
        subcommands: [TraceShow.self, TraceExport.self]
    )
}
