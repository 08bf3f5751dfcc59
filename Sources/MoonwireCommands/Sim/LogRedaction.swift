internal import A7600
internal import ATProtocol
internal import LuaRuntime

/// What of a module's line the log of `moonwire sim` may show: everything but passwords, PINs and certificate files.
///
/// A secret may come in pieces, so a line of the host is shown up to the part that is understood, and one of the module
/// when it is complete.
struct LogRedaction {
    private let profile: Profile
    /// Secrets the host has sent: echo, data echo and answers repeat them.
    private let known = KnownSecrets()
    /// Of the host, since its last CR, and how much of it has been shown.
    private var line: [UInt8] = []
    private var shown = 0
    /// Data the last command has announced, how many are missing, and whether they are secret.
    private var data: [UInt8] = []
    private var missing = 0
    private var isDataSecret = false
    /// Of the module, since its last line end.
    private var answer: [UInt8] = []

    /// Answers with secrets that may be older than the log: all their strings but addresses are masked.
    private static let answers = ["+CMQTTCONNECT:", "+CGAUTH:", "+CSOCKAUTH:"].map { Array($0.utf8) }
    private static let mark = Array("****".utf8)
    private static let prompt = UInt8(ascii: ">")
    private static let quote = UInt8(ascii: "\"")

    init(profile: Profile) {
        self.profile = profile
    }

    /// - Returns: what is to be logged now; it may be empty.
    mutating func fromHost(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        for byte in bytes {
            if missing > 0 {
                data.append(byte)
                missing -= 1
                if missing == 0 { text += endData() }
            } else {
                line.append(byte)
                if byte == UInt8(ascii: "\r") { text += endLine() }
            }
        }
        return text
    }

    /// What the host has begun and not ended, as far as it can be told.
    mutating func begun() -> [UInt8] {
        guard line.count > shown else { return [] }
        defer { shown = line.count }
        return Array(masked(line).dropFirst(shown))
    }

    mutating func toHost(_ bytes: [UInt8]) -> [UInt8] {
        answer += bytes
        let end = answer.lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { $0 + 1 } ?? 0
        let isPrompt = answer[end...].elementsEqual([Self.prompt])
        let complete = Array(isPrompt ? answer[...] : answer[..<end])
        answer.removeFirst(complete.count)
        // Nothing that was announced is asked for.
        if missing > 0, data.isEmpty, !isPrompt, complete.contains(Array("ERROR".utf8)) { missing = 0 }
        let lines = complete.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let shown = Array(lines.map { Self.maskedAnswer(Array($0)) }.joined(separator: [UInt8(ascii: "\n")]))
        return known.masked(shown, with: Self.mark)
    }

    private mutating func endLine() -> [UInt8] {
        let text = Array(masked(line).dropFirst(shown))
        let command = line.drop { !Self.isLetterA($0) }.dropLast()
        line.removeAll()
        shown = 0
        do throws(ArgumentFault) {
            let command = try Catalogue.command(line: Array(command), profile: profile, checking: .framingOnly)
            for secret in command.secrets where secret.part == .line {
                known.add(Array(command.line[secret.range.clamped(to: command.line.indices)]))
            }
        } catch {
            announce(Array(command), error)
        }
        return text
    }

    /// The number of bytes is what the fault allows.
    private mutating func announce(_ command: [UInt8], _ fault: ArgumentFault) {
        guard fault.parameter == "data", fault.value == "missing",
            let count = fault.allowed.split(separator: " ").first.flatMap({ Int($0) })
        else { return }
        let data = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        let whole = try? Catalogue.command(line: command, data: data, profile: profile, checking: .framingOnly)
        missing = count
        isDataSecret = whole?.secrets.contains { $0.part == .data } ?? true
    }

    private mutating func endData() -> [UInt8] {
        defer { data.removeAll() }
        guard isDataSecret else { return known.masked(data, with: Self.mark) }
        known.add(data)
        return Array("<\(data.count) secret bytes>".utf8)
    }

    /// Of the same length, with `*` for each secret byte.
    private func masked(_ line: [UInt8]) -> [UInt8] {
        let start = line.firstIndex(where: Self.isLetterA) ?? line.endIndex
        let end = line.last == UInt8(ascii: "\r") ? line.count - 1 : line.count
        guard start < end else { return line }
        let body = Array(line[start..<end])
        do throws(ArgumentFault) {
            let command = try Catalogue.command(line: body, profile: profile, checking: .framingOnly)
            return line[..<start] + command.shown + line[end...]
        } catch {
            // A line that announces data has no secrets but these; of one that cannot be read nothing is known.
            if error.parameter == "data" { return line }
            let arguments = body.firstIndex(of: UInt8(ascii: "=")).map { start + $0 + 1 } ?? end
            return line[..<arguments] + [UInt8](repeating: UInt8(ascii: "*"), count: end - arguments) + line[end...]
        }
    }

    private static func maskedAnswer(_ line: [UInt8]) -> [UInt8] {
        guard answers.contains(where: { line.starts(with: $0) }) else { return line }
        let parts = line.split(separator: quote, omittingEmptySubsequences: false)
        return Array(
            parts.enumerated().map { index, part in
                index % 2 == 0 || part.starts(with: Array("tcp://".utf8))
                    ? Array(part) : [UInt8](repeating: UInt8(ascii: "*"), count: part.count)
            }.joined(separator: [quote])
        )
    }

    private static func isLetterA(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "A") || byte == UInt8(ascii: "a") }
}
