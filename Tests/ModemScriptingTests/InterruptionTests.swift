import A7600
import ATProtocol
import Glibc
import LuaRuntime
import ModemScripting
import ModemSession
import ModemSimulator
import Testing

/// A script ended at its k-th instruction: whatever k is, the session takes a command afterwards, no host object is
/// left, the module is released wherever the script's cleanup may run, and the next script works on the same session.
@Suite(.serialized) struct InterruptionTests {
    private static let script = """
        do
            local client <close> = modem.mqtt:client { id = "k" }
            local sub <close> = modem:on("+CSQ", function() end)
            client:connect { host = "broker.example" }
            client:subscribe("t", { qos = 1 })
            task.scope(function(s)
                s:spawn(function() modem:at("AT+CSQ") end)
                client:publish("t", "payload", { qos = 1 })
                client:receive { topic = "t", timeout = 10 }
            end)
        end
        defer(function() modem:at("AT") end)
        """

    /// What runs after an interrupted script.
    private static let next = """
        local client <close> = modem.mqtt:client { id = "next" }
        client:connect { host = "broker.example" }
        client:publish("next", "payload", { qos = 1 })
        """

    static let ways: [(LuaVM.Interrupt, LuaCause)] = [(.cancel, .operator), (.cancel, .memory), (.kill, .operator)]

    /// Steps of a seventh through the script's some thousand instructions, so that the three ways meet different ones.
    @Test(arguments: ways)
    func aRunEndedAtAnyInstructionLeavesEverythingAtRest(_ interrupt: LuaVM.Interrupt, _ cause: LuaCause) async throws {
        var ended = 0
        var check: UInt64 = 1
        while check < 100_000 {
            let bench = Self.bench(endingAt: check, interrupt, cause)
            let result = try await bench.run(Self.script)
            Self.expectRest(result, interrupt, "check \(check)")
            if case .finished = result.outcome.ending { break }
            ended += 1
            check += 1 + check / 7
        }
        #expect(ended > 20, "the script ended after \(ended) interruptions")
        #expect(check < 100_000)
    }

    /// All but the port of a LuatOS script, whose own library reconnects for ever.
    static let examples = [
        "at-raw.lua", "first.lua", "mqtt-plain.lua", "mqtt-raw-topics.lua", "mqtt-tls-mutual.lua",
        "mqtt-tls-server.lua", "mqtt-tls-unverified.lua", "provision-unit.lua", "smoke-test.lua", "two-clients.lua",
        "upload-batch.lua", "urc-monitor.lua",
    ]

    @Test(arguments: examples, UInt64(1)...3)
    func anExampleEndedAnywhereLeavesEverythingAtRest(_ name: String, _ seed: UInt64) async throws {
        try await ExampleFolder.with { try await Self.endAnywhere(name, seed, certificates: $0.path) }
    }

    private static func endAnywhere(_ name: String, _ seed: UInt64, certificates: String) async throws {
        let source = try Self.example(name)
        let whole = try await Self.bench(certificates).run(source, name: name)
        #expect(whole.report.outcome == .pass, "\(name) as it is: \(whole.outcome.ending)")
        var generator = SplitMix64(seed: seed)
        for (interrupt, cause) in Self.ways {
            var check = 1 + generator.next() % 50
            var isWhole = false
            while !isWhole, check < 1_000_000 {
                let bench = Self.bench(endingAt: check, interrupt, cause, certificates)
                let result = try await bench.run(source, name: name)
                Self.expectRest(result, interrupt, "\(name), seed \(seed), check \(check)")
                if case .finished = result.outcome.ending { isWhole = true }
                check += 1 + check / 2 + generator.next() % check
            }
            #expect(isWhole, "\(name) never ran to its end")
        }
    }

    /// Ctrl-C while the module works on a command: what that command brings about is taken back, too.
    @Test(arguments: ["first.lua", "mqtt-plain.lua", "mqtt-tls-mutual.lua", "provision-unit.lua", "two-clients.lua"])
    func anExampleCancelledDuringAnyCommandLeavesEverythingAtRest(_ name: String) async throws {
        try await ExampleFolder.with { try await Self.cancelDuringAnyCommand(of: name, certificates: $0.path) }
    }

    private static func cancelDuringAnyCommand(of name: String, certificates: String) async throws {
        let source = try Self.example(name)
        var command = 1
        var isWhole = false
        while !isWhole, command < 200 {
            var bench = Self.bench(certificates)
            bench.cancelAtCommand = command
            bench.followUp = Self.next
            let result = try await bench.run(source, name: name)
            Self.expectRest(result, .cancel, "\(name), command \(command)")
            if case .finished = result.outcome.ending { isWhole = true }
            command += 1
        }
        #expect(isWhole && command > 10, "\(name) ended after \(command) commands")
    }

    private static func bench(_ certificates: String = folder) -> ScriptBench {
        var bench = ScriptBench()
        setenv("MQTT_PASS", "correct horse", 1)
        bench.folder = Self.folder
        bench.params = LuaTable([
            "seconds": 0.05, "host": "broker.example", "port": 1883, "certs": .string(Array(certificates.utf8)),
        ])
        bench.grants = LuaGrants(read: [certificates], write: [], environment: ["MQTT_PASS"])
        return bench
    }

    private static func bench(
        endingAt check: UInt64,
        _ interrupt: LuaVM.Interrupt,
        _ cause: LuaCause,
        _ certificates: String = folder
    ) -> ScriptBench {
        var bench = bench(certificates)
        bench.configure = { $0.interruption = (check, interrupt, cause) }
        bench.afterwards = { session in
            _ = try await session.send(try Catalogue.command(line: "AT+CSQ"))
        }
        bench.followUp = next
        return bench
    }

    private static func expectRest(_ result: ScriptBench.Result, _ interrupt: LuaVM.Interrupt, _ place: String) {
        let errors = result.events.filter { event in
            guard case .log(let record) = event.body else { return false }
            return record.level == .error
        }
        #expect(errors.isEmpty, "\(place): \(errors)")
        #expect(!result.status.isBusy && !result.status.isDown, "\(place): \(result.status)")
        if interrupt == .cancel {
            #expect(result.outcome.usage.functionReferences == 0, "\(place)")
            #expect(result.broker.connections.isEmpty, "\(place): \(result.lines)")
            #expect(result.status.connections.isEmpty && result.status.acquired.isEmpty, "\(place): \(result.lines)")
        }
        guard case .finished? = result.followUp?.ending else {
            Issue.record("\(place): the next script failed: \(String(describing: result.followUp?.ending))")
            return
        }
    }

    private static var folder: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/examples"
    }

    /// With the parameters of its unit, if it has one.
    private static func example(_ name: String) throws -> String {
        let unit = """
            params.unit, params.apn = "unit-001", "iot"
            params.ca, params.cert, params.key = "ca.pem", "unit.pem", "unit.key"

            """
        let source = String(decoding: try ExampleFolder.read("\(folder)/\(name)"), as: UTF8.self)
        return name == "provision-unit.lua" ? unit + source : source
    }
}
