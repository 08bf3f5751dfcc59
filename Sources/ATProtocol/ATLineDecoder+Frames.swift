extension ATLineDecoder {
    /// How much of a header is looked at before its framer is asked.
    private static let headerStep = 128

    mutating func scanHeader(_ input: Span<UInt8>, _ index: inout Int, framer: Int) -> Token? {
        // No byte beyond the limit of lines is looked at, wherever the reads are cut.
        let step = max(1, min(Self.headerStep, framing.lineLimit - bytes.count))
        let limit = min(input.count, index + step)
        var end = index
        while end < limit, input[end] != 0, !input[end].isLineEnd { end += 1 }
        let isAtZero = end < limit && input[end] == 0
        if end < limit, !isAtZero { end += 1 }
        append(input, index..<end)
        index = end
        let token = judge(framer)
        // NUL is dropped within a header, but the bytes before it may have completed one: then it is data.
        if isAtZero, token == nil, case .header = mode { index += 1 }
        return token
    }

    mutating func scanBody(_ input: Span<UInt8>, _ index: inout Int, framer: Int, total: Int) -> Token? {
        let end = index + min(input.count - index, total - bytes.count)
        append(input, index..<end)
        index = end
        return bytes.count < total ? nil : judge(framer)
    }

    mutating func judge(_ framer: Int) -> Token? {
        let raw = bytes.contents
        switch framing.framers[framer].frame(raw.span) {
        case .needMore:
            if bytes.count >= framing.lineLimit { notAFrame() }
            return nil
        case .mismatch:
            notAFrame()
            return nil
        case .incomplete(let body, let trailer):
            mode = .body(framer: framer, total: max(body.upperBound + trailer, bytes.count + 1), body: body)
            return nil
        case .consumed(let count, let body):
            return frame(count: min(count, bytes.count), body: body)
        case .refused(let fault):
            refuse(framer)
            return fault == .missingEnd ? .suspect : .refused(fault)
        }
    }

    /// Ends the frame at the byte that decided against it; what was looked at behind it is read again.
    private mutating func refuse(_ framer: Int) {
        let raw = bytes.contents
        var decided = raw.count
        var open = 0
        while open + 1 < decided {
            let middle = (open + decided) / 2
            if case .refused = framing.framers[framer].frame(raw.span.extracting(first: middle)) {
                decided = middle
            } else {
                open = middle
            }
        }
        putBack(from: decided)
        if bytes.last.map(\.isLineEnd) == true { mode = .start } else { resumeLine() }
    }

    private mutating func frame(count: Int, body: Range<Int>) -> Token {
        putBack(from: count)
        mode = .start
        var headerCount = body.lowerBound
        while headerCount > 0, bytes[headerCount - 1].isLineEnd { headerCount -= 1 }
        return .frame(headerCount: headerCount, body: body)
    }

    /// The line is read on as an ordinary one.
    private mutating func notAFrame() {
        resumeLine()
        guard let end = bytes.first(where: \.isLineEnd) else { return }
        putBack(from: end)
    }
}

// MARK: Giving up

extension ATLineDecoder {
    /// The frame in progress will not be completed: hands out its raw bytes and reads on at a line start.
    mutating func abandonFrame() -> [UInt8] {
        let raw = bytes.copy()
        bytes.clear()
        mode = .start
        consumed = 0
        return raw
    }

    /// The open quote will not be closed: its lines are read as ordinary ones.
    mutating func abandonQuotes() {
        guard mode == .quoted else { return }
        readAgainAsLines()
    }

    /// The echo of the data will not come: what has been compared is read as lines.
    mutating func abandonDataEcho() {
        if mode == .dataEcho {
            putBack(from: 0)
            mode = .start
        }
        dataEcho.stop()
    }
}
