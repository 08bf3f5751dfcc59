/// Bytes and an expectation in, tokens out: lines, echoes, prompts and frames.
///
/// Tokens depend on the bytes alone, never on how they were cut into reads: every decision is made at a byte, and what
/// was read too far is read again. The bytes of a token are in `bytes` until the next call of `next`.
struct ATLineDecoder: ~Copyable, Sendable {
    enum Token: Equatable, Sendable {
        /// A line without its end; never empty.
        case line
        /// The line that equals `expectedEcho`.
        case echo
        /// `>` at a line start.
        case prompt
        /// The bytes of `expectDataEcho`, with what was tolerated before them.
        case dataEcho
        /// They have not come: what had been matched is read as lines.
        case dataEchoMissing
        /// The byte that made a line too long; the rest of the line comes as `skipped`.
        case overflow
        /// Bytes of a line that was too long.
        case skipped
        /// `headerCount` bytes of header without its line end, `body` the counted bytes.
        case frame(headerCount: Int, body: Range<Int>)
        /// A header whose length is not believed.
        case refused(FrameFault)
        /// A frame without the line end behind its data.
        case suspect
    }

    enum Mode: Equatable, Sendable {
        /// Nothing of a line has come.
        case start
        case line
        case skipping
        /// Within the header of the framer with this index.
        case header(Int)
        /// Until `bytes` holds `total` bytes; the counted ones are at `body`.
        case body(framer: Int, total: Int, body: Range<Int>)
        /// Line ends are protected by an open quote.
        case quoted
        case dataEcho
    }

    /// The line just written, without its CR; empty: no echo is expected.
    var expectedEcho: [UInt8] = []
    /// Bytes of the current token: its line, raw frame or skipped bytes.
    var bytes = ByteBuffer(capacity: 512)
    /// Stream bytes that belong to the token given last, line ends and dropped bytes before it included.
    private(set) var tokenLength = 0
    /// Counts the frames begun, so that an owner can tell one from the next.
    var frameNumber = 0

    var mode = Mode.start
    var dataEcho = DataEchoMatch()
    let framing: Framing

    var consumed = 0
    private var tokenGiven = false
    private let spare = ByteBuffer(capacity: 0)
    /// Whether a prompt was read just now: one space behind it is dropped.
    var afterPrompt = false
    /// Whether the line may still turn out to begin a frame.
    var undecided = true
    /// Set while bytes are read again that had been taken for a quoted line.
    var quotesIgnored = false
    /// Bytes to be read again, before any others.
    var again: [UInt8] = []

    init(_ framing: Framing) {
        self.framing = framing
    }

    var bufferedBytes: Int { bytes.count + again.count }

    /// Reads on from `index` until a token is complete; nil: all bytes are read.
    @inline(__always)
    mutating func next(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        if tokenGiven { startOver() }
        if again.isEmpty, index == input.count { return nil }
        return read(input, &index)
    }

    /// Reads bytes that cannot complete a token: between lines, or the middle of a line or of a frame.
    /// - Returns: false if they have to be read by `next`.
    @inline(__always)
    mutating func absorb(_ input: Span<UInt8>) -> Bool {
        guard again.isEmpty else { return false }
        switch mode {
        case .start:
            guard !dataEcho.isExpected else { return false }
            for index in input.indices where !input[unchecked: index].isLineEnd { return false }
            if tokenGiven { startOver() }
            if !input.isEmpty { afterPrompt = false }
        case .line:
            guard !tokenGiven, bytes.count + input.count <= framing.lineLimit else { return false }
            for index in input.indices where Self.stops(input[unchecked: index]) { return false }
            if undecided { return absorbUndecided(input) }
            append(input, 0..<input.count)
        case .body(_, let total, _):
            guard !tokenGiven, bytes.count + input.count < total else { return false }
            append(input, 0..<input.count)
        case .skipping, .header, .quoted, .dataEcho:
            return false
        }
        consumed += input.count
        return true
    }

    /// The beginning of a line that may still become a frame, or just turns out not to.
    private mutating func absorbUndecided(_ input: Span<UInt8>) -> Bool {
        let start = bytes.count
        guard start + input.count <= framing.decisionLength else { return false }
        append(input, 0..<input.count)
        switch framing.decide(bytes) {
        case .open: break
        case .line: undecided = false
        case .frame:
            bytes.truncate(to: start)
            return false
        }
        consumed += input.count
        return true
    }

    /// Lends the token's bytes out, so that the rest of the owner can be changed meanwhile; `giveBack` ends it.
    @inline(__always)
    mutating func lend() -> ByteBuffer {
        var lent = spare
        swap(&lent, &bytes)
        return lent
    }

    @inline(__always)
    mutating func giveBack(_ lent: consuming ByteBuffer) { bytes = lent }

    private mutating func startOver() {
        bytes.clear()
        tokenGiven = false
    }

    private mutating func read(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        while true {
            if !again.isEmpty {
                var source: [UInt8] = []
                swap(&source, &again)
                var position = 0
                let token = scan(source.span, &position)
                again.append(contentsOf: source[position...])
                if let token { return given(token) }
                continue
            }
            if let token = scan(input, &index) { return given(token) }
            if again.isEmpty { return nil }
        }
    }

    private mutating func given(_ token: Token) -> Token {
        tokenGiven = true
        tokenLength = consumed
        consumed = 0
        return token
    }

    /// - Returns: nil when `input` is used up, or bytes are to be read again first.
    private mutating func scan(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        while index < input.count {
            let start = index
            let token: Token?
            switch mode {
            case .start: token = scanStart(input, &index)
            case .line: token = scanLine(input, &index)
            case .skipping: token = scanSkipped(input, &index)
            case .header(let framer): token = scanHeader(input, &index, framer: framer)
            case .body(let framer, let total, _): token = scanBody(input, &index, framer: framer, total: total)
            case .quoted: token = scanQuoted(input, &index)
            case .dataEcho: token = scanDataEcho(input, &index)
            }
            consumed += index - start
            if let token { return token }
            if !again.isEmpty { return nil }
        }
        return nil
    }
}
