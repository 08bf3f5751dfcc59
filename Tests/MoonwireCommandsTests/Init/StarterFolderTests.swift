import Foundation
import Testing

@testable import MoonwireCommands

/// `moonwire init` writes all of its files or none, and never over one that is there.
@Suite struct StarterFolderTests {
    private static func withFolder(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "moonwire-init-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private static func content(of path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    }

    @Test func `All files are written, and named`() throws {
        try Self.withFolder { path in
            let written = try StarterFolder(path: path).write()
            #expect(written == ["main.lua", ".luarc.json", "types/moonwire.lua"].map { path + "/" + $0 })
            #expect(try Self.content(of: path) == [".luarc.json", "main.lua", "types", "types/moonwire.lua"])
            let settings = try Data(contentsOf: URL(filePath: path + "/.luarc.json"))
            let parsed = try JSONSerialization.jsonObject(with: settings) as? [String: Any]
            #expect(parsed?["runtime.version"] as? String == "Lua 5.4")
        }
    }

    @Test(arguments: ["main.lua", ".luarc.json", "types/moonwire.lua"])
    func `A file that is there is kept, and nothing else is written`(name: String) throws {
        try Self.withFolder { path in
            let taken = path + "/" + name
            try FileManager.default.createDirectory(atPath: path + "/types", withIntermediateDirectories: true)
            try "mine".write(toFile: taken, atomically: true, encoding: .utf8)
            let before = try Self.content(of: path)
            let failure = #expect(throws: CommandFailure.self) { try StarterFolder(path: path).write() }
            #expect(failure?.status == .usage)
            #expect(failure?.message.hasPrefix("\(taken) is there already, nothing was written (") ?? false)
            #expect(try Self.content(of: path) == before)
            #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
        }
    }

    @Test func `What cannot be finished is taken back`() throws {
        try Self.withFolder { path in
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try "no folder".write(toFile: path + "/types", atomically: true, encoding: .utf8)
            let failure = #expect(throws: CommandFailure.self) { try StarterFolder(path: path).write() }
            #expect(failure?.message == "\(path)/types is there and is no folder (choose another name)")
            #expect(try Self.content(of: path) == ["types"])
        }
    }

    @Test func `A folder above that is missing is an error, and nothing is made`() throws {
        try Self.withFolder { path in
            #expect(throws: CommandFailure.self) { try StarterFolder(path: path + "/a/b").write() }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `The types alone are renewed on request`() throws {
        try Self.withFolder { path in
            let folder = StarterFolder(path: path)
            _ = try folder.write()
            try "mine".write(toFile: folder.mainScript, atomically: true, encoding: .utf8)
            try "old".write(toFile: path + "/types/moonwire.lua", atomically: true, encoding: .utf8)
            #expect(try folder.renewTypes() == [path + "/types/moonwire.lua"])
            #expect(try String(contentsOfFile: folder.mainScript, encoding: .utf8) == "mine")
            #expect(try String(contentsOfFile: path + "/types/moonwire.lua", encoding: .utf8) == StarterFolder.types)
        }
    }
}
