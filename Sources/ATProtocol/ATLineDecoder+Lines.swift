extension ATLineDecoder {
    /// Between lines: empty lines, NUL and the space behind a prompt vanish.
    mutating func scanStart(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        if dataEcho.isExpected {
            mode = .dataEcho
            return nil
        }
        while index < input.count {
            let byte = input[index]
            if byte.isLineEnd {
                afterPrompt = false
                index += 1
            } else if byte == 0 {
                index += 1
            } else if afterPrompt {
                afterPrompt = false
                if byte == .space { index += 1 }
            } else if byte == .promptMark {
                index += 1
                afterPrompt = true
                return .prompt
            } else {
                beginLine(input, at: index)
                return nil
            }
        }
        return nil
    }

    mutating func scanLine(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        let room = framing.lineLimit - bytes.count
        // The line is looked at once more when it is just long enough to tell whether it begins a frame.
        let step = undecided ? min(room, max(framing.decisionLength - bytes.count, 1)) : room
        let limit = min(input.count, index + step)
        let end = input.stop(from: index, limit: limit)
        append(input, index..<end)
        index = end
        if undecided {
            if let token = decide() { return token }
            if mode != .line { return nil }
        }
        guard end < input.count else { return nil }
        let byte = input[end]
        if byte.isLineEnd {
            index += 1
            return endOfLine(byte)
        }
        if byte == 0 {
            index += 1
            return nil
        }
        guard bytes.count >= framing.lineLimit else { return nil }
        mode = .skipping
        return .overflow
    }

    /// Goes on to the header if the line turns out to begin a frame.
    private mutating func decide() -> Token? {
        switch framing.decide(bytes) {
        case .open:
            return nil
        case .line:
            undecided = false
            return nil
        case .frame(let framer):
            undecided = false
            mode = .header(framer)
            frameNumber += 1
            // The header may be complete before another byte comes, and then NUL is data.
            return judge(framer)
        }
    }

    private mutating func endOfLine(_ byte: UInt8) -> Token? {
        if !quotesIgnored, framing.isQuoted(bytes), hasOpenQuote {
            bytes.append(byte)
            mode = .quoted
            frameNumber += 1
            return nil
        }
        quotesIgnored = false
        mode = .start
        // The tail of a bad frame may be empty.
        if bytes.isEmpty { return nil }
        let line = bytes.contents
        return isEcho(line.span) ? .echo : .line
    }

    private var hasOpenQuote: Bool {
        bytes.contents.reduce(false) { $1 == .quote ? !$0 : $0 }
    }

    mutating func scanSkipped(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        let limit = min(input.count, index + framing.lineLimit - bytes.count)
        var end = index
        while end < limit, !input[end].isLineEnd { end += 1 }
        append(input, index..<end)
        index = end
        if end < input.count, input[end].isLineEnd {
            index += 1
            mode = .start
            return .skipped
        }
        return bytes.count >= framing.lineLimit ? .skipped : nil
    }

    mutating func scanQuoted(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        while index < input.count {
            let byte = input[index]
            index += 1
            if byte.isLineEnd, !hasOpenQuote {
                mode = .start
                bytes.removeZeros()
                return .line
            }
            bytes.append(byte)
            if bytes.count > framing.quotedLimit {
                readAgainAsLines()
                return nil
            }
        }
        return nil
    }

    mutating func scanDataEcho(_ input: Span<UInt8>, _ index: inout Int) -> Token? {
        while index < input.count {
            let byte = input[index]
            index += 1
            bytes.append(byte)
            switch dataEcho.take(byte) {
            case .more: continue
            case .complete:
                stopDataEcho()
                return .dataEcho
            case .mismatch:
                readAgain()
                stopDataEcho()
                return .dataEchoMissing
            }
        }
        return nil
    }

    private mutating func stopDataEcho() {
        dataEcho.stop()
        mode = .start
    }

    /// What was taken for a quoted line is read as ordinary lines.
    mutating func readAgainAsLines() {
        readAgain()
        quotesIgnored = true
        mode = .start
    }

    /// The bytes read since the token before are read again, before any others.
    mutating func readAgain() {
        putBack(from: 0)
    }

    /// Takes the bytes from `start` on out of the token: they are read again, before any others.
    mutating func putBack(from start: Int) {
        consumed -= bytes.count - start
        again.insert(contentsOf: bytes.contents[start...], at: 0)
        bytes.truncate(to: start)
    }

    @inline(__always)
    mutating func append(_ input: Span<UInt8>, _ range: Range<Int>) {
        if range.count == 1 {
            bytes.append(input[unchecked: range.lowerBound])
        } else {
            bytes.append(input.extracting(range))
        }
    }
}
