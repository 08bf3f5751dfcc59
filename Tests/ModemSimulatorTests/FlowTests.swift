import A7600
import Testing

@testable import ModemSimulator

/// The five flows of `a7600.md` section 9 at the AT port, under each profile.
@Suite("The flows of chapter 3", .serialized)
struct FlowTests {
    private static let profiles: [Profile] = [.a7600, .a7670, .sim7600]
    private static let sixty = String(repeating: "0123456789", count: 6)

    /// A bench with echo off, which expects every step to succeed in the orders of its profile.
    private struct Flow {
        var bench: Bench
        let profile: Profile

        init(_ profile: Profile) {
            bench = Bench(profile)
            self.profile = profile
            _ = bench.send("ATE0\r")
            for command in ["AT+CSQ", "AT+CREG?", "AT+CGREG?", "AT+CGPADDR"] {
                #expect(bench.at(command).hasSuffix(Answers.ok))
            }
            let context = profile.legacySocket == .accepted ? "AT+CGSOCKCONT" : "AT+CGDCONT"
            #expect(bench.at("\(context)=1,\"IP\",\"CMNET\"") == Answers.ok)
        }

        mutating func start() {
            let result = "+CMQTTSTART: 0"
            #expect(bench.at("AT+CMQTTSTART") == ordered(profile.startOrder, result))
        }

        mutating func simple(_ command: String) {
            #expect(bench.at(command) == Answers.ok)
        }

        mutating func input(_ command: String, _ data: String) {
            #expect(bench.at(command, data: data) == Answers.prompt + Answers.ok)
        }

        mutating func request(_ command: String, _ data: String? = nil) {
            let name = command.dropFirst(2).prefix { $0 != "=" }
            let answer = data.map { bench.at(command, data: $0) } ?? bench.at(command)
            #expect(answer == (data == nil ? "" : Answers.prompt) + Answers.okThen("\(name): 0,0"))
        }

        mutating func will() {
            input("AT+CMQTTWILLTOPIC=0,10", "0123456789")
            input("AT+CMQTTWILLMSG=0,6,1", "qwerty")
        }

        mutating func traffic() {
            input("AT+CMQTTTOPIC=0,13", "dddrrrggghhhk")
            input("AT+CMQTTPAYLOAD=0,60", FlowTests.sixty)
            request("AT+CMQTTPUB=0,1,60")
            input("AT+CMQTTSUBTOPIC=0,9,1", "123456789")
            request("AT+CMQTTSUB=0")
            request("AT+CMQTTSUB=0,9,1", "simcommsg")
            request("AT+CMQTTUNSUB=0,9,0", "simcommsg")
        }

        mutating func leave() {
            #expect(bench.at("AT+CMQTTDISC=0,120") == ordered(profile.discOrder, "+CMQTTDISC: 0,0"))
            simple("AT+CMQTTREL=0")
            #expect(bench.at("AT+CMQTTSTOP") == ordered(profile.stopOrder, "+CMQTTSTOP: 0"))
        }

        private func ordered(_ order: Profile.SuccessOrder, _ result: String) -> String {
            order == .okThenResult ? Answers.okThen(result) : Answers.thenOK(result)
        }
    }

