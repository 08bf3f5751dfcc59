import Glibc
import Subprocess
import Testing

/// Programs that know nothing of moonwire use its module: gammu and pyserial on the terminal, mosquitto_sub and
/// mosquitto_pub on the other side of the network.
@Suite struct ForeignProgramTests {
    /// Publishes to mosquitto_sub, and receives from mosquitto_pub.
    private static let python = """
        import serial, subprocess, sys
        port = serial.Serial(sys.argv[1], 115200, timeout=30)

        def at(line, until=b"OK\\r\\n"):
            port.write(line.encode() + b"\\r")
            answer = port.read_until(until)
            assert answer.endswith(until), answer
            return answer

        def data(line, bytes, until=b"OK\\r\\n"):
            at(line, b">")
            port.write(bytes)
            answer = port.read_until(until)
            assert answer.endswith(until), answer

        assert at("AT") == b"AT\\r\\r\\nOK\\r\\n"
        assert b"\\r\\n+CSQ: 23,0\\r\\n" in at("ATE0;+CSQ")
        assert at("AT+CGMM") == b"\\r\\nA7600C\\r\\n\\r\\nOK\\r\\n"
        at("AT+CMQTTSTART", b"\\r\\nOK\\r\\n\\r\\n+CMQTTSTART: 0\\r\\n")
        at('AT+CMQTTACCQ=0,"unit-001"')
        at('AT+CMQTTCONNECT=0,"tcp://broker.example:1883",60,1', b"+CMQTTCONNECT: 0,0\\r\\n")
        data("AT+CMQTTSUB=0,4,1", b"in/#", b"+CMQTTSUB: 0,0\\r\\n")

        there = ["-h", "127.0.0.1", "-p", sys.argv[2], "-q", "1"]
        listener = subprocess.Popen(
            ["stdbuf", "-oL", "mosquitto_sub", *there, "-d", "-t", "out/#", "-C", "1", "-W", "60", "-N", "-F", "%t %x\\n"],
            stdout=subprocess.PIPE)
        while b"SUBACK" not in (line := listener.stdout.readline()) and not line.startswith(b"Subscribed"):
            assert line
        data("AT+CMQTTTOPIC=0,5", b"out/1")
        data("AT+CMQTTPAYLOAD=0,6", b"a\\r\\n\\0\\x1az")
        at("AT+CMQTTPUB=0,1,60", b"+CMQTTPUB: 0,0\\r\\n")
        seen = listener.stdout.read()
        assert b"out/1 610d0a001a7a" in seen, seen
        assert listener.wait() == 0

        subprocess.run(["mosquitto_pub", *there, "-t", "in/1", "-m", "hello"], check=True)
        block = port.read_until(b"+CMQTTRXEND: 0\\r\\n")
        assert block == (b"\\r\\n+CMQTTRXSTART: 0,4,5\\r\\n+CMQTTRXTOPIC: 0,4\\r\\nin/1\\r\\n"
                         b"+CMQTTRXPAYLOAD: 0,5\\r\\nhello\\r\\n+CMQTTRXEND: 0\\r\\n"), block
        at("AT+CMQTTDISC=0,60", b"+CMQTTDISC: 0,0\\r\\n")
        at("AT+CMQTTREL=0")
        at("AT+CMQTTSTOP", b"\\r\\nOK\\r\\n\\r\\n+CMQTTSTOP: 0\\r\\n")
        print("fine")
        """

    @Test func `a pyserial script exchanges messages with mosquitto_sub and mosquitto_pub`() async throws {
        try await TemporaryFolder.with { folder in
            let (link, broker) = (folder.path + "/modem0", FreePort.choose())
            let script = try folder.file("t.py", Self.python)
            let arguments = ["sim", "--pty", link, "--broker-port", "\(broker)"]
            let (result, _) = try await Moonwire.whileRunning(arguments, in: folder) { program in
                _ = try await program.line(containing: link)
                let result = try await Subprocess.run(
                    .name("env"),
                    arguments: ["/usr/bin/python3", script, link, "\(broker)"],
                    output: .string(limit: 4096),
                    error: .string(limit: 4096)
                )
                program.send(SIGINT)
                return (result.standardOutput, result.standardError)
            }
            #expect(result.0 == "fine\n", "\(result.1)")
        }
    }

    /// gammu, which identifies modems of all makers by their general commands.
    @Test func `gammu identify names maker, model, firmware, IMEI and IMSI`() async throws {
        try await TemporaryFolder.with { folder in
            let link = folder.path + "/modem0"
            let configuration = try folder.file("gammurc", "[gammu]\ndevice = \(link)\nconnection = at115200\n")
            let arguments = ["sim", "--pty", link, "--imei", "867584030000042"]
            let (result, _) = try await Moonwire.whileRunning(arguments, in: folder) { program in
                _ = try await program.line(containing: link)
                let result = try await Subprocess.run(
                    .name("gammu"),
                    arguments: ["-c", configuration, "identify"],
                    environment: .inherit.updating(["LC_ALL": "C"]),
                    output: .string(limit: 65_536),
                    error: .string(limit: 65_536)
                )
                program.send(SIGINT)
                return (result.terminationStatus, result.standardOutput + result.standardError)
            }
            #expect(result.0.isSuccess, "\(result.1)")
            let facts = Dictionary(
                result.1.split(separator: "\n").map { line in
                    let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmed }
                    return (parts[0], parts.count > 1 ? parts[1] : "")
                },
                uniquingKeysWith: { first, _ in first }
            )
            #expect(facts["Manufacturer"] == "SIMCOM INCORPORATED")
            #expect(facts["Model"]?.contains("A7600C") == true)
            #expect(facts["Firmware"] == "A35B01A7600C")
            #expect(facts["IMEI"] == "867584030000042")
            #expect(facts["SIM IMSI"] == "001010000000042")
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
