internal import ArgumentParser

/// `moonwire trace show`: commands with their answers, readable in a terminal.
struct TraceShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a trace: each command with its answer, and what came unasked.",
        usage: "moonwire trace show [<options>] <file>",
        discussion: """
            Secrets stay masked: they were never recorded.

              moonwire trace show trace.jsonl
              moonwire trace show --errors trace.jsonl
            """
    )

    @Argument(help: "The trace; - reads standard input.")
    var file: String

    @Flag(help: "Begins at the first failed command or anomaly.")
    var errors = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let timeline = try TraceTimeline(path: file)
        let first = errors ? timeline.items.firstIndex(where: \.isFault) : timeline.items.startIndex
        guard let first else {
            StandardError.say("no failed command and no anomaly in \(file)")
            return
        }
        let shown = timeline.items[first...]
        if output.json {
            for item in shown { StandardOutput.write(TraceItemJSON.value(item).text + "\n") }
        } else {
            let text = TraceText(style: Style(output.color))
            if !output.quiet { StandardOutput.write(text.heading(timeline.origin)) }
            for item in shown { StandardOutput.write(text.item(item)) }
            if !output.quiet { StandardOutput.write(text.summary(of: timeline)) }
        }
        if timeline.isCutShort {
            StandardError.say("\(file) ends in the middle of a record; what came before is shown")
        }
    }
}
