internal import Dispatch

/// Where the console's texts go. Calls come from the session's executor and must not wait.
protocol ConsoleScreen: Sendable {
    /// Shows whole lines.
    func show(_ text: String)
    /// The process ends at once: puts back what the operator's terminal was like.
    func abandon()
}

extension LineEditor: ConsoleScreen {}

/// Standard output, written by a thread of its own: a reader that is slow does not hold up the session.
final class PlainScreen: ConsoleScreen {
    private let thread = DispatchQueue(label: "moonwire.console.output")

    func show(_ text: String) {
        thread.async { StandardOutput.write(text) }
    }

    func abandon() {}

    /// Returns when everything shown so far is written.
    func flush() {
        thread.sync {}
    }
}
