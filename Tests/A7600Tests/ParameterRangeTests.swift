import ATProtocol
import Testing

@testable import A7600

/// Each command with each of its parameters: below the range, at both ends, above it, of the wrong type.
///
/// A row is a line with `%` where the parameter stands, and the range from the specification. The last test sees to it
/// that no parameter of the catalogue is without a row.
@Suite struct ParameterRangeTests {
    typealias Row = ParameterRow

    static let all = ParameterRow.all

    @Test(arguments: all)
    func bothEndsAreTakenAndWhatLiesBeyondIsNamed(row: Row) throws {
        switch row.range {
        case .numbers(let ranges):
            for range in ranges {
                for value in [range.lowerBound, range.upperBound] { try accept(row, String(value)) }
                for value in [range.lowerBound - 1, range.upperBound + 1]
                where !ranges.contains(where: { $0.contains(value) }) {
                    refuse(row, String(value), shown: String(value))
                }
            }
        case .bytes(let range, let fill):
            for count in [range.lowerBound, range.upperBound] { try accept(row, fill(count)) }
            for count in [range.lowerBound - 1, range.upperBound + 1] where count >= 0 {
                refuse(row, fill(count), shown: isSecret(row) ? "a secret of \(count) bytes" : "\(count) bytes")
            }
        case .words(let words):
            for word in words { try accept(row, word) }
            for word in [words[0].uppercased() + "X", words[0].lowercased() + "x", ""] {
                refuse(row, word, shown: "\"\(word)\"")
            }
        case .hexadecimal:
            for value in ["0x002F", "0Xffff", "0x1301"] { try accept(row, value) }
            for value in ["0x002E", "0x10000", "0x", "0xZZ"] { refuse(row, value, shown: value) }
        }
    }

    @Test(arguments: all)
    func aValueOfTheWrongTypeIsNamed(row: Row) throws {
        switch row.range {
        case .numbers:
            // A string where a number belongs, a word, nothing, a number too long for any range.
            for value in ["\"1\"", "x", "", "99999999999999999999", "1x", "+1"] { refuseSomehow(row, row.with(value)) }
        case .bytes, .words:
            // The quotes missing, or a number instead.
            let bare = row.line.split(separator: "\"%\"", omittingEmptySubsequences: false).joined(separator: "7")
            refuseSomehow(row, bare)
            let open = row.line.split(separator: "\"%\"", omittingEmptySubsequences: false).joined(separator: "\"x")
            refuseSomehow(row, open)
        case .hexadecimal:
            for value in ["\"0x002F\"", "4", ""] { refuseSomehow(row, row.with(value)) }
        }
    }

    @Test(arguments: all, [0x00, 0x08, 0x0A, 0x0D, 0x1A, 0x1B] as [UInt8])
    func noParameterCanCarryAByteThatBreaksFraming(row: Row, byte: UInt8) throws {
        let line = Array(row.with("x").utf8) + [byte]
        #expect(throws: ArgumentFault.self) {
            try Catalogue.command(line: line, profile: row.profile)
        }
        #expect(throws: ArgumentFault.self) {
            try Catalogue.command(line: line, profile: row.profile, checking: .framingOnly)
        }
    }

    @Test(arguments: Catalogue.commands.map(\.name), Profile.allNames)
    func noStringOfABuilderCanCarryAByteThatBreaksFraming(command: String, profile: String) throws {
        let profile = try #require(Profile(name: profile))
        let forms = try #require(Catalogue.description(named: command)).forms
        for parameter in forms.flatMap(\.parameters) {
            guard case .string(let length, _) = parameter.domain.resolved(for: profile) else { continue }
            for (byte, name) in [
                (0x00, "NUL"), (0x08, "backspace"), (0x0A, "LF"), (0x0D, "CR"), (0x1A, "Ctrl-Z"), (0x1B, "ESC"),
                (0x22, "\""),
            ] as [(UInt8, String)] {
                let value = [UInt8](repeating: 0x61, count: max(length.lowerBound, 1) - 1) + [byte]
                let refusal = #expect(throws: Domain.Refusal.self) {
                    try parameter.domain.check(.string(value), unquoted: .error, profile: profile)
                }
                #expect(refusal?.value == "a string with \(name)")
            }
        }
    }

    @Test func everyParameterOfTheCatalogueHasARow() {
        var wanted: Set<String> = []
        for description in Catalogue.commands {
            for form in description.forms where form.kind == .write {
                // The keyword's row and the client's and context's rows of one keyword stand for all of its kind.
                for parameter in form.parameters { wanted.insert("AT\(description.name) \(parameter.name)") }
            }
        }
        let rows = Set(Self.all.map { "\($0.command) \($0.parameter)" })
        #expect(rows == wanted)
    }

    private func isSecret(_ row: Row) -> Bool {
        ["user", "password", "pin", "new", "first", "second"].contains(row.parameter) || row.line.contains("keypwd")
    }

    private func accept(_ row: Row, _ value: String) throws {
        let line = row.with(value)
        let command = try Catalogue.command(line: line, data: row.data(for: line), profile: row.profile)
        #expect(String(decoding: command.line, as: UTF8.self) == line)
        #expect(command.spec.information != [.undeclared])
    }

    private func refuse(_ row: Row, _ value: String, shown: String) {
        let line = row.with(value)
        let fault = ArgumentFault(
            command: row.command,
            parameter: row.parameter,
            value: shown,
            allowed: row.allowed
        )
        #expect(throws: fault) {
            try Catalogue.command(line: line, data: row.declares ? nil : row.data(for: line), profile: row.profile)
        }
        #expect(fault.description == "\(row.command): \(row.parameter) is \(shown); allowed: \(row.allowed)")
    }

    private func refuseSomehow(_ row: Row, _ line: String) {
        // A profile that takes strings without quotes has nothing to refuse in a bare word.
        if row.profile.unquotedStrings == .accepted, !line.contains("\"x") { return }
        do {
            let command = try Catalogue.command(line: line, data: row.data(for: line), profile: row.profile)
            Issue.record("\(line) was taken as \(command.spec)")
        } catch {
            #expect(error.command == row.command)
            #expect(!error.value.isEmpty && !error.allowed.isEmpty)
        }
    }
}
