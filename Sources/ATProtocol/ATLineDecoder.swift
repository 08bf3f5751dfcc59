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

    /// The modes in which most bytes are read, and all others.
    enum Place: Equatable, Sendable { case start, line, elsewhere }

    /// How far a read has brought the token that is under way.
    enum Progress: Equatable, Sendable {
        /// All bytes are read, and complete none.
        case part
        /// A line is complete; all of it is in `bytes`.
        case line
        /// It has to be read by `next`.
        case unknown
    }

    /// The line just written, without its CR; empty: no echo is expected.
    var expectedEcho: [UInt8] = []
    /// Bytes of the current token: its line, raw frame or skipped bytes.
    var bytes = ByteBuffer(capacity: 512)
    /// Stream bytes that belong to the token given last, line ends and dropped bytes before it included.
    var tokenLength = 0
    /// Counts the frames begun, so that an owner can tell one from the next.
    var frameNumber = 0

    var mode = Mode.start {
        didSet {
            place =
                switch mode {
                case .start: .start
                case .line: .line
                case .skipping, .header, .body, .quoted, .dataEcho: .elsewhere
                }
        }
    }
    /// The mode as far as it is asked for at every line.
    private(set) var place = Place.start
    var dataEcho = DataEchoMatch()
    let framing: Framing
    // Of the framing; kept here because every line is compared with them.
    let frameBeginning: LineBeginning
    let quotedBeginning: LineBeginning
    let lineLimit: Int

    var consumed = 0
    var tokenGiven = false
    /// Whether a prompt was read just now: one space behind it is dropped.
    var afterPrompt = false
    /// Whether the line may still turn out to begin a frame.
    var undecided = true
    /// Whether it may go on behind its line end.
    var mayBeQuoted = true
    /// Set while bytes are read again that had been taken for a quoted line.
    var quotesIgnored = false
    /// Bytes to be read again, before any others.
    var again: [UInt8] = []

    init(_ framing: Framing) {
        self.framing = framing
        frameBeginning = framing.frameBeginning
        quotedBeginning = framing.quotedBeginning
        lineLimit = framing.lineLimit
    }

    var bufferedBytes: Int { bytes.count + again.count }

    /// Whether bytes of earlier reads are not read yet, or may be read in another way than as lines.
    @inline(__always)
    private var isBusy: Bool { !again.isEmpty || dataEcho.isExpected || quotesIgnored }

    /// Reads on from `index` until a token is complete; nil: all bytes are read.
    @inline(__always)
    mutating func next(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        hasReadAll(input, index) ? nil : read(input, &index)
    }

    /// Whether nothing is left to be read.
    @inline(__always)
    mutating func hasReadAll(_ input: Span<UInt8>, _ index: Int) -> Bool {
        if tokenGiven { startOver() }
        return index == input.count && again.isEmpty
    }

    /// The next line, if it lies in `input` as a whole and nothing but a line can come of it; it is not copied.
    /// - Returns: nil if all bytes are read, or the next ones have to be read by `next`.
    @inline(__always)
    mutating func wholeLine(_ input: Span<UInt8>, _ index: inout Int) -> Range<Int>? {
        readsWholeLines() ? nextWholeLine(input, &index) : nil
    }

    /// Whether `nextWholeLine` may be called. It stays so from line to line, unless what is done with a line changes it.
    @inline(__always)
    mutating func readsWholeLines() -> Bool {
        if tokenGiven { startOver() }
        return place == .start && !isBusy
    }

    /// The next line as `wholeLine` gives it.
    @inline(__always)
    mutating func nextWholeLine(_ input: Span<UInt8>, _ index: inout Int) -> Range<Int>? {
        let start = skipLineEnds(input, &index)
        guard start < input.count, !afterPrompt, input[unchecked: start] != .promptMark else { return nil }
        // It may begin a frame, or go on behind its line end.
        if frameBeginning.mayStand(in: input, at: start) || quotedBeginning.mayStand(in: input, at: start) {
            return nil
        }
        let end = input.stop(from: start, limit: min(input.count, start &+ lineLimit))
        guard end > start else { return nil }
        guard end < input.count else {
            index = end
            begin(with: input.extracting(unchecked: start..<end))
            return nil
        }
        guard input[unchecked: end].isLineEnd else { return nil }
        tokenLength = consumed &+ (end &+ 1 &- start)
        consumed = 0
        index = end &+ 1
        return Range(uncheckedBounds: (start, end))
    }

    /// Keeps the beginning of a line that can be nothing but a line.
    @inline(never)
    private mutating func begin(with line: Span<UInt8>) {
        mode = .line
        undecided = false
        mayBeQuoted = false
        consumed &+= line.count
        bytes.append(line)
    }

    @inline(__always)
    private mutating func skipLineEnds(_ input: Span<UInt8>, _ index: inout Int) -> Int {
        let start = index
        var end = start
        while end < input.count, input[unchecked: end].isLineEnd { end &+= 1 }
        if end > start {
            consumed &+= end &- start
            afterPrompt = false
            index = end
        }
        return end
    }

    mutating func beginLine(_ input: Span<UInt8>, at position: Int) {
        mode = .line
        // NUL is dropped, so what stands behind it may still complete a beginning.
        let hasZero = input.hasZero(at: position, within: LineBeginning.longest)
        undecided = hasZero || frameBeginning.mayStand(in: input, at: position)
        mayBeQuoted = hasZero || quotedBeginning.mayStand(in: input, at: position)
    }

    /// Goes on with a line whose beginning has been looked at in another way.
    mutating func resumeLine() {
        mode = .line
        undecided = false
        mayBeQuoted = true
    }

    /// Whether a line is the echo that is expected.
    @inline(__always)
    func isEcho(_ line: Span<UInt8>) -> Bool { !expectedEcho.isEmpty && line.equals(expectedEcho) }

    /// Lends the token's bytes out, so that the rest of the owner can be changed meanwhile; `giveBack` ends it.
    @inline(__always)
    mutating func lend() -> ByteBuffer {
        var lent = ByteBuffer(capacity: 0)
        swap(&lent, &bytes)
        return lent
    }

    @inline(__always)
    mutating func giveBack(_ lent: consuming ByteBuffer) { bytes = lent }

    mutating func startOver() {
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
