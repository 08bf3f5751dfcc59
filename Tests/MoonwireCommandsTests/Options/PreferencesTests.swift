import Glibc
import Testing

@testable import MoonwireCommands

@Suite struct PreferencesTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/moonwire-preferences-XXXXXX".utf8CString)
        _ = try #require(mkdtemp(&template))
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        mkdir(folder + "/moonwire", 0o700)
        mkdir(folder + "/project", 0o700)
        mkdir(folder + "/project/deep", 0o700)
        defer {
            for file in ["/moonwire/config", "/project/.moonwire"] { unlink(folder + file) }
            for part in ["/project/deep", "/project", "/moonwire", ""] { rmdir(folder + part) }
        }
        try body(folder)
    }

    private func preferences(
        _ folder: String,
        project: String? = nil,
        user: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Preferences {
        if let project { try OutputFile.write(project, to: folder + "/project/.moonwire") }
        if let user { try OutputFile.write(user, to: folder + "/moonwire/config") }
        let variables = environment.merging(["XDG_CONFIG_HOME": folder]) { given, _ in given }
        return try Preferences(environment: { variables[$0] }, folder: folder + "/project/deep")
    }

    @Test func `the environment comes before the project, the project before the user`() throws {
        try withFolder { folder in
            let preferences = try preferences(
                folder,
                project: "# bench 3\nport = /dev/ttyUSB2   # the AT port\n\nprofile=a7670\n",
                user: "port = sim\nprofile = sim7600\nbaud = 9600\n",
                environment: ["MOONWIRE_PORT": "tcp://bench:7000"]
            )
            #expect(preferences.value(.port) == Preferences.Value(text: "tcp://bench:7000", origin: "MOONWIRE_PORT"))
            #expect(preferences.value(.profile)?.text == "a7670")
            #expect(preferences.value(.profile)?.origin.hasSuffix("/project/.moonwire:4") == true)
            #expect(preferences.value(.baud)?.text == "9600")
            #expect(preferences.value(.flow) == nil)
        }
    }

    @Test func `a byte order mark and CR LF change nothing`() throws {
        try withFolder { folder in
            let preferences = try preferences(folder, project: "\u{FEFF}port = sim\r\n\r\nbaud = 9600 # slow\r\n")
            #expect(preferences.value(.port)?.text == "sim")
            #expect(preferences.value(.baud)?.text == "9600")
            #expect(preferences.value(.baud)?.origin.hasSuffix("/project/.moonwire:3") == true)
        }
    }

    @Test func `without files there is nothing`() throws {
        try withFolder { folder in
            let preferences = try preferences(folder)
            for name in Preferences.Name.allCases { #expect(preferences.value(name) == nil) }
        }
    }

    @Test(arguments: ["prot = x", "port", "= 3", "port: x"])
    func `a line that means nothing is refused with its place`(line: String) throws {
        try withFolder { folder in
            let error = #expect(throws: CommandFailure.self) {
                _ = try preferences(folder, project: "baud = 9600\n\(line)\n")
            }
            #expect(error?.status == .usage)
            #expect(error?.message.contains("/project/.moonwire:2: \(line)") == true)
        }
    }
}
