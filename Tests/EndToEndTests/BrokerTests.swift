import Subprocess
import Testing

/// The private broker is a real one: other programs see what the script publishes, and the script what they publish.
@Suite struct BrokerTests {
    @Test func `another program sees the published bytes, and its message reaches the script`() async throws {
        try await TemporaryFolder.with { folder in
            let port = FreePort.choose()
            let script = try folder.file(
                "t.lua",
                """
                local client <close> = modem.mqtt:client{ index = 0, id = "unit-1", check_utf8 = false }
                client:connect{ host = "broker.example", port = 1883 }
                client:subscribe("in/#", { qos = 1 })
                print("ready")
                local go = client:receive{ topic = "in/go", timeout = 60 }
                client:publish("out/echo", go.payload .. "\\0\\r\\nOK\\r\\n\\26\\255", { qos = 1 })
                local done = client:receive{ topic = "in/done", timeout = 60 }
                print(done.topic, done.payload)
                """
            )
            let (seen, outcome) = try await Moonwire.whileRunning(
                ["run", "--broker-port", "\(port)", script],
                in: folder
            ) { program in
                _ = try await program.line(containing: "ready")
                let seen = try await Self.exchange(port)
                _ = try await Self.publish("in/done", "from outside", port)
                return seen
            }
            #expect(seen == Array("hello".utf8) + [0, 13, 10] + Array("OK".utf8) + [13, 10, 26, 255])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("in/done\tfrom outside"))
        }
    }

    /// Subscribes from outside, triggers the script, and returns the payload it publishes.
    private static func exchange(_ port: Int) async throws -> [UInt8] {
        let result = try await Subprocess.run(
            .name("stdbuf"),
            arguments: [
                "-oL", "mosquitto_sub", "-p", "\(port)", "-t", "#", "-q", "1", "-C", "2", "-W", "60", "-N", "-F",
                "%t:%x\\n", "-d",
            ],
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var payload: [UInt8] = []
            for try await line in execution.standardOutput.strings() {
                if line.contains("SUBACK") || line.hasPrefix("Subscribed") {
                    _ = try await publish("in/go", "hello", port)
                }
                if let colon = line.firstRange(of: "out/echo:") {
                    payload = bytes(hexadecimal: line[colon.upperBound...])
                }
            }
            return payload
        }
        return result.closureResult
    }

    private static func publish(_ topic: String, _ payload: String, _ port: Int) async throws -> Bool {
        let result = try await Subprocess.run(
            .name("mosquitto_pub"),
            arguments: ["-p", "\(port)", "-q", "1", "-t", topic, "-m", payload],
            output: .discarded
        )
        return result.terminationStatus.isSuccess
    }

    private static func bytes(hexadecimal text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = UInt8(rest.prefix(2), radix: 16), rest.count >= 2 {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
