import Glibc
import LuaRuntime
import ModemScripting
import Testing

/// What the reference shows is what runs: each example is executed on the simulated module.
@Suite struct ExampleTests {
    static let paths = DocumentationTests.functions.keys.sorted()

    @Test(arguments: paths)
    func anExampleRuns(path: String) async throws {
        let example = try #require(DocumentationTests.functions[path]).documentation.example
        setenv("MQTT_PASS", "correct horse", 1)
        try await ExampleFolder.with { folder in
            var bench = ScriptBench()
            bench.folder = folder.path
            bench.opener = BenchOpener()
            bench.grants = LuaGrants(read: [], write: [folder.path + "/out"], environment: ["MQTT_PASS"])
            let result = try await bench.run(Self.preamble(for: example) + example, name: "example.lua")
            #expect(result.report.failure == nil, "\(path)")
            #expect(result.report.outcome == .pass, "\(path)")
        }
    }

    /// What stands before an example in the reader's mind.
    private static func preamble(for example: String) -> String {
        guard example.hasPrefix("client:") || example.contains("= client:") || example.contains("in client:") else {
            return ""
        }
        let client = #"local client <close> = modem.mqtt:client{ id = "unit-001" } "#
        guard !example.hasPrefix("client:connect") else { return client }
        return client + #"client:connect{ host = "broker.example" } "# + #"client:subscribe("cmd/#") "#
            + #"client:publish("cmd/go", "1") "#
    }
}
