import ATProtocol
import Testing

@testable import A7600

/// Answers as values, and in plain words.
@Suite struct AnswerTests {
    @Test(arguments: [
        ("+CSQ: 0,0", -113 as Int?, 0 as Int?), ("+CSQ: 23,0", -67, 0), ("+CSQ: 31,7", -51, 7),
        ("+CSQ: 99,99", nil, nil),
        ("+CSQ: 21, 99", -71, nil),
    ])
    func signalIsInDecibels(line: String, dBm: Int?, rate: Int?) throws {
        let signal = try #require(SignalQuality(Line(line)))
        #expect(signal.dBm == dBm)
        #expect(signal.bitErrorRate == rate)
        #expect(signal.words == (dBm.map { "rssi \($0) dBm" } ?? "signal not known: no network found, or no antenna"))
    }

    @Test(arguments: [
        (0, "idle", "not registered, not searching: radio off, or no SIM"), (1, "home", "registered, home"),
        (2, "searching", "not registered, searching: antenna, coverage"),
        (3, "denied", "registration denied: the plan, the SIM, or the APN of the attach"),
        (4, "unknown", "registration unknown: out of coverage"), (5, "roaming", "registered, roaming"),
        (6, "sms only", "registered for SMS only, home: the plan has no data"),
        (7, "sms only", "registered for SMS only, roaming: the plan has no data here"),
        (11, "emergency only", "emergency calls only: no SIM, or the network refuses it"),
        (9, "unknown", "registration state 9"),
    ])
    func registrationIsInWords(state: Int, name: String, words: String) {
        let state = RegistrationState(rawValue: state)
        #expect(state.name == name)
        #expect(state.words == words)
        #expect(state.isRegistered == [1, 5].contains(state.rawValue))
    }

    @Test(arguments: [
        ("+CREG: 0,1", RegistrationDomain.circuitSwitched, 1, nil as String?),
        ("+CEREG: 2,5,\"7764\",\"6FB8\",7", .eps, 5, "7764"), ("+CGREG: 2", .packetSwitched, 2, nil),
        ("+CEREG: 1,\"00D3\",\"1A2B\",7", .eps, 1, "00D3"),
    ])
    func theAnswerAndTheUnsolicitedLineOfARegistrationAreRead(
        line: String,
        domain: RegistrationDomain,
        state: Int,
        area: String?
    ) throws {
        let registration = try #require(Registration(Line(line)))
        #expect(registration.domain == domain)
        #expect(registration.state.rawValue == state)
        #expect(registration.area == area)
    }

    @Test(arguments: [
        ("+CPIN: READY", PINState.ready), ("+CPIN: SIM PIN", .pin), ("+CPIN: SIM PUK", .puk),
        ("+CPIN: SIM REMOVED", .removed), ("+CPIN: PH-NET PIN", .other("PH-NET PIN")),
    ])
    func theSIMSaysWhatItAsksFor(line: String, state: PINState) {
        #expect(PINState(Line(line)) == state)
        #expect(PINState(Line("+CSQ: 1,1")) == nil)
    }

    @Test(arguments: [
        ("+CGPADDR: 1,10.0.0.2", ["10.0.0.2"], true), ("+CGPADDR: 2,0.0.0.0", ["0.0.0.0"], false),
        ("+CGPADDR: 3", [], false),
        ("+CGPADDR: 1,\"10.0.0.2\",\"FE80::1\"", ["10.0.0.2", "FE80::1"], true),
        ("+CGPADDR: 2,0.0.0.0,0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0", ["0.0.0.0", "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"], false),
    ])
    func anAddressTellsWhetherTheContextIsUp(line: String, addresses: [String], isActive: Bool) throws {
        let address = try #require(PDPAddress(Line(line)))
        #expect(address.addresses == addresses)
        #expect(address.isActive == isActive)
    }

