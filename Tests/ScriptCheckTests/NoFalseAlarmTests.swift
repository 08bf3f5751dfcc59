import Glibc
import LuaRuntime
import ModemScripting
import ScriptCheck
import Testing

/// What runs is not complained of.
@Suite struct NoFalseAlarmTests {
    @Test func `every example of the reference`() {
        for entry in ScriptAPI.reference.entries {
            guard case .function(let function) = entry.kind else { continue }
            let client = "local client <close> = modem.mqtt:client{ id = 'unit-001' } client:connect{ host = 'x' }\n"
            #expect(CheckedScript.lines(client + function.documentation.example) == [], "\(entry.path)")
        }
    }

    @Test func `every script in examples`() throws {
        let folder = Self.project + "/examples"
        let names = try Self.names(in: folder).filter { $0.hasSuffix(".lua") }
        #expect(names.count >= 12)
        for name in names {
            let source = try Self.text(of: folder + "/" + name)
            let problems = ScriptCheck(ScriptAPI.reference, version: ScriptAPI.version, read: { _ in nil })
                .problems(of: Array(source.utf8), path: name)
            #expect(problems.map(\.description) == [])
        }
    }

    @Test(arguments: CleanScripts.all)
    func `scripts in the style of others`(source: String) {
        #expect(CheckedScript.lines(source) == [])
    }

    @Test(arguments: ["\u{FEFF}", "#!/usr/bin/env moonwire", "\u{FEFF}# a comment"])
    func `what stands before the first line of a file`(beginning: String) {
        #expect(CheckedScript.lines(beginning + "\nprint(modem:at('AT').final)") == [])
    }

    @Test func `nesting as deep as Lua takes is walked`() {
        let depth = 180
        let source = "return " + String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
        #expect(CheckedScript.lines(source) == [])
        let calls = "local f = print return " + String(repeating: "f(", count: 90) + String(repeating: ")", count: 90)
        #expect(CheckedScript.lines(calls) == [])
    }

    // MARK: Files

    private struct Problem: Error { var path: String }

    private static var project: String {
        #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    }

    private static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else { throw Problem(path: folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            )
        }
        return names.sorted()
    }

    private static func text(of path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Problem(path: path) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
