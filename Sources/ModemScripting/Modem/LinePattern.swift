import ATProtocol
import LuaRuntime

/// What a subscription or waiter looks for in a line: the line's beginning, or a pattern of Lua anywhere in it.
struct LinePattern: Sendable {
    private let literal: [UInt8]
    private let pattern: LuaPattern?

    /// - Throws: a sentence about the pattern.
    init(_ text: [UInt8]) throws(LuaPatternError) {
        literal = text
        let magic = Array("%[()*?^$".utf8)
        pattern = text.contains { magic.contains($0) } ? try LuaPattern(text) : nil
    }

    /// The captures, possibly none; nil: the line is another one.
    func match(_ line: [UInt8]) -> [LuaValue]? {
        if line.starts(with: literal) { return [] }
        guard let captures = pattern?.match(line) else { return nil }
        return captures.map { capture in
            switch capture {
            case .bytes(let bytes): .string(bytes)
            case .position(let position): .integer(position)
            }
        }
    }
}

/// One or several patterns; the first that fits counts.
struct LinePatterns: Sendable {
    var patterns: [LinePattern]

    /// The argument is a string, or a list of strings.
    init(_ arguments: LuaArguments, _ index: Int) throws(LuaFailure) {
        let texts: [[UInt8]]
        if let bytes = arguments[index].bytes {
            texts = [bytes]
        } else if let table = arguments[index].table, !table.items.isEmpty, table.pairs.isEmpty {
            texts = table.items.compactMap(\.bytes)
            guard texts.count == table.items.count else {
                throw arguments.failure(index, "a list of patterns holds strings only")
            }
        } else {
            throw arguments.failure(index, "pattern or list of patterns expected, got \(arguments[index].typeName)")
        }
        patterns = []
        for text in texts {
            do throws(LuaPatternError) {
                patterns.append(try LinePattern(text))
            } catch {
                throw arguments.failure(index, error.message)
            }
        }
    }

    /// What scripts see of an event that fits: `line`, captures from 1, `index` of the pattern, `message` of a received
    /// one.
    func hit(_ event: ModemEvent) -> LuaValue? {
        switch event {
        case .urc(let line): hit(line.bytes, message: .nil)
        case .message(let message):
            hit(Array(message.announcement.utf8), message: .table(LuaTable(message)))
        case .lost, .late, .anomaly, .restarted, .port: nil
        }
    }

    private func hit(_ line: [UInt8], message: LuaValue) -> LuaValue? {
        for (index, pattern) in patterns.enumerated() {
            guard let captures = pattern.match(line) else { continue }
            var table = LuaTable(["line": .string(line), "index": .integer(index + 1), "message": message])
            table.items = captures
            return .table(table)
        }
        return nil
    }
}
