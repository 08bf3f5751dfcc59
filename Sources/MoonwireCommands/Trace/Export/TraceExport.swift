internal import ArgumentParser
internal import LuaRuntime

/// `moonwire trace export`: a trace in a form for other people.
struct TraceExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a trace as one HTML page with a ladder diagram.",
        discussion: """
            The page needs no network and no other file. Secrets stay masked: they were never recorded.

              moonwire trace export --html trace.jsonl -o trace.html
            """
    )

    @Flag(help: "An HTML page; the only form so far, and the default.")
    var html = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Where the page goes; standard output by default.", valueName: "file")
    )
    var destination: String?

    @Flag(help: "Says what was written as a JSON object on standard output; needs -o.")
    var json = false

    @Argument(help: "The trace; - reads standard input.")
    var file: String

    func validate() throws {
        if json && destination == nil { throw ValidationError("--json needs -o: standard output is the page's") }
    }

    func run() async throws {
        let timeline = try TraceTimeline(path: file)
        let page = TracePage(timeline: timeline, title: Self.title(of: file)).html
        guard let destination else {
            StandardOutput.write(page)
            return
        }
        try OutputFile.write(page, to: destination)
        guard json else { return StandardError.say("wrote \(destination)") }
        let count = timeline.count
        JSONReporter.write(
            LuaTable([
                "file": .text(destination), "commands": .integer(count.commands), "failed": .integer(count.failed),
                "unsolicited": .integer(count.unsolicited),
            ])
        )
    }

    /// The file and its folder: runs keep their trace as `<id>/trace.jsonl`.
    private static func title(of file: String) -> String {
        file == "-" ? "trace" : file.split(separator: "/").suffix(2).joined(separator: "/")
    }
}
