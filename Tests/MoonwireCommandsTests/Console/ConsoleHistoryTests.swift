import Glibc
import Testing

@testable import MoonwireCommands

@Suite struct ConsoleHistoryTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/moonwire-history-XXXXXX".utf8CString)
        _ = try #require(mkdtemp(&template))
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { rmdir(folder) }
        try body(folder)
    }

    @Test func `Lines come back in their order, each model with its own`() throws {
        try withFolder { folder in
            let history = ConsoleHistory(model: "A7600C", folder: folder + "/h")
            defer {
                unlink(history.path)
                rmdir(folder + "/h")
            }
            #expect(history.load().isEmpty)
            history.append("AT+CSQ")
            history.append("AT+CMQTTTOPIC=0,2")
            #expect(history.load() == ["AT+CSQ", "AT+CMQTTTOPIC=0,2"])
            #expect(ConsoleHistory(model: "A7670E", folder: folder + "/h").load().isEmpty)
            var status = stat()
            #expect(stat(history.path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }

    @Test(arguments: [
        ("A7600C", "A7600C"), ("../../etc/passwd", "______etc_passwd"), ("", "modem"), ("SIM 7600\u{1B}", "SIM_7600_"),
    ])
    func `A module cannot choose where its history goes`(model: String, file: String) {
        #expect(ConsoleHistory(model: model, folder: "/h").path == "/h/" + file)
    }

    @Test func `A folder that cannot be written costs nothing but the history`() {
        let history = ConsoleHistory(model: "x", folder: "/proc/nonexistent")
        history.append("AT")
        #expect(history.load().isEmpty)
    }
}
