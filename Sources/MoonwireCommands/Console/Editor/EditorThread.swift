internal import CEditLine
internal import Glibc

/// What lives on the editor's thread: libedit's state, and what its callbacks need. Never leaves that thread.
final class EditorThread {
    private let mailbox: EditorMailbox
    private let complete: (String) -> ConsoleCompletion
    private let editor: OpaquePointer
    private let history: OpaquePointer
    private let streams: [UnsafeMutablePointer<FILE>]
    /// As libedit wants it: owned here, NUL at the end.
    private var prompt: UnsafeMutablePointer<CChar>
    private var promptWidth = 0
    /// What an interrupt types: the line is emptied and ends.
    private var pending: [wchar_t] = []
    /// The first bytes of a character whose others have not come yet.
    private var partial: [UInt8] = []

    private static let historySize: Int32 = 1000

    init?(mailbox: EditorMailbox, history lines: [String], complete: @escaping (String) -> ConsoleCompletion) {
        guard let input = fdopen(dup(STDIN_FILENO), "r"), let output = fdopen(dup(STDOUT_FILENO), "w"),
            let errors = fdopen(dup(STDERR_FILENO), "w"), let history = history_init(),
            let editor = el_init("moonwire", input, output, errors), let prompt = strdup("")
        else { return nil }
        self.mailbox = mailbox
        self.complete = complete
        self.editor = editor
        self.history = history
        self.prompt = prompt
        streams = [input, output, errors]
        moonwire_configure_history(history, Self.historySize)
        for line in lines { moonwire_enter_history(history, line) }
        configure()
    }

    deinit {
        el_end(editor)
        history_end(history)
        free(prompt)
        for stream in streams { fclose(stream) }
    }

    private func configure() {
        // Unretained: the editor ends before this object does.
        moonwire_set_client_data(editor, Unmanaged.passUnretained(self).toOpaque())
        moonwire_leave_signals_alone(editor)
        moonwire_hide_early_typing(editor)
        moonwire_set_emacs_keys(editor)
        moonwire_set_history(editor, history)
        moonwire_set_prompt(editor) { EditorThread.of($0)?.prompt }
        moonwire_set_reader(editor) { editor, character in
            guard let thread = EditorThread.of(editor), let character else { return -1 }
            return thread.read(into: character)
        }
        moonwire_add_function(editor, "moonwire-complete", "Complete an AT command") { editor, _ in
            EditorThread.of(editor)?.completeLine() ?? UInt8(CC_ERROR)
        }
        moonwire_bind(editor, "^R", "em-inc-search-prev")
        el_source(editor, nil)
        moonwire_bind(editor, "^I", "moonwire-complete")
    }

    private static func of(_ editor: OpaquePointer?) -> EditorThread? {
        guard let editor, let data = moonwire_client_data(editor) else { return nil }
        return Unmanaged<EditorThread>.fromOpaque(data).takeUnretainedValue()
    }

    /// Reads lines until the end of the input or `isStopped`. Each line goes to `take`, without its line end.
    func run(_ take: (String) -> Void) {
        while let prompt = awaitPrompt() {
            setPrompt(prompt)
            var count: Int32 = 0
            guard let text = el_gets(editor, &count), count > 0 else { break }
            let line = String(cString: text)
            let typed = line.hasSuffix("\n") ? String(line.dropLast()) : line
            if !typed.isEmpty { moonwire_enter_history(history, typed) }
            take(typed)
        }
        for message in mailbox.takeLast().messages { write(message) }
    }

    private func setPrompt(_ text: String) {
        guard let copy = strdup(text) else { return }
        free(prompt)
        prompt = copy
        promptWidth = DisplayWidth.of(text)
    }

    /// Nil: stopped. Messages that come meanwhile are shown at once: nothing is being typed.
    private func awaitPrompt() -> String? {
        while true {
            let news = mailbox.take()
            for message in news.messages { write(message) }
            if news.isStopped { return nil }
            if let prompt = news.prompt { return prompt }
            waitForInput(terminal: false)
        }
    }

    private func waitForInput(terminal: Bool) {
        var descriptors = [pollfd(fd: mailbox.wakeUp, events: Int16(POLLIN), revents: 0)]
        if terminal { descriptors.append(pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)) }
        poll(&descriptors, nfds_t(descriptors.count), -1)
    }
}

// What libedit calls while a line is being typed. Prompt and line are on the screen, the cursor in its place.
extension EditorThread {
    private static let abandonLine: [wchar_t] = [0x15, 0x0A]

    /// One character: 1, at the end 0, on an error -1.
    private func read(into character: UnsafeMutablePointer<wchar_t>) -> Int32 {
        while true {
            let news = mailbox.take()
            if !news.messages.isEmpty { showAbove(news.messages.joined()) }
            if news.isResized { el_resize(editor) }
            if news.isStopped { return 0 }
            if news.isInterrupted { pending = Self.abandonLine }
            if !pending.isEmpty {
                character.pointee = pending.removeFirst()
                return 1
            }
            guard hasTyped else {
                waitForInput(terminal: true)
                continue
            }
            var byte: UInt8 = 0
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            guard count == 1 else { return Int32(count) }
            if let scalar = decode(byte) {
                character.pointee = wchar_t(scalar.value)
                return 1
            }
        }
    }

    private var hasTyped: Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) > 0
    }

    /// The character that `byte` completes; bytes that are no UTF-8 are skipped.
    private func decode(_ byte: UInt8) -> Unicode.Scalar? {
        if byte < 0x80 || byte >= 0xC0 { partial.removeAll() }
        partial.append(byte)
        guard let text = String(validating: partial, as: UTF8.self) else {
            if partial.count >= 4 { partial.removeAll() }
            return nil
        }
        partial.removeAll()
        return text.unicodeScalars.first
    }

    /// Takes prompt and line off the screen, writes `text`, and draws them anew below it.
    private func showAbove(_ text: String) {
        let columns = max(1, terminalColumns)
        let row = (promptWidth + DisplayWidth.of(textBeforeCursor)) / columns
        let up = row > 0 ? "\u{1B}[\(row)A" : ""
        write("\r\(up)\u{1B}[J\(text)")
        moonwire_refresh(editor)
    }

    private var terminalColumns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    private var textBeforeCursor: String {
        guard let line = el_line(editor), let start = line.pointee.buffer, let cursor = line.pointee.cursor else {
            return ""
        }
        let bytes = UnsafeBufferPointer(start: start, count: cursor - start).map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(_ text: String) {
        Descriptor.writeAll(Array(text.utf8), to: STDOUT_FILENO)
    }

    private func completeLine() -> UInt8 {
        let completion = complete(textBeforeCursor)
        if !completion.listing.isEmpty { showAbove(completion.listing) }
        guard completion.insertion.isEmpty else {
            return el_insertstr(editor, completion.insertion) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
        }
        return completion.listing.isEmpty ? UInt8(CC_ERROR) : UInt8(CC_REFRESH)
    }
}
