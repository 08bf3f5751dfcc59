import Foundation
import Testing

/// `moonwire doc` and `moonwire init`, as people meet them.
@Suite struct DocAndInitTests {
    @Test func `doc lists everything, shows one function, and knows its fields`() async throws {
        try await TemporaryFolder.with { folder in
            let list = try await Moonwire.run(["doc"], in: folder)
            #expect(list.status == 0 && list.errors.isEmpty)
            for name in ["modem:at", "client:publish", "step", "json.encode", "x509.check"] {
                #expect(list.output.contains("\n  \(name) "), "\(name)")
            }
            let one = try await Moonwire.run(["doc", "mqtt.publish"], in: folder)
            #expect(one.status == 0)
            for text in [
                "client:publish(topic, payload, [options])   (waits)\n", "qos          integer", "[0…2, default 0]",
                "\nreturns\n  PublishAck", "\nerrors\n  argument", "\nexample\n  local ack = client:publish(",
            ] {
                #expect(one.output.contains(text), "\(one.output)")
            }
        }
    }

    @Test func `doc suggests the nearest name and ends with 2`() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["doc", "client:publsh"], in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors == "moonwire: scripts know no 'client:publsh' (did you mean 'client:publish'?)\n")
        }
    }

    @Test func `doc is there for programs`() async throws {
        try await TemporaryFolder.with { folder in
            let list = try await Moonwire.run(["doc", "--json"], in: folder)
            let objects = try list.output.split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
            let names = objects.compactMap { $0["name"] as? String }
            #expect(names.count == objects.count && names.contains("modem:at"))
            let one = try await Moonwire.run(["doc", "--json", "Signal"], in: folder)
            #expect(one.output.hasPrefix(#"{"kind":"record","name":"Signal","#))
        }
    }

    @Test func `init writes a script that passes, and does not write twice`() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder.path + "/bench"
            let first = try await Moonwire.run(["init", path], in: folder)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output.hasSuffix("next: moonwire run \(path)/main.lua\n"))
            let run = try await Moonwire.run(["run", path + "/main.lua"], in: folder)
            #expect(run.status == 0 && run.output.contains("PASS main.lua"), "\(run.output)\(run.errors)")
            let second = try await Moonwire.run(["init", path], in: folder)
            #expect(second.status == 2)
            #expect(second.errors.contains("\(path)/main.lua is there already, nothing was written"))
        }
    }
}
