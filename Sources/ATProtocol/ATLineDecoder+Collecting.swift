/// Reading on where it takes no more than to keep bytes, or to find the end of a line that is nothing but a line.
extension ATLineDecoder {
    /// Goes on with a line that began in an earlier read and is nothing but a line.
    @inline(__always)
    mutating func continueLine(_ input: Span<UInt8>, _ index: inout Int) -> Progress {
        guard place == .line, again.isEmpty, !tokenGiven, index < input.count else { return .unknown }
        if undecided {
            guard frameBeginning.judge(input[unchecked: index], behind: bytes.count) == .differs else {
                return .unknown
            }
            undecided = false
        }
        let end = input.stop(from: index, limit: min(input.count, index &+ (lineLimit &- bytes.count)))
        if end < input.count, !input[unchecked: end].isLineEnd { return .unknown }
        append(input, Range(uncheckedBounds: (index, end)))
        consumed &+= end &- index
        index = end
        if end == input.count { return .part }
        guard endsPlainly else { return .unknown }
        index &+= 1
        completeLine()
        return .line
    }

    /// Whether the line, of which only the end is missing, is one for certain: it does not go on behind its end, and it
    /// is not the tail of a bad frame, which may be empty.
    @inline(__always)
    private var endsPlainly: Bool {
        !bytes.isEmpty && !quotesIgnored
            && !(mayBeQuoted && quotedBeginning.mayStand(in: bytes.contents.span, at: 0))
    }

    /// The end of the line has just been read.
    @inline(__always)
    private mutating func completeLine() {
        tokenLength = consumed &+ 1
        consumed = 0
        tokenGiven = true
        mode = .start
    }

    /// Reads on as far as it takes no more than to collect bytes.
    @inline(__always)
    mutating func collect(_ input: Span<UInt8>, _ index: inout Int) -> Progress {
        if place == .line {
            let progress = continueLine(input, &index)
            if progress != .unknown || index > 0 { return progress }
        } else if input.count > 2, input[unchecked: input.count - 1].isLineEnd {
            // Whole lines, most of the time, when reads are long.
            return .unknown
        }
        return absorb(input) ? .part : .unknown
    }

    /// The same for a single byte of a line and for a piece of a frame; `unknown`: nothing has been read.
    @inline(__always)
    mutating func collectAtOnce(_ input: Span<UInt8>) -> Progress {
        switch place {
        case .start: .unknown
        case .line: input.count == 1 ? collectInLine(input[unchecked: 0]) : .unknown
        case .elsewhere: again.isEmpty && collectBody(input) ? .part : .unknown
        }
    }

    /// - Returns: false if it is no body, or comes to its end.
    @inline(__always)
    private mutating func collectBody(_ input: Span<UInt8>) -> Bool {
        guard case .body(_, let total, _) = mode, !tokenGiven, input.count < total - bytes.count else { return false }
        append(input, Range(uncheckedBounds: (0, input.count)))
        consumed &+= input.count
        return true
    }

    @inline(__always)
    private mutating func collectInLine(_ byte: UInt8) -> Progress {
        guard again.isEmpty, !tokenGiven else { return .unknown }
        if undecided {
            switch frameBeginning.judge(byte, behind: bytes.count) {
            case .differs: undecided = false
            case .isOpen: break
            case .unknown: return .unknown
            }
        }
        if byte.stopsLine {
            guard byte != 0, endsPlainly else { return .unknown }
            completeLine()
            return .line
        }
        guard bytes.count < lineLimit else { return .unknown }
        bytes.append(byte)
        consumed &+= 1
        return .part
    }

    /// Reads bytes that cannot complete a token: between lines, or the middle of a line or of a frame.
    /// - Returns: false if they have to be read by `next`.
    mutating func absorb(_ input: Span<UInt8>) -> Bool {
        guard again.isEmpty else { return false }
        switch mode {
        case .start:
            return absorbStart(input)
        case .line:
            guard !tokenGiven, bytes.count + input.count <= framing.lineLimit else { return false }
            guard input.stop(from: 0, limit: input.count) == input.count else { return false }
            if undecided { return absorbUndecided(input) }
            append(input, 0..<input.count)
        case .body:
            return collectBody(input)
        case .skipping, .header, .quoted, .dataEcho:
            return false
        }
        consumed += input.count
        return true
    }

    /// Line ends, and behind them the beginning of a line that is nothing but a line.
    private mutating func absorbStart(_ input: Span<UInt8>) -> Bool {
        guard !dataEcho.isExpected else { return false }
        var start = 0
        var mayBeFrame = false
        while start < input.count, input[unchecked: start].isLineEnd { start &+= 1 }
        if start < input.count {
            guard start > 0 || !afterPrompt, input[unchecked: start] != .promptMark,
                input.count - start <= lineLimit, input.stop(from: start, limit: input.count) == input.count
            else { return false }
            mayBeFrame = frameBeginning.mayStand(in: input, at: start)
            if mayBeFrame, !frameBeginning.isOpen(after: input.count - start) { return false }
        }
        if tokenGiven { startOver() }
        if start > 0 { afterPrompt = false }
        consumed &+= input.count
        if start < input.count {
            // No NUL is in it.
            mode = .line
            undecided = mayBeFrame
            mayBeQuoted = quotedBeginning.mayStand(in: input, at: start)
            append(input, Range(uncheckedBounds: (start, input.count)))
        }
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
}