    @Test(arguments: [
        ("+CCLK: \"70/01/01,00:00:00+00\"", false, 0), ("+CCLK: \"26/03/01,09:38:02+00\"", true, 1_772_357_882),
        ("+CCLK: \"26/03/01,09:38:02+04\"", true, 1_772_354_282),
        ("+CCLK: \"26/03/01,09:38:02-20\"", true, 1_772_375_882),
        ("+CCLK: \"24/02/29,23:59:59\"", true, 1_709_251_199), ("+CCLK: \"80/01/06,00:00:00+00\"", false, 315_964_800),
    ])
    func theClockIsReadWithItsZone(line: String, isSet: Bool, seconds: Int) throws {
        let time = try #require(ModuleTime(Line(line)))
        #expect(time.isSet == isSet)
        #expect(time.secondsSince1970 == seconds)
    }

    @Test(arguments: [
        "+CCLK: \"26/13/01,09:38:02+00\"", "+CCLK: \"26-03-01,09:38:02+00\"", "+CCLK: \"\"", "+CCLK: \"26/03/01\"",
        "+CCLK: \"26/03/01,09:38:02x04\"", "+CSQ: 1,1",
    ])
    func whatIsNoTimeIsRefused(line: String) {
        #expect(ModuleTime(Line(line)) == nil)
    }

    @Test func aTimeIsWrittenAsItIsRead() throws {
        for text in ["26/03/01,09:38:02+04", "99/12/31,23:59:59-48", "00/01/01,00:00:00+00"] {
            #expect(try #require(ModuleTime(text)).description == text)
        }
    }

