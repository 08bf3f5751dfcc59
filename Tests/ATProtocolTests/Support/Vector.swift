import ATProtocol
import Testing

/// A dialogue and what the engine must make of it.
///
/// One item per line: `submit N name [milliseconds]`, `cancel N`, `> bytes` the host has written, `< bytes` the module
/// sends, `@ milliseconds` time passes, `close`, `open`, `! event` what must come out, in order. Before the first item
/// the engine is ready, with echo on unless the options say `echo off`.
struct Vector: Sendable, CustomTestStringConvertible {
    enum Item: Equatable, Sendable {
        case submit(UInt64, String, Duration?)
        case cancel(UInt64)
        case written([UInt8])
        case receive([UInt8])
        case wait(Duration)
        case close
        case open
    }

    struct Malformed: Error { let line: String }

    let name: String
    var items: [Item] = []
    var expected: [String] = []
    var isEchoOn = true
    var configuration = Catalog.configuration()
    /// What the engine has to be made with: those with equal ones can share an engine.
    private(set) var options: [String] = []

    var testDescription: String { name }

    init(_ name: String, _ text: String) throws {
        self.name = name
        for line in text.split(separator: "\n") {
            let line = line.drop { $0 == " " }
            if !line.isEmpty, !line.hasPrefix("#") { try read(String(line)) }
        }
    }

    private mutating func read(_ line: String) throws {
        let rest = String(line.drop { $0 != " " }.dropFirst())
        let words = rest.split(separator: " ").map(String.init)
        switch line.prefix({ $0 != " " }) {
        case ">": items.append(.written(try Escapes.bytes(rest)))
        case "<": items.append(.receive(try Escapes.bytes(rest)))
        case "!": expected.append(rest)
        case "@": items.append(.wait(.milliseconds(Int(rest) ?? 0)))
        case "close": items.append(.close)
        case "open": items.append(.open)
        case "cancel": items.append(.cancel(try number(words.first, line)))
        case "submit":
            guard words.count >= 2 else { throw Malformed(line: line) }
            let timeout = words.count > 2 ? Int(words[2]).map { Duration.milliseconds($0) } : nil
            items.append(.submit(try number(words[0], line), words[1], timeout))
        case "option": try readOption(words, line)
        default: throw Malformed(line: line)
        }
    }

    private func number(_ word: String?, _ line: String) throws -> UInt64 {
        guard let number = word.flatMap({ UInt64($0) }) else { throw Malformed(line: line) }
        return number
    }

    private mutating func readOption(_ words: [String], _ line: String) throws {
        options.append(line)
        switch words {
        case ["echo", "off"]: isEchoOn = false
        case ["barrier", "next"]: configuration.barrier = .nextCommand
        case ["barrier", "probe"]: configuration.barrier = .probe
        case ["dataecho", "always"]: configuration.dataEcho = .always
        case ["dataecho", "withecho"]: configuration.dataEcho = .withEcho
        case ["dataecho", "unknown"]: configuration.dataEcho = .unknown
        case ["padding"]: configuration.recovery.openingPadding = .seconds(1)
        case ["ladder"]: configuration.ladder = [.toggleDTR, .escape, .reopen, .reset]
        case ["preamble"]: configuration.preamble = [Command(line: Array("ATE1".utf8))]
        default: throw Malformed(line: line)
        }
    }
}

extension Substring {
    fileprivate func prefix(_ isIncluded: (Character) -> Bool) -> Substring { prefix(while: isIncluded) }
}

extension String {
    fileprivate func prefix(_ isIncluded: (Character) -> Bool) -> Substring { prefix(while: isIncluded) }
}
