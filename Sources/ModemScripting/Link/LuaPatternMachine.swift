/// Matches one subject against one checked pattern. Positions count from 0.
struct LuaPatternMachine {
    struct Open {
        var start: Int
        /// Nil: not closed yet. A position capture has its start as its end.
        var end: Int?
        var isPosition = false
    }

    let subject: [UInt8]
    let pattern: [UInt8]
    var captures: [Open] = []
    private var steps = 0
    private var depth = 0

    private static let maximumSteps = 100_000
    private static let maximumDepth = 200

    init(subject: [UInt8], pattern: [UInt8]) {
        self.subject = subject
        self.pattern = pattern
    }

    var isExhausted: Bool { steps > Self.maximumSteps }

    func results(_ start: Int, _ end: Int) -> [LuaPattern.Capture] {
        guard !captures.isEmpty else { return [.bytes(Array(subject[start..<end]))] }
        return captures.map { capture in
            capture.isPosition
                ? .position(capture.start + 1) : .bytes(Array(subject[capture.start..<(capture.end ?? capture.start)]))
        }
    }

    /// The end of a match of the pattern from `p` on, at `s`.
    mutating func match(_ s: Int, _ p: Int) -> Int? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { return nil }
        steps += 1
        guard !isExhausted else { return nil }
        guard p < pattern.count else { return s }
        switch pattern[p] {
        case UInt8(ascii: "("): return open(s, p)
        case UInt8(ascii: ")"): return close(s, p)
        case UInt8(ascii: "$") where p + 1 == pattern.count: return s == subject.count ? s : nil
        case UInt8(ascii: "%") where p + 1 < pattern.count:
            switch pattern[p + 1] {
            case UInt8(ascii: "b"): return balanced(s, p).flatMap { match($0, p + 4) }
            case UInt8(ascii: "f"): return frontier(s, p)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): return back(s, p).flatMap { match($0, p + 2) }
            default: return item(s, p)
            }
        default: return item(s, p)
        }
    }

    private mutating func open(_ s: Int, _ p: Int) -> Int? {
        let isPosition = p + 1 < pattern.count && pattern[p + 1] == UInt8(ascii: ")")
        captures.append(Open(start: s, end: isPosition ? s : nil, isPosition: isPosition))
        let count = captures.count
        if let end = match(s, isPosition ? p + 2 : p + 1) { return end }
        captures.removeSubrange((count - 1)...)
        return nil
    }

    private mutating func close(_ s: Int, _ p: Int) -> Int? {
        guard let index = captures.lastIndex(where: { $0.end == nil }) else { return nil }
        captures[index].end = s
        if let end = match(s, p + 1) { return end }
        if captures.indices.contains(index) { captures[index].end = nil }
        return nil
    }

    private func back(_ s: Int, _ p: Int) -> Int? {
        let index = Int(pattern[p + 1]) - 0x31
        guard captures.indices.contains(index), let end = captures[index].end else { return nil }
        let bytes = subject[captures[index].start..<end]
        return subject[s...].starts(with: bytes) ? s + bytes.count : nil
    }

    private func balanced(_ s: Int, _ p: Int) -> Int? {
        guard s < subject.count, subject[s] == pattern[p + 2] else { return nil }
        var level = 1
        for index in (s + 1)..<max(s + 1, subject.count) {
            if subject[index] == pattern[p + 3] {
                level -= 1
                if level == 0 { return index + 1 }
            } else if subject[index] == pattern[p + 2] {
                level += 1
            }
        }
        return nil
    }

    private mutating func frontier(_ s: Int, _ p: Int) -> Int? {
        guard let end = Self.setEnd(pattern, p + 2) else { return nil }
        let before = s == 0 ? 0 : subject[s - 1]
        let here = s < subject.count ? subject[s] : 0
        guard !setAccepts(before, p + 2, end), setAccepts(here, p + 2, end) else { return nil }
        return match(s, end)
    }

    private mutating func item(_ s: Int, _ p: Int) -> Int? {
        let end = itemEnd(p)
        let suffix = end < pattern.count ? pattern[end] : 0
        switch suffix {
        case UInt8(ascii: "?"):
            if accepts(s, p, end), let matched = match(s + 1, end + 1) { return matched }
            return match(s, end + 1)
        case UInt8(ascii: "*"): return longest(s, p, end, from: 0)
        case UInt8(ascii: "+"): return longest(s, p, end, from: 1)
        case UInt8(ascii: "-"): return shortest(s, p, end)
        default: return accepts(s, p, end) ? match(s + 1, end) : nil
        }
    }

    private mutating func longest(_ s: Int, _ p: Int, _ end: Int, from least: Int) -> Int? {
        var count = 0
        while accepts(s + count, p, end) { count += 1 }
        steps += count
        while count >= least {
            if let matched = match(s + count, end + 1) { return matched }
            count -= 1
        }
        return nil
    }

    private mutating func shortest(_ s: Int, _ p: Int, _ end: Int) -> Int? {
        var position = s
        while true {
            if let matched = match(position, end + 1) { return matched }
            guard accepts(position, p, end), !isExhausted else { return nil }
            position += 1
        }
    }

    private func itemEnd(_ p: Int) -> Int {
        switch pattern[p] {
        case UInt8(ascii: "%"): min(p + 2, pattern.count)
        case UInt8(ascii: "["): Self.setEnd(pattern, p) ?? pattern.count
        default: p + 1
        }
    }

    /// Behind the `]` of the set that begins at `start`.
    static func setEnd(_ pattern: [UInt8], _ start: Int) -> Int? {
        var index = start + 1
        if index < pattern.count, pattern[index] == UInt8(ascii: "^") { index += 1 }
        var isFirst = true
        while index < pattern.count {
            if pattern[index] == UInt8(ascii: "]"), !isFirst { return index + 1 }
            index += pattern[index] == UInt8(ascii: "%") ? 2 : 1
            isFirst = false
        }
        return nil
    }

    private func accepts(_ s: Int, _ p: Int, _ end: Int) -> Bool {
        guard s < subject.count else { return false }
        switch pattern[p] {
        case UInt8(ascii: "."): return true
        case UInt8(ascii: "%"): return p + 1 < pattern.count && Self.isIn(subject[s], class: pattern[p + 1])
        case UInt8(ascii: "["): return setAccepts(subject[s], p, end)
        default: return subject[s] == pattern[p]
        }
    }

    private func setAccepts(_ byte: UInt8, _ start: Int, _ end: Int) -> Bool {
        var index = start + 1
        let isNegated = pattern[index] == UInt8(ascii: "^")
        if isNegated { index += 1 }
        let last = end - 1
        while index < last {
            if pattern[index] == UInt8(ascii: "%"), index + 1 < last {
                if Self.isIn(byte, class: pattern[index + 1]) { return !isNegated }
                index += 2
            } else if index + 2 < last, pattern[index + 1] == UInt8(ascii: "-") {
                if pattern[index] <= byte, byte <= pattern[index + 2] { return !isNegated }
                index += 3
            } else {
                if pattern[index] == byte { return !isNegated }
                index += 1
            }
        }
        return isNegated
    }

    static func isIn(_ byte: UInt8, class name: UInt8) -> Bool {
        let lower = name | 0x20
        let isLetter = (0x61...0x7A).contains(byte | 0x20)
        let isDigit = (0x30...0x39).contains(byte)
        let isMember: Bool
        switch lower {
        case UInt8(ascii: "a"): isMember = isLetter
        case UInt8(ascii: "c"): isMember = byte < 0x20 || byte == 0x7F
        case UInt8(ascii: "d"): isMember = isDigit
        case UInt8(ascii: "g"): isMember = (0x21...0x7E).contains(byte)
        case UInt8(ascii: "l"): isMember = (0x61...0x7A).contains(byte)
        case UInt8(ascii: "p"): isMember = (0x21...0x7E).contains(byte) && !isLetter && !isDigit
        case UInt8(ascii: "s"): isMember = byte == 0x20 || (0x09...0x0D).contains(byte)
        case UInt8(ascii: "u"): isMember = (0x41...0x5A).contains(byte)
        case UInt8(ascii: "w"): isMember = isLetter || isDigit
        case UInt8(ascii: "x"): isMember = isDigit || (0x61...0x66).contains(byte | 0x20)
        default: return name == byte
        }
        return (0x41...0x5A).contains(name) ? !isMember : isMember
    }
}
