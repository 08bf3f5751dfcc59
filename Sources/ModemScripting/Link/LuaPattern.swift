/// A pattern of Lua (manual 6.4.1) for lines of the modem, with the limits of a program that reads them as they come:
/// a pattern that takes too many steps on one line does not match it.
struct LuaPattern: Sendable {
    enum Capture: Sendable, Equatable {
        case bytes([UInt8])
        /// `()`: a position, from 1.
        case position(Int)
    }

    private let pattern: [UInt8]
    private let isAnchored: Bool

    /// - Throws: a sentence that says what is wrong with the pattern.
    init(_ text: [UInt8]) throws(LuaPatternError) {
        isAnchored = text.first == UInt8(ascii: "^")
        pattern = isAnchored ? Array(text.dropFirst()) : text
        // Faults of a pattern show on any subject that reaches them; an empty one reaches the syntax of the first item,
        // so the whole is walked through once.
        try Self.check(pattern)
    }

    /// The captures of the first match, the whole of it when the pattern has none; nil: no match.
    func match(_ subject: [UInt8]) -> [Capture]? {
        var start = 0
        var machine = LuaPatternMachine(subject: subject, pattern: pattern)
        repeat {
            machine.captures = []
            if let end = machine.match(start, 0) {
                return machine.results(start, end)
            }
            start += 1
        } while start <= subject.count && !isAnchored && !machine.isExhausted
        return nil
    }

    private static func check(_ pattern: [UInt8]) throws(LuaPatternError) {
        var open = 0
        var index = 0
        while index < pattern.count {
            switch pattern[index] {
            case UInt8(ascii: "%"):
                guard index + 1 < pattern.count else { throw LuaPatternError("malformed pattern (ends with '%')") }
                if pattern[index + 1] == UInt8(ascii: "b"), index + 3 >= pattern.count {
                    throw LuaPatternError("malformed pattern (missing arguments to '%b')")
                }
                if pattern[index + 1] == UInt8(ascii: "f"),
                    index + 2 >= pattern.count || pattern[index + 2] != UInt8(ascii: "[")
                {
                    throw LuaPatternError("missing '[' after '%f' in pattern")
                }
                index += pattern[index + 1] == UInt8(ascii: "b") ? 4 : 2
            case UInt8(ascii: "["):
                guard let end = LuaPatternMachine.setEnd(pattern, index) else {
                    throw LuaPatternError("malformed pattern (missing ']')")
                }
                index = end
            case UInt8(ascii: "("):
                open += 1
                index += 1
            case UInt8(ascii: ")"):
                guard open > 0 else { throw LuaPatternError("invalid pattern capture") }
                open -= 1
                index += 1
            default: index += 1
            }
        }
        guard open == 0 else { throw LuaPatternError("unfinished capture") }
    }
}

struct LuaPatternError: Error, Sendable, Equatable {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}
