import LuaRuntime
import ModemScripting
import ModemSimulator
import Testing

/// Scripts for the Lua inside SIMCom modules.
@Suite struct SimcomTests {
    private static func run(_ source: String) async throws -> ScriptBench.Result {
        try await ScriptBench().run(
            "require 'compat.simcom'\nlocal function show(t) print(t and (t:gsub('\\r\\n', '|'):gsub('\\r', '!'))) end\n"
                + source
        )
    }

    @Test func anAnswerComesWithItsEchoAndItsLineEnds() async throws {
        let result = try await Self.run(
            """
            sio.send("AT+CSQ\\r\\n")
            show(sio.recv(5000))
            show(sio.recv(10))
            sio.send("ATE0\\r\\n")
            sio.recv(1000)
            sio.send("AT+CGSN\\r")
            show(sio.recv(5000))
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "AT+CSQ!|+CSQ: 23,0||OK|\nnil\n|867584030000018||OK|\n")
    }

    @Test func errorsAreTextAsOnTheModule() async throws {
        let result = try await Self.run(
            """
            sio.send("ATE0\\r\\n") sio.clear()
            sio.send("AT+NOSUCH\\r\\n") show(sio.recv(5000))
            sio.send("AT+CGPADDR=99\\r\\n") show(sio.recv(5000))
            sio.send("AT+CMQTTSTART\\r\\n") sio.clear()
            sio.send("AT+CMQTTPUB=7,1,60\\r\\n") show(sio.recv(5000)) show(sio.recv(100))
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "|ERROR|\n|+CME ERROR: Incorrect parameters|\n|+CMQTTPUB: 7,10||ERROR|\nnil\n")
    }

    /// Chapter 3.1 of the manual as such a script has it.
    @Test func aPublishAsTheManualShowsIt() async throws {
        let result = try await Self.run(
            """
            local function at(text) sio.send(text .. "\\r\\n") return sio.recv(5000) end
            at "ATE0"
            show(at "AT+CMQTTSTART") show(sio.recv(5000))
            show(at 'AT+CMQTTACCQ=0,"client test0",0')
            show(at 'AT+CMQTTCONNECT=0,"tcp://broker.example:1883",60,1') show(sio.recv(5000))
            show(at "AT+CMQTTSUB=0,9,1")
            sio.send("simcommsg") show(sio.recv(5000)) show(sio.recv(5000))
            show(at "AT+CMQTTTOPIC=0,9")
            sio.send("simcom") sio.send("msg") show(sio.recv(5000))
            show(at "AT+CMQTTPAYLOAD=0,5")
            sio.send("hello") show(sio.recv(5000))
            show(at "AT+CMQTTPUB=0,1,60") show(sio.recv(5000))
            show(sio.recv(5000))
            show(at "AT+CMQTTDISC=0,120") show(sio.recv(5000))
            """
        )
        #expect(result.report.failure == nil)
        #expect(
            result.output == """
                |OK|
                |+CMQTTSTART: 0|
                |OK|
                |OK|
                |+CMQTTCONNECT: 0,0|
                |>
                |OK|
                |+CMQTTSUB: 0,0|
                |>
                |OK|
                |>
                |OK|
                |OK|
                |+CMQTTPUB: 0,0|
                |+CMQTTRXSTART: 0,9,5|+CMQTTRXTOPIC: 0,9|simcommsg|+CMQTTRXPAYLOAD: 0,5|hello|+CMQTTRXEND: 0|
                |OK|
                |+CMQTTDISC: 0,0|

                """
        )
        #expect(result.broker.received.map { String(decoding: $0.payload, as: UTF8.self) } == ["hello"])
    }

    @Test func unsolicitedLinesAreReceivedAndCanBeCleared() async throws {
        let result = try await Self.run(
            """
            sio.send("ATE0\\r\\nAT+CREG=1\\r\\nAT+CFUN=4\\r\\n")
            show(sio.recv(100)) show(sio.recv(100)) show(sio.recv(100))
            show(sio.recv(5000))
            vmsleep(20)
            sio.clear()
            show(sio.recv(0))
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output.hasPrefix("ATE0!|OK|\n|OK|\n"))
        #expect(result.output.contains("+CREG: 0"))
        #expect(result.output.hasSuffix("\nnil\n"))
    }

    @Test func theNamesAreThereAfterRequireAndNotBefore() async throws {
        let result = try await ScriptBench().run(
            """
            print(rawget(_G, "sio"), rawget(_G, "vmsleep"))
            local simcom = require "compat.simcom"
            print(sio == simcom.sio, vmsleep == simcom.vmsleep, require "compat.simcom" == simcom)
            """
        )
        #expect(result.output == "nil\tnil\ntrue\ttrue\ttrue\n")
    }
}
