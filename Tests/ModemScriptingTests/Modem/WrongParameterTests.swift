import A7600
import LuaRuntime
import ModemScripting
import Testing

/// Every command of the catalogue that takes parameters, with one that is wrong.
@Suite struct WrongParameterTests {
    @Test("A wrong parameter is named with command, value and range, and not a byte of the line reaches the module")
    func nothingIsWritten() async throws {
        let lines = Self.lines
        let names = Set(lines.map(\.command))
        #expect(
            names == Set(Catalogue.commands.filter { $0.forms.contains { $0.kind == .write } }.map { "AT\($0.name)" })
        )
        let list = lines.map { "'\($0.line)'" }.joined(separator: ", ")
        let result = try await ScriptBench().run(
            """
            for _, line in ipairs { \(list) } do
              local ok, err = pcall(modem.at, modem, line)
              print(ok, err.kind, (tostring(err):gsub("^[^:]*:%d+: ", "")))
            end
            modem:at "AT+CSQ"
            """
        )
        let printed = result.output.split(separator: "\n").map(String.init)
        #expect(printed.count == lines.count)
        for (line, text) in zip(lines, printed) {
            #expect(text.hasPrefix("false\targument\t"), "\(line.line): \(text)")
            #expect(text.contains("\(line.command): "), "\(line.line): \(text)")
            #expect(text.contains("; allowed: "), "\(line.line): \(text)")
        }
        let sent = result.lines.filter { line in names.contains { line.hasPrefix("\($0)=") } }
        #expect(sent.filter { $0 != "AT+CMEE=2" } == [])
        #expect(result.lines.last == "AT+CSQ")
    }

    /// More parameters than any form takes, and a number where the first one can hold none so long.
    private static var lines: [(command: String, line: String)] {
        Catalogue.commands.filter { $0.forms.contains { $0.kind == .write } }.flatMap { description in
            let command = "AT\(description.name)"
            let many = Array(repeating: "1", count: 40).joined(separator: ",")
            return [(command, "\(command)=\(many)"), (command, "\(command)=99999999999999")]
        }
    }
}
