internal import A7600
internal import ATProtocol

/// What a line typed into the console means.
enum ConsoleInput: Equatable, Sendable {
    case nothing
    case command(Command)
    /// A command whose data the operator still has to give: this many bytes.
    case needsData(line: String, count: Int)
    case directive(ConsoleDirective)
    case lua(String)
    /// Not sent, and why.
    case refused(String)

    /// Parameters are not checked: at a bench one wants to see what the module says to a wrong one.
    init(_ typed: String, profile: Profile) {
        let text = typed.trimmed
        if text.isEmpty {
            self = .nothing
        } else if text.first == ":" {
            self = ConsoleDirective(text).map { .directive($0) } ?? .lua(String(text.dropFirst()).trimmed)
        } else if !text.uppercased().hasPrefix("AT") {
            self = .refused("no AT command, so nothing was sent; :help lists what there is besides")
        } else {
            self = Self.withData(text, profile) ?? Self.command(text, profile)
        }
    }

    private static func command(_ line: String, _ profile: Profile) -> ConsoleInput {
        do throws(ArgumentFault) {
            return .command(try Catalogue.command(line: line, profile: profile, checking: .framingOnly))
        } catch {
            return missingData(error, line: line) ?? .refused(error.description)
        }
    }

    /// `AT+CMQTTTOPIC=0,5 > hello`: the data stand on the line. Nil: none do.
    private static func withData(_ text: String, _ profile: Profile) -> ConsoleInput? {
        guard let mark = text.firstRange(of: " > ") else { return nil }
        let line = String(text[..<mark.lowerBound]).trimmed
        guard case .needsData(_, let count) = command(line, profile) else { return nil }
        return ConsoleInput(line, data: String(text[mark.upperBound...]), count: count, profile: profile)
    }

    /// The same line with its data.
    init(_ line: String, data typed: String, count: Int, profile: Profile) {
        guard let data = Self.data(typed, count: count) else {
            let given = typed.isEmpty ? "nothing sent" : "\(typed.utf8.count) bytes given"
            self = .refused("\(given), \(count) declared; \\r, \\n, \\t, \\\\ and \\x00 stand for bytes")
            return
        }
        do throws(ArgumentFault) {
            self = .command(try Catalogue.command(line: line, data: data, profile: profile, checking: .framingOnly))
        } catch {
            self = .refused(error.description)
        }
    }

    /// The number of bytes is what the fault allows.
    private static func missingData(_ fault: ArgumentFault, line: String) -> ConsoleInput? {
        guard fault.parameter == "data", fault.value == "missing", let word = fault.allowed.split(separator: " ").first,
            let count = Int(word)
        else { return nil }
        return .needsData(line: line, count: count)
    }

    /// The text as it is if it has the right length, else with its escapes replaced if that has.
    private static func data(_ typed: String, count: Int) -> [UInt8]? {
        let literal = Array(typed.utf8)
        if literal.count == count { return literal }
        guard let bytes = unescaped(literal), bytes.count == count else { return nil }
        return bytes
    }

    private static func unescaped(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            case .some, nil: return nil
            }
        }
        return bytes
    }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
