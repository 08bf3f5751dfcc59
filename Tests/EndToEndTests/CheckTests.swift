import Foundation
import Testing

/// `moonwire check`, as people meet it.
@Suite struct CheckTests {
    @Test func `three mistakes are three lines and status 2`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file(
                "t.lua",
                """
                local client <close> = modem.mqtt:client{ id = "unit-001" }
                client:conect{ host = "x" }
                client:publish("a", "b", { qos = 3 })
                modem:at("AT+CMQTTPUB=0,9,60")
                """
            )
            let outcome = try await Moonwire.run(["check", script], in: folder)
            #expect(outcome.status == 2)
            #expect(
                outcome.output == """
                    \(script):2: client has no 'conect' (did you mean 'connect'?)
                    \(script):3: option 'qos' of client:publish: 3 is not in 0…2 (`moonwire doc client:publish` says more)
                    \(script):4: argument #1 of modem:at: AT+CMQTTPUB: qos is 9; allowed: 0-2 (check = false sends it as it is)

                    """
            )
            #expect(outcome.errors.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/state/moonwire/runs"), "nothing was run")
        }
    }

    @Test func `a script without mistakes is status 0, and several are checked at once`() async throws {
        try await TemporaryFolder.with { folder in
            let one = try folder.file("one.lua", "moonwire.require(1) print(modem:signal().rssi_dbm)")
            let two = try folder.file("two.lua", "local lib = require 'lib' lib.run()")
            try FileManager.default.createDirectory(atPath: folder.path + "/more", withIntermediateDirectories: false)
            _ = try folder.file("more/lib.lua", "return { run = function() end }")
            let outcome = try await Moonwire.run(
                ["check", "--module-path", folder.path + "/more", one, two],
                in: folder
            )
            #expect(outcome.status == 0)
            #expect(outcome.output == "\(one): no problems\n\(two): no problems\n")
            let quiet = try await Moonwire.run(["check", "-q", one], in: folder)
            #expect(quiet.status == 0 && quiet.output.isEmpty)
        }
    }

    @Test func `programs get one object a line`() async throws {
        try await TemporaryFolder.with { folder in
            let script = try folder.file("t.lua", "\nx = 1")
            let outcome = try await Moonwire.run(["check", "--json", script], in: folder)
            #expect(outcome.status == 2)
            let objects = try outcome.output.split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
            #expect(objects.count == 2)
            #expect(objects[0]["line"] as? Int == 2 && objects[0]["kind"] as? String == "global")
            #expect(objects[0]["advice"] as? String == #"write "local x""#)
            #expect(objects[1]["event"] as? String == "end" && objects[1]["problems"] as? Int == 1)
        }
    }

    @Test func `a script that cannot be read is status 2, with its path`() async throws {
        try await TemporaryFolder.with { folder in
            let other = try folder.file("other.lua", "print(1)")
            let outcome = try await Moonwire.run(["check", "/nowhere/x.lua", other], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.output == "\(other): no problems\n")
            #expect(outcome.errors.contains("cannot read the script /nowhere/x.lua"))
        }
    }
}
