internal import ATProtocol

/// A trace as one HTML page that loads nothing: a ladder diagram between host and module.
///
/// Every row is a list item with its text, so the page can be read, searched and printed without its script; the
/// script places the rows by time, draws the spans of the commands and filters.
struct TracePage {
    var timeline: TraceTimeline
    /// What the trace is called, such as its file name.
    var title: String

    var html: String {
        let steps = LadderStep.steps(of: timeline)
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>\(HTMLText.escaped(title)) – moonwire trace</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <header>
            <h1>\(HTMLText.escaped(title))</h1>
            <p>\(HTMLText.escaped(facts))</p>
            \(filters(steps))
            </header>
            <main>
            <div class="lanes" aria-hidden="true"><span>time</span><span>host</span><span></span><span>module</span></div>
            <ol id="ladder">
            \(steps.map(row).joined(separator: "\n"))
            </ol>
            <div id="spans" aria-hidden="true">\(spans)</div>
            </main>
            <aside id="detail" role="tooltip" hidden></aside>
            <script>\(Self.script)</script>
            </body>
            </html>

            """
    }

    private var facts: String {
        let origin = timeline.origin
        let count = timeline.count
        let parts = [
            origin.port, origin.profile.isEmpty ? "" : "profile \(origin.profile)", origin.wall,
            "\(count.commands) commands", "\(count.failed) failed",
            count.anomalies > 0 ? "\(count.anomalies) anomalies" : "",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func filters(_ steps: [LadderStep]) -> String {
        let buttons = LadderStep.Kind.allCases.compactMap { kind -> String? in
            let count = steps.count { $0.kind == kind }
            guard count > 0 else { return nil }
            return """
                <button type="button" class="\(kind.rawValue)" data-kind="\(kind.rawValue)" aria-pressed="true">\
                \(kind.label) <span>\(count)</span></button>
                """
        }
        return "<div class=\"filters\" role=\"group\" aria-label=\"Rows shown\">\(buttons.joined())</div>"
    }

    private func row(_ step: LadderStep) -> String {
        let exchange = step.exchange.map { " data-x=\"\($0.number)\"" } ?? ""
        let masked =
            step.masked.isEmpty ? "" : " data-mask=\"\(HTMLText.escaped(step.masked.joined(separator: ", ")))\""
        return """
            <li class="row \(step.direction.rawValue) \(step.kind.rawValue)" data-kind="\(step.kind.rawValue)" \
            data-n="\(step.number)" data-t="\(step.at.nanoseconds)"\(exchange)\(masked) \
            data-bytes="\(HTMLText.hexadecimal(step.bytes))" tabindex="0">\
            <time>\(ClockText.time(step.at))</time><span class="spoken">\(step.spoken): </span><span class="text">\(HTMLText.escaped(step.text))</span></li>
            """
    }

    /// One element for each command, placed by the script.
    private var spans: String {
        timeline.items.compactMap { item -> String? in
            guard case .exchange(let exchange) = item, !exchange.command.isEmpty else { return nil }
            let outcome =
                switch exchange.outcome {
                case .succeeded: "ok"
                case .failed: "failed"
                case .open: "open"
                }
            return """
                <i class="span \(outcome)" data-x="\(exchange.id.number)" \
                title="\(HTMLText.escaped(ByteText.line(exchange.command))): \(ClockText.span(exchange.end - exchange.start))"></i>
                """
        }.joined()
    }
}
