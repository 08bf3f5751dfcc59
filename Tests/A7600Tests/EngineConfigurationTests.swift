import ATProtocol
import Testing

@testable import A7600

@Suite struct EngineConfigurationTests {
    @Test(arguments: Profile.allNames)
    func theEngineLearnsTheModulesLinesAndLimits(name: String) throws {
        let profile = try #require(Profile(name: name))
        let configuration = profile.engineConfiguration()
        #expect(configuration.urcs == UnsolicitedLine.all.map(\.spec))
        #expect(configuration.commandLimit == profile.lineLimit)
        #expect(configuration.dataLimit == 10_240)
        #expect(configuration.preamble.map(\.line) == [Array("ATE1".utf8), Array("AT+CMEE=2".utf8)])
        #expect(configuration.preamble.first?.spec.effects == [.echo(true)])
        #expect(configuration.errorTexts == ErrorTexts(cme: EquipmentError.cme, cms: EquipmentError.cms))
        #expect(configuration.ladder == [.escape, .reopen])
        #expect(configuration.baud == 115_200)
    }

    @Test func dataEchoFollowsTheProfile() {
        var profile = Profile.a7600
        #expect(profile.engineConfiguration().dataEcho == .off)
        #expect(Profile.sim7600.engineConfiguration().dataEcho == .withEcho)
        profile.dataEcho = .always
        #expect(profile.engineConfiguration().dataEcho == .always)
    }

    @Test func topicsAndPayloadsAreFramedUpToTheirLimits() throws {
        let framers = Profile.a7600.engineConfiguration().framers
        #expect(
            framers.map { String(decoding: $0.prefix, as: UTF8.self) } == [
                "+CMQTTRXTOPIC", "+CMQTTRXPAYLOAD", "+CMQTTRECV",
            ]
        )
        func verdict(_ line: String) throws -> FrameVerdict {
            let bytes = Array(line.utf8)
            let framer = try #require(framers.first { bytes.starts(with: $0.prefix) })
            return framer.frame(bytes.span)
        }
        #expect(try verdict("+CMQTTRXTOPIC: 0,1024\r\n") == .incomplete(body: 23..<1047, trailer: 1))
        #expect(try verdict("+CMQTTRXTOPIC: 0,1025\r\n") == .refused(.lengthAboveCap(1025)))
        #expect(try verdict("+CMQTTRXPAYLOAD: 0,10240\r\n") == .incomplete(body: 26..<10_266, trailer: 1))
        #expect(try verdict("+CMQTTRXPAYLOAD: 0,10241\r\n") == .refused(.lengthAboveCap(10_241)))
        #expect(try verdict("+CMQTTRECV: 0,\"a\",10241,\"") == .refused(.lengthAboveCap(10_241)))
    }

    @Test func onlyTheTwoBootLinesMeanARestart() {
        let restarts = UnsolicitedLine.all.filter { $0.spec.meaning == .restart }.map(\.spec.shape)
        #expect(restarts == [.prefix("*ATREADY", .integer), .prefix("RDY", extra: .none)])
        #expect(UnsolicitedLine.all.filter { $0.spec.meaning == .blockEnd }.map(\.kind) == [.messageEnd])
        #expect(UnsolicitedLine.all.filter { $0.spec.quoting == .multiline }.map(\.kind) == [.networkMessage])
    }

    @Test func aLineIsKnownByTheIndexOfItsSpec() {
        #expect(UnsolicitedLine.kind(of: 0) == .boot)
        #expect(UnsolicitedLine.kind(of: nil) == nil)
        #expect(UnsolicitedLine.kind(of: UnsolicitedLine.all.count) == nil)
        #expect(Set(UnsolicitedLine.all.map(\.kind)) == Set(UnsolicitedLine.Kind.allCases))
        #expect(UnsolicitedLine.all.allSatisfy { !$0.help.isEmpty })
    }

    @Test(arguments: [
        ("+CME ERROR: SIM not inserted", 10 as Int?), ("+CME ERROR: sim BUSY", 14), ("+CME ERROR: 313", 313),
        ("+CME ERROR: requested service option not subscribed (#33)", 33), ("+CME ERROR: ", nil),
        ("+CME ERROR: no such thing", nil),
    ])
    func theEngineKnowsTheErrorTexts(line: String, number: Int?) throws {
        var bench = Bench(.a7600, echo: true)
        bench.submit(try Catalogue.command(line: "AT+CPIN?"))
        bench.receive(Array("AT+CPIN?\r\r\n\(line)\r\n".utf8))
        #expect(bench.takeLog() == ["AT+CPIN? → failed CME \(number.map(String.init) ?? "?")"])
    }
}