    @Test func aContextIsReadInBothLayouts() throws {
        let line = Line("+CSSLCFG: 6,3,2,0,120,\"ca.pem\",\"c.pem\",\"k.pem\",\"p.pem\",1")
        let settings = try #require(TLSSettings(line, profile: .a7600))
        #expect(settings.context == 6 && settings.version == 3 && settings.authmode == 2)
        #expect(!settings.ignoresLocalTime && settings.negotiateTime == 120)
        #expect([settings.caFile, settings.certificateFile, settings.keyFile] == ["ca.pem", "c.pem", "k.pem"])
        #expect(settings.passwordFile == "p.pem" && settings.sendsServerName)
        let other = Line("+CSSLCFG: 6,4,1,1,300,\"ca.pem\",\"\",\"\",1,\"\",0x0")
        let old = try #require(TLSSettings(other, profile: .sim7600))
        #expect(old.sendsServerName && old.passwordFile.isEmpty && old.caFile == "ca.pem")
        #expect(
            TLSSettings(Line("+CSSLCFG: 0,4,0,1,300,\"\",\"\",\"\",\"\",0"), profile: .a7600) == TLSSettings(context: 0)
        )
    }

    @Test func aContextLineCutInItsQuotesGivesNothing() {
        let line = Line("+CSSLCFG: 6,4,0,1,300,\"\",\"\",\"\",0,\",1,300,\"\",")
        #expect(TLSSettings(line, profile: .a7600) == nil)
    }

    @Test func aContextTellsTheValueOfEachKeyword() throws {
        let settings = try #require(
            TLSSettings(Line("+CSSLCFG: 0,4,2,1,300,\"ca.pem\",\"\",\"\",\"\",0"), profile: .a7600)
        )
        #expect(settings.value(of: .authmode) == .integer(2))
        #expect(settings.value(of: .ignorelocaltime) == .integer(1))
        #expect(settings.value(of: .cacert) == .text("ca.pem"))
        #expect(settings.value(of: .enableSNI) == .integer(0))
        #expect(settings.value(of: .keypwd) == nil)
    }

    @Test func readLinesOfAClientAreValues() throws {
        let client = try #require(AcquiredClient(Line("+CMQTTACCQ: 0,\"unit-001\",1")))
        #expect(client.id == Array("unit-001".utf8) && client.type == .tls && !client.isFree)
        #expect(try #require(AcquiredClient(Line("+CMQTTACCQ: 1,\"\",0"))).isFree)
        #expect(try #require(AcquiredClient(Line("+CMQTTACCQ: 0,\"u\",0,4"))).version == .v311)
        #expect(ClientConnection(Line("+CMQTTDISC: 0,0"))?.state == .connected)
        #expect(ClientConnection(Line("+CMQTTDISC: 1, 1"))?.state == .disconnected)
        #expect(ClientBinding(Line("+CMQTTSSLCFG: 1,3"))?.context == 3)
        let configuration = try #require(ClientConfiguration(Line("+CMQTTCFG: 0,0,60")))
        #expect(configuration.utf8 == .off && configuration.operationTimeout == 60)
    }

    @Test func allReadLinesOfAConnectionAreUnderstood() throws {
        let open = try #require(ServerConnection(Line("+CMQTTCONNECT: 0,\"tcp://b.example:1883\",60,1,\"u\",\"p\"")))
        #expect(open.server?.address == "tcp://b.example:1883")
        #expect(open.server?.keepalive == 60 && open.server?.session == .clean && open.server?.hasUser == true)
        #expect(try #require(ServerConnection(Line("+CMQTTCONNECT: 1"))).server == nil)
        #expect(try #require(ServerConnection(Line("+CMQTTCONNECT: 1,\"\""))).server == nil)
        #expect(ServerConnection(Line("+CMQTTCONNECT: 0,0")) == nil)
    }

    @Test func theIdentityHasOneOrTwoRevisions() {
        let short = ModuleIdentity(
            ["Manufacturer: INCORPORATED", "Model: A7600C", "Revision: A7600C_V1.0", "IMEI: 867584030000018"].map {
                Line($0)
            }
        )
        #expect(short.manufacturer == "INCORPORATED" && short.model == "A7600C" && short.imei == "867584030000018")
        #expect(short.revisions == ["A7600C_V1.0"])
        let long = ModuleIdentity(
            [
                "Manufacturer: INCORPORATED", "Model: A7670E-FASE", "Revision: A011B07A7670M7_F",
                "A7670M7_B07V01_240927",
                "QCN:", "IMEI: 8675", "MEID:", "+GCAP: +CGSM,+FCLASS,+DS", "DeviceInfo:",
            ].map { Line($0) }
        )
        #expect(long.revisions == ["A011B07A7670M7_F", "A7670M7_B07V01_240927"])
        #expect(long.imei == "8675")
    }

    @Test func aStoredFileIsListedByItsName() {
        #expect(CertificateName(Line("+CCERTLIST: \"ca.pem\""))?.name == "ca.pem")
        #expect(CertificateName(Line("+CCERTLIST: \"\"")) == nil)
    }

    @Test(arguments: [
        (1, "closed by the server"), (2, "reset, or the keep-alive got no answer"), (3, "the network was closed"),
    ])
    func aLossHasACause(cause: Int, words: String) throws {
        let loss = try #require(ConnectionLoss(Line("+CMQTTCONNLOST: 1,\(cause)")))
        #expect(loss.client == 1 && loss.words == words)
    }

    @Test(arguments: [
        ("+CSQ: 21,99", "rssi -71 dBm" as String?), ("+CEREG: 0,1", "registered, home"), ("+CPIN: READY", "SIM ready"),
        ("+CCLK: \"70/01/01,00:00:00+00\"", "clock not set"), ("+CCLK: \"26/01/01,00:00:00+00\"", nil),
        ("+CMQTTCONNLOST: 0,3", "the network was closed"),
        ("+CMQTTSTART: 23", "network is opened: left over from before a host restart"),
        ("+CMQTTPUB: 0,0", nil), ("+CMQTTDISC: 0,1", nil), ("+CMQTTSSLCFG: 0,3", nil), ("+CMQTTRXTOPIC: 0,4", nil),
        ("+CMQTTTOPIC: 0,11", "no connection: connection lost unnoticed"), ("+CGPADDR: 1,10.0.0.2", "context 1 is up"),
        ("+CME ERROR: 10", "SIM not inserted"), ("+CME ERROR: 313", "SIM failure"), ("+FOO: 1", nil), ("OK", nil),
    ])
    func aLineIsExplainedWhereNumbersAloneDoNotSpeak(line: String, words: String?) {
        #expect(PlainWords.explain(Line(line)) == words)
    }

    @Test func fieldsAreTakenApartAsTheyStand() throws {
        let answer = try #require(AnswerLine(Line("+COPS: 0,2,\"00101\", 7,,LTE")))
        #expect(answer.prefix == "+COPS")
        #expect(
            answer.fields == [
                .integer(0), .integer(2), .text("00101"), .integer(7), .omitted, .word(Array("LTE".utf8)),
            ]
        )
        #expect(AnswerLine(Line("OK")) == nil)
        #expect(AnswerLine(Line("+X: \"open")) == nil)
    }
}
