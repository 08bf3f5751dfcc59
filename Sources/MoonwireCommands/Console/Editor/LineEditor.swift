internal import CEditLine
internal import Dispatch
internal import Glibc

/// Reads lines from a terminal with libedit, on a thread of its own, and shows messages above the line being typed.
///
/// After each line the thread waits for `next` before it prompts again.
final class LineEditor: Sendable {
    enum Input: Equatable, Sendable {
        case line(String)
        /// Ctrl-D on an empty line, or the terminal is gone. The last input.
        case endOfFile
    }

    /// One reader.
    let inputs: AsyncStream<Input>
    private let mailbox: EditorMailbox
    private let feed: AsyncStream<Input>.Continuation
    private let thread = DispatchQueue(label: "moonwire.editor")
    /// As the terminal was before.
    private let terminal: termios

    /// - Parameters:
    ///   - history: earlier lines, the oldest first.
    ///   - complete: for the text before the cursor; called on the editor's thread.
    init(
        prompt: String,
        history: [String],
        complete: @escaping @Sendable (String) -> ConsoleCompletion
    ) throws(CommandFailure) {
        var terminal = termios()
        tcgetattr(STDIN_FILENO, &terminal)
        self.terminal = terminal
        (inputs, feed) = AsyncStream.makeStream()
        mailbox = try EditorMailbox()
        let (mailbox, feed) = (mailbox, feed)
        mailbox.put { $0.prompt = prompt }
        thread.async {
            Self.useTheLocale()
            if let editor = EditorThread(mailbox: mailbox, history: history, complete: complete) {
                editor.run { feed.yield(.line($0)) }
            }
            feed.yield(.endOfFile)
            feed.finish()
        }
    }

    /// Lets the next line be read.
    func next(prompt: String) {
        mailbox.put { $0.prompt = prompt }
    }

    /// Shows a text of whole lines above the line being typed, or after the end as it is. Never waits before the end.
    func show(_ text: String) {
        if !mailbox.leave(text) { StandardOutput.write(text) }
    }

    /// The operator wants the line being typed to go away: an empty one is read instead.
    func interrupt() {
        mailbox.put { $0.isInterrupted = true }
    }

    /// The terminal has a new size.
    func resize() {
        mailbox.put { $0.isResized = true }
    }

    /// Shows what waits, puts the terminal back as it was, and ends the inputs.
    /// - Parameter waiting: returns when that is done.
    func stop(waiting: Bool) {
        mailbox.put { $0.isStopped = true }
        if waiting { thread.sync {} }
    }

    func abandon() {
        var terminal = terminal
        tcsetattr(STDIN_FILENO, TCSANOW, &terminal)
    }

    /// libedit draws characters as the locale has them, and a program begins in the locale "C".
    private static func useTheLocale() {
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    }
}
