import A7600
import ATProtocol
import Testing

@testable import MoonwireCommands

@Suite struct ConsoleInputTests {
    private func line(_ input: ConsoleInput) -> String? {
        if case .command(let command) = input { String(decoding: command.line, as: UTF8.self) } else { nil }
    }

    @Test(arguments: ["AT+CSQ", "  AT+CSQ\t", "at+csq", "AT+CMQTTPUB=7,9,9", "AT+NOSUCH=1"])
    func `A command goes out as it was typed, wrong parameters too`(typed: String) {
        let trimmed = String(typed.drop { $0 == " " }.prefix { $0 != "\t" })
        #expect(line(ConsoleInput(typed, profile: .a7600)) == trimmed)
    }

    @Test func `Empty lines, directives and Lua are told apart`() {
        #expect(ConsoleInput("  ", profile: .a7600) == .nothing)
        #expect(ConsoleInput(":hex on", profile: .a7600) == .directive(.hexadecimal(.on)))
        #expect(ConsoleInput(":q", profile: .a7600) == .directive(.quit))
        #expect(ConsoleInput(":hex(1)", profile: .a7600) == .lua("hex(1)"))
        #expect(ConsoleInput(": print(1)", profile: .a7600) == .lua("print(1)"))
    }

    @Test func `What is no command is refused before anything is sent`() {
        guard case .refused = ConsoleInput("hello", profile: .a7600) else {
            Issue.record("a line without AT was taken")
            return
        }
    }

    @Test func `A command with data asks for as many bytes as it declares`() {
        #expect(
            ConsoleInput("AT+CMQTTTOPIC=0,9", profile: .a7600) == .needsData(line: "AT+CMQTTTOPIC=0,9", count: 9)
        )
    }

    @Test(arguments: [
        ("lab/state", Array("lab/state".utf8)), (#"lab\x00state"#, Array("lab\u{0}state".utf8)),
        (#"\r\n\t\\abcde"#, Array("\r\n\t\\abcde".utf8)), (#"\xff\xFEabcdefg"#, [0xFF, 0xFE] + Array("abcdefg".utf8)),
    ])
    func `Data are taken as they are, or with escapes where those make the length`(typed: String, data: [UInt8]) {
        let input = ConsoleInput("AT+CMQTTPAYLOAD=0,9", data: typed, count: 9, profile: .a7600)
        guard case .command(let command) = input else {
            Issue.record("\(input)")
            return
        }
        #expect(command.data == data)
    }

    @Test func `Data may stand on the line itself`() {
        let input = ConsoleInput(#"AT+CMQTTPAYLOAD=0,5 > a > \x00"#, profile: .a7600)
        guard case .command(let command) = input else {
            Issue.record("\(input)")
            return
        }
        #expect(command.line == Array("AT+CMQTTPAYLOAD=0,5".utf8))
        #expect(command.data == Array("a > \u{0}".utf8))
    }

    @Test(arguments: ["short", "much too long for nine", #"\qlab/stat"#, #"\x4"#])
    func `Data of another length are refused`(typed: String) {
        let input = ConsoleInput("AT+CMQTTPAYLOAD=0,9", data: typed, count: 9, profile: .a7600)
        guard case .refused = input else {
            Issue.record("\(input)")
            return
        }
    }
}