    @Test("9.1 plain", arguments: profiles) func plain(profile: Profile) {
        var flow = Flow(profile)
        flow.start()
        flow.simple("AT+CMQTTACCQ=0,\"client test0\",0")
        flow.will()
        flow.request("AT+CMQTTCONNECT=0,\"tcp://test.mosquitto.org:1883\",60,1")
        flow.request("AT+CMQTTSUB=0,9,1", "simcommsg")
        flow.input("AT+CMQTTTOPIC=0,9", "simcommsg")
        flow.input("AT+CMQTTPAYLOAD=0,60", Self.sixty)
        let blank = profile.rxBlank == 1 ? "\r\n" : ""
        #expect(
            flow.bench.at("AT+CMQTTPUB=0,1,60")
                == Answers.okThen("+CMQTTPUB: 0,0")
                + "\r\n+CMQTTRXSTART: 0,9,60\r\n\(blank)+CMQTTRXTOPIC: 0,9\r\nsimcommsg\r\n\(blank)+CMQTTRXPAYLOAD: 0,60\r\n"
                + "\(Self.sixty)\r\n\(blank)+CMQTTRXEND: 0\r\n"
        )
        flow.input("AT+CMQTTSUBTOPIC=0,9,1", "123456789")
        flow.request("AT+CMQTTSUB=0")
        flow.request("AT+CMQTTUNSUB=0,9,0", "simcommsg")
        flow.leave()
    }

    @Test("9.2 TLS, server not verified", arguments: profiles) func unverified(profile: Profile) {
        var flow = Flow(profile)
        flow.start()
        flow.simple("AT+CMQTTACCQ=0,\"client test0\",1")
        flow.will()
        flow.request("AT+CMQTTCONNECT=0,\"tcp://test.mosquitto.org:8883\",60,1")
        #expect(flow.bench.uplink.connections[0]?.tls == UplinkTLS(verifiesServer: false))
        flow.traffic()
        flow.leave()
    }

    @Test("9.3 TLS, server verified", arguments: profiles) func verified(profile: Profile) {
        var flow = Flow(profile)
        flow.input("AT+CCERTDOWN=\"server_ca.pem\",2", "CA")
        flow.simple("AT+CSSLCFG=\"sslversion\",0,4")
        flow.simple("AT+CSSLCFG=\"authmode\",0,1")
        flow.simple("AT+CSSLCFG=\"cacert\",0,\"server_ca.pem\"")
        flow.start()
        flow.simple("AT+CMQTTACCQ=0,\"client test0\",1")
        flow.simple("AT+CMQTTSSLCFG=0,0")
        flow.will()
        flow.request("AT+CMQTTCONNECT=0,\"tcp://test.mosquitto.org:8883\",60,1")
        #expect(flow.bench.uplink.connections[0]?.tls?.ca == Array("CA".utf8))
        flow.traffic()
        flow.leave()
    }

    @Test("9.4 mutual TLS", arguments: profiles) func mutual(profile: Profile) {
        var flow = Flow(profile)
        for (name, keyword, content) in [
            ("ca_cert.pem", "cacert", "CA"), ("cert.pem", "clientcert", "CT"), ("key_cert.pem", "clientkey", "KY"),
        ] {
            flow.input("AT+CCERTDOWN=\"\(name)\",2", content)
            flow.simple("AT+CSSLCFG=\"\(keyword)\",0,\"\(name)\"")
        }
        flow.simple("AT+CSSLCFG=\"sslversion\",0,4")
        flow.simple("AT+CSSLCFG=\"authmode\",0,2")
        flow.start()
        flow.simple("AT+CMQTTACCQ=0,\"client test0\",1")
        flow.simple("AT+CMQTTSSLCFG=0,0")
        flow.will()
        flow.request("AT+CMQTTCONNECT=0,\"tcp://test.mosquitto.org:8883\",60,1")
        #expect(flow.bench.uplink.connections[0]?.tls?.key == Array("KY".utf8))
        flow.traffic()
        flow.leave()
    }

    @Test("9.5 topics that are not UTF-8", arguments: profiles) func notUTF8(profile: Profile) {
        var flow = Flow(profile)
        let topic = [UInt8](repeating: 0xF7, count: 8) + [0x3F]
        flow.start()
        flow.simple("AT+CMQTTACCQ=0,\"client test0\",0")
        flow.simple("AT+CMQTTCFG=\"checkUTF8\",0,0")
        flow.request("AT+CMQTTCONNECT=0,\"tcp://test.mosquitto.org:1883\",60,1")
        #expect(flow.bench.at("AT+CMQTTSUB=0,9,1", data: topic) == Answers.prompt + Answers.okThen("+CMQTTSUB: 0,0"))
        #expect(flow.bench.at("AT+CMQTTTOPIC=0,9", data: topic) == Answers.prompt + Answers.ok)
        let received = flow.bench.bytes("AT+CMQTTPUB=0,1,60\r")
        let blank = profile.rxBlank == 1 ? "\r\n" : ""
        let expected =
            Array(
                (Answers.okThen("+CMQTTPUB: 0,0") + "\r\n+CMQTTRXSTART: 0,9,0\r\n\(blank)+CMQTTRXTOPIC: 0,9\r\n").utf8
            )
            + topic + Array("\r\n\(blank)+CMQTTRXEND: 0\r\n".utf8)
        #expect(received == expected)
        flow.leave()
    }
}
