import ATProtocol
import Testing

@testable import A7600

/// The typed builders: the line they write, and what they refuse.
@Suite struct CommandsTests {
    typealias Build = @Sendable (Commands) throws(ArgumentFault) -> Command

    struct Row: Sendable, CustomTestStringConvertible {
        let line: String
        let data: String?
        let profile: Profile
        let build: Build
        var testDescription: String { line }

        init(_ line: String, data: String? = nil, _ profile: Profile = .a7600, _ build: @escaping Build) {
            self.line = line
            self.data = data
            self.profile = profile
            self.build = build
        }
    }

    static let mqtt: [Row] = [
        Row("AT+CMQTTSTART") { c throws(ArgumentFault) in try c.mqttStart() },
        Row("AT+CMQTTSTOP") { c throws(ArgumentFault) in try c.mqttStop() },
        Row("AT+CMQTTACCQ=0,\"unit\"") { c throws(ArgumentFault) in try c.mqttAcquire(client: 0, id: Array("unit".utf8))
        },
        Row("AT+CMQTTACCQ=1,\"unit\",1") { c throws(ArgumentFault) in
            try c.mqttAcquire(client: 1, id: Array("unit".utf8), type: .tls)
        },
        Row("AT+CMQTTACCQ=0,\"unit\",0,4", .sim7600) { c throws(ArgumentFault) in
            try c.mqttAcquire(client: 0, id: Array("unit".utf8), version: .v311)
        },
        Row("AT+CMQTTACCQ?") { c throws(ArgumentFault) in try c.mqttClients() },
        Row("AT+CMQTTREL=0") { c throws(ArgumentFault) in try c.mqttRelease(client: 0) },
        Row("AT+CMQTTSSLCFG=0,3") { c throws(ArgumentFault) in try c.mqttBind(client: 0, context: 3) },
        Row("AT+CMQTTSSLCFG?") { c throws(ArgumentFault) in try c.mqttBindings() },
        Row("AT+CMQTTWILLTOPIC=0,3", data: "a/b") { c throws(ArgumentFault) in
            try c.mqttWillTopic(client: 0, topic: Array("a/b".utf8))
        },
        Row("AT+CMQTTWILLMSG=0,4,1", data: "gone") { c throws(ArgumentFault) in
            try c.mqttWillMessage(client: 0, message: Array("gone".utf8), qos: 1)
        },
        Row("AT+CMQTTCONNECT=0,\"tcp://b.example:8883\",60,1") { c throws(ArgumentFault) in
            try c.mqttConnect(client: 0, host: "b.example", port: 8883, keepalive: 60, session: .clean)
        },
        Row("AT+CMQTTCONNECT=0,\"tcp://b.example:1883\",60,0,\"u\",\"p\"") { c throws(ArgumentFault) in
            try c.mqttConnect(
                client: 0,
                host: "b.example",
                port: 1883,
                keepalive: 60,
                session: .persistent,
                user: Array("u".utf8),
                password: Array("p".utf8)
            )
        },
        Row("AT+CMQTTCONNECT?") { c throws(ArgumentFault) in try c.mqttConnections() },
        Row("AT+CMQTTDISC=0,120") { c throws(ArgumentFault) in try c.mqttDisconnect(client: 0, timeout: 120) },
        Row("AT+CMQTTDISC?") { c throws(ArgumentFault) in try c.mqttConnected() },
        Row("AT+CMQTTTOPIC=0,5", data: "caf\u{E9}") { c throws(ArgumentFault) in
            try c.mqttTopic(client: 0, topic: Array("caf\u{E9}".utf8))
        },
        Row("AT+CMQTTPAYLOAD=0,3", data: "a\rb") { c throws(ArgumentFault) in
            try c.mqttPayload(client: 0, payload: Array("a\rb".utf8))
        },
        Row("AT+CMQTTPUB=0,1,60") { c throws(ArgumentFault) in try c.mqttPublish(client: 0, qos: 1, timeout: 60) },
        Row("AT+CMQTTPUB=0,1,60,1") { c throws(ArgumentFault) in
            try c.mqttPublish(client: 0, qos: 1, timeout: 60, retained: true)
        },
        Row("AT+CMQTTPUB=0,0,5", .a7670) { c throws(ArgumentFault) in try c.mqttPublish(client: 0, qos: 0, timeout: 5)
        },
        Row("AT+CMQTTSUBTOPIC=0,3,1", data: "a/#") { c throws(ArgumentFault) in
            try c.mqttSubscribeTopic(client: 0, filter: Array("a/#".utf8), qos: 1)
        },
        Row("AT+CMQTTSUB=0") { c throws(ArgumentFault) in try c.mqttSubscribe(client: 0) },
        Row("AT+CMQTTSUB=0,3,1", data: "a/#") { c throws(ArgumentFault) in
            try c.mqttSubscribe(client: 0, filter: Array("a/#".utf8), qos: 1)
        },
        Row("AT+CMQTTUNSUBTOPIC=0,1", data: "a") { c throws(ArgumentFault) in
            try c.mqttUnsubscribeTopic(client: 0, filter: Array("a".utf8))
        },
        Row("AT+CMQTTUNSUB=0,0") { c throws(ArgumentFault) in try c.mqttUnsubscribe(client: 0) },
        Row("AT+CMQTTUNSUB=0,1,0", data: "a") { c throws(ArgumentFault) in
            try c.mqttUnsubscribe(client: 0, filter: Array("a".utf8))
        },
        Row("AT+CMQTTCFG=\"checkUTF8\",0,0") { c throws(ArgumentFault) in try c.mqttCheckUTF8(client: 0, .off) },
        Row("AT+CMQTTCFG=\"optimeout\",0,30") { c throws(ArgumentFault) in
            try c.mqttOperationTimeout(client: 0, seconds: 30)
        },
        Row("AT+CMQTTCFG=\"version\",0,4", .a7670) { c throws(ArgumentFault) in try c.mqttVersion(client: 0, .v311) },
        Row("AT+CMQTTCFG?") { c throws(ArgumentFault) in try c.mqttConfigurations() },
    ]

    static let rest: [Row] = [
        Row("AT+CSSLCFG?") { c throws(ArgumentFault) in try c.tlsContexts() },
        Row("AT+CSSLCFG=6") { c throws(ArgumentFault) in try c.tlsContext(6) },
        Row("AT+CSSLCFG=\"authmode\",0,2") { c throws(ArgumentFault) in
            try c.tlsSet(.authmode, context: 0, to: .integer(2))
        },
        Row("AT+CSSLCFG=\"cacert\",0,\"ca.pem\"") { c throws(ArgumentFault) in
            try c.tlsSet(.cacert, context: 0, to: .text("ca.pem"))
        },
        Row("AT+CSSLCFG=\"ciphersuites\",0,0xFFFF", .sim7600) { c throws(ArgumentFault) in
            try c.tlsSet(.ciphersuites, context: 0, to: .word(Array("0xFFFF".utf8)))
        },
        Row("AT+CCERTDOWN=\"ca.pem\",4", data: "cert") { c throws(ArgumentFault) in
            try c.certificateDownload(name: "ca.pem", content: Array("cert".utf8))
        },
        Row("AT+CCERTLIST") { c throws(ArgumentFault) in try c.certificateList() },
        Row("AT+CCERTDELE=\"ca.pem\"") { c throws(ArgumentFault) in try c.certificateDelete(name: "ca.pem") },
        Row("AT+CCERTMOVE=\"ca.pem\"") { c throws(ArgumentFault) in try c.certificateMove(name: "ca.pem") },
        Row("AT") { c throws(ArgumentFault) in try c.probe() },
        Row("ATE0") { c throws(ArgumentFault) in try c.echo(false) },
        Row("ATE1") { c throws(ArgumentFault) in try c.echo(true) },
        Row("AT+CGMM") { c throws(ArgumentFault) in try c.identity("+CGMM") },
        Row("AT+CPIN?") { c throws(ArgumentFault) in try c.pinState() },
        Row("AT+CPIN=\"1234\"") { c throws(ArgumentFault) in try c.enterPIN("1234") },
        Row("AT+CPIN=\"12345678\",\"1234\"") { c throws(ArgumentFault) in try c.enterPIN("12345678", new: "1234") },
        Row("AT+CSQ") { c throws(ArgumentFault) in try c.signal() },
        Row("AT+CREG?") { c throws(ArgumentFault) in try c.registration(.circuitSwitched) },
        Row("AT+CEREG=2") { c throws(ArgumentFault) in try c.reportRegistration(.eps, report: 2) },
        Row("AT+COPS?") { c throws(ArgumentFault) in try c.operatorState() },
        Row("AT+CPSI?") { c throws(ArgumentFault) in try c.systemInformation() },
        Row("AT+CGDCONT=1,\"IP\",\"iot\"") { c throws(ArgumentFault) in
            try c.defineContext(cid: 1, type: "IP", apn: "iot")
        },
        Row("AT+CGDCONT?") { c throws(ArgumentFault) in try c.contexts() },
        Row("AT+CGAUTH=1,2,\"pass\",\"user\"") { c throws(ArgumentFault) in
            try c.authentication(cid: 1, protection: 2, user: "user", password: "pass")
        },
        Row("AT+CGAUTH=1,0") { c throws(ArgumentFault) in try c.authentication(cid: 1, protection: 0) },
        Row("AT+CGATT?") { c throws(ArgumentFault) in try c.attachState() },
        Row("AT+CGATT=1") { c throws(ArgumentFault) in try c.attach(true) },
        Row("AT+CGACT=0,1") { c throws(ArgumentFault) in try c.activate(false, cid: 1) },
        Row("AT+CGPADDR") { c throws(ArgumentFault) in try c.addresses() },
        Row("AT+CGPADDR=1") { c throws(ArgumentFault) in try c.addresses(cid: 1) },
        Row("AT+NETOPEN") { c throws(ArgumentFault) in try c.netOpen() },
        Row("AT+NETOPEN?") { c throws(ArgumentFault) in try c.netState() },
        Row("AT+NETCLOSE") { c throws(ArgumentFault) in try c.netClose() },
        Row("AT+CCLK?") { c throws(ArgumentFault) in try c.clock() },
        Row("AT+CCLK=\"26/03/01,09:38:02-04\"") { c throws(ArgumentFault) in
            try c.setClock(ModuleTime(year: 2026, month: 3, day: 1, hour: 9, minute: 38, second: 2, zone: -4))
        },
        Row("AT+CNTP=\"pool.ntp.org\",0") { c throws(ArgumentFault) in try c.timeServer(host: "pool.ntp.org") },
        Row("AT+CNTP") { c throws(ArgumentFault) in try c.synchroniseClock() },
        Row("AT+CRESET") { c throws(ArgumentFault) in try c.restart() },
        Row("AT+CPOF") { c throws(ArgumentFault) in try c.powerOff() },
        Row("AT+CMEE=2") { c throws(ArgumentFault) in try c.errorReports(2) },
        Row("AT+CFUN=1,1") { c throws(ArgumentFault) in try c.functionality(level: 1, reset: true) },
        Row("AT+CFUN?") { c throws(ArgumentFault) in try c.functionalityState() },
    ]

    @Test(arguments: mqtt + rest)
    func aBuilderWritesItsLineAndTheCatalogueReadsItAlike(row: Row) throws {
        let built = try row.build(Commands(row.profile))
        #expect(String(decoding: built.line, as: UTF8.self) == row.line)
        #expect(built.data == row.data.map { Array($0.utf8) })
        var read = try Catalogue.command(line: row.line, data: built.data, profile: row.profile)
        if row.line.hasPrefix("AT+CMQTTCONNECT=") { read.spec.maximum = built.spec.maximum }
        #expect(read == built)
    }

    @Test func theLimitOfConnectFollowsWhatWasConfigured() throws {
        let commands = Commands()
        func maximum(operation: Int, negotiation: Int?) throws -> Duration {
            try commands.mqttConnect(
                client: 0,
                host: "b.example",
                port: 1883,
                keepalive: 60,
                session: .clean,
                operation: .seconds(operation),
                negotiation: negotiation.map { .seconds($0) }
            ).spec.maximum
        }
        #expect(try maximum(operation: 120, negotiation: nil) == .seconds(140))
        #expect(try maximum(operation: 120, negotiation: 300) == .seconds(440))
        #expect(try maximum(operation: 20, negotiation: 10) == .seconds(50))
        #expect(try commands.mqttSubscribe(client: 0, operation: .seconds(20)).spec.maximum == .seconds(40))
        #expect(try commands.mqttUnsubscribe(client: 0, operation: .seconds(20)).spec.maximum == .seconds(40))
    }

    /// One refusal of a builder: the fault it throws.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let fault: String
        let profile: Profile
        let build: Build
        var testDescription: String { fault }

        init(_ fault: String, _ profile: Profile = .a7600, _ build: @escaping Build) {
            self.fault = fault
            self.profile = profile
            self.build = build
        }
    }

    static let refusals: [Refusal] = [
        Refusal("AT+CMQTTPUB: qos is 3; allowed: 0-2") { c throws(ArgumentFault) in
            try c.mqttPublish(client: 0, qos: 3, timeout: 60)
        },
        Refusal("AT+CMQTTPUB: timeout is 59; allowed: 60-180") { c throws(ArgumentFault) in
            try c.mqttPublish(client: 0, qos: 1, timeout: 59)
        },
        Refusal("AT+CMQTTTOPIC: length is 1025; allowed: 1-1024") { c throws(ArgumentFault) in
            try c.mqttTopic(client: 0, topic: [UInt8](repeating: 0x61, count: 1025))
        },
        Refusal("AT+CMQTTTOPIC: length is 0; allowed: 1-1024") { c throws(ArgumentFault) in
            try c.mqttTopic(client: 0, topic: [])
        },
        Refusal("AT+CMQTTPAYLOAD: length is 10241; allowed: 1-10240") { c throws(ArgumentFault) in
            try c.mqttPayload(client: 0, payload: [UInt8](repeating: 0x61, count: 10_241))
        },
        Refusal(
            "AT+CMQTTPAYLOAD: data is not UTF-8; allowed: UTF-8 text; check_utf8 = false lets the client take any bytes"
        ) { c throws(ArgumentFault) in try c.mqttPayload(client: 0, payload: [0xFF]) },
        Refusal("AT+CMQTTTOPIC: data is a topic with U+0000; allowed: UTF-8 text without U+0000") {
            c throws(ArgumentFault) in try c.mqttTopic(client: 0, topic: [0x61, 0])
        },
        Refusal("AT+CMQTTWILLMSG: length is 0; allowed: 1-1024") { c throws(ArgumentFault) in
            try c.mqttWillMessage(client: 0, message: [], qos: 0)
        },
        Refusal("AT+CMQTTACCQ: id is a string with \"; allowed: 1-128 bytes of UTF-8, without \"") {
            c throws(ArgumentFault) in try c.mqttAcquire(client: 0, id: Array("a\"b".utf8))
        },
        Refusal("AT+CMQTTACCQ: id is a string with CR; allowed: 1-128 bytes of UTF-8, without CR") {
            c throws(ArgumentFault) in try c.mqttAcquire(client: 0, id: Array("a\rb".utf8))
        },
        Refusal("AT+CMQTTACCQ: id is 129 bytes; allowed: 1-128 bytes of UTF-8") { c throws(ArgumentFault) in
            // 64 characters of two bytes and one of one: bytes are counted.
            try c.mqttAcquire(client: 0, id: Array((String(repeating: "\u{E9}", count: 64) + "a").utf8))
        },
        Refusal("AT+CMQTTACCQ: parameters is 4; allowed: at most 3") { c throws(ArgumentFault) in
            try c.mqttAcquire(client: 0, id: [0x61], type: .tcp, version: .v311)
        },
        Refusal("AT+CMQTTCFG: keyword is \"version\"; allowed: \"checkUTF8\", \"optimeout\"") {
            c throws(ArgumentFault) in try c.mqttVersion(client: 0, .v311)
        },
        Refusal("AT+CMQTTCONNECT: port is 65536; allowed: 1-65535") { c throws(ArgumentFault) in
            try c.mqttConnect(client: 0, host: "b.example", port: 65_536, keepalive: 60, session: .clean)
        },
        Refusal("AT+CMQTTCONNECT: user is missing; allowed: a user name before the password") {
            c throws(ArgumentFault) in
            try c.mqttConnect(
                client: 0,
                host: "b.example",
                port: 1883,
                keepalive: 60,
                session: .clean,
                password: Array("p".utf8)
            )
        },
        Refusal("AT+CMQTTCONNECT: password is a secret of 257 bytes; allowed: 1-256 bytes of UTF-8") {
            c throws(ArgumentFault) in
            try c.mqttConnect(
                client: 0,
                host: "b.example",
                port: 1883,
                keepalive: 60,
                session: .clean,
                user: Array("u".utf8),
                password: [UInt8](repeating: 0x70, count: 257)
            )
        },
        Refusal("AT+CCERTDOWN: name is \"ca.txt\"; allowed: 5-108 bytes, a file name ending in .pem or .der") {
            c throws(ArgumentFault) in try c.certificateDownload(name: "ca.txt", content: [0x61])
        },
        Refusal("AT+CCERTDOWN: name is \"a/b.pem\"; allowed: 5-108 bytes, a file name ending in .pem or .der") {
            c throws(ArgumentFault) in try c.certificateDownload(name: "a/b.pem", content: [0x61])
        },
        Refusal("AT+CCERTDOWN: length is 10241; allowed: 1-10240") { c throws(ArgumentFault) in
            try c.certificateDownload(name: "a.pem", content: [UInt8](repeating: 0x61, count: 10_241))
        },
        Refusal("AT+CSSLCFG: value is 5; allowed: 0-4") { c throws(ArgumentFault) in
            try c.tlsSet(.sslversion, context: 0, to: .integer(5))
        },
        Refusal("AT+CCERTMOVE: form is write; allowed: forms that profile sim7600 has", .sim7600) {
            c throws(ArgumentFault) in try c.certificateMove(name: "ca.pem")
        },
        Refusal("AT+CMQTTCONNECT: line is 560 bytes; allowed: at most 559 bytes after AT", .sim7600) {
            c throws(ArgumentFault) in
            try c.mqttConnect(
                client: 0,
                host: String(repeating: "h", count: 244),
                port: 1883,
                keepalive: 60,
                session: .clean,
                user: [UInt8](repeating: 0x75, count: 256),
                password: [UInt8](repeating: 0x70, count: 20)
            )
        },
    ]

    @Test(arguments: refusals)
    func aWrongParameterIsNamedWithItsCommandValueAndRange(row: Refusal) {
        let fault = #expect(throws: ArgumentFault.self) { try row.build(Commands(row.profile)) }
        #expect(fault?.description == row.fault)
    }

    @Test func bytesThatAreNotUTF8GoToAClientThatDoesNotCheck() throws {
        let topic: [UInt8] = [0xF7, 0xF7, 0x3F]
        #expect(try Commands().mqttTopic(client: 0, topic: topic, utf8: .off).data == topic)
        #expect(try Commands().mqttSubscribe(client: 0, filter: topic, qos: 1, utf8: .off).data == topic)
        #expect(try Commands().mqttPayload(client: 0, payload: [0xFF, 0], utf8: .off).data == [0xFF, 0])
    }

    @Test func aFaultIsAFailureThatNeverReachedThePort() throws {
        let fault = ArgumentFault(command: "AT+CMQTTPUB", parameter: "qos", value: "3", allowed: "0-2")
        #expect(fault.failure.code == .argument)
        #expect(fault.failure.written == .no)
        #expect(fault.failure.text == "AT+CMQTTPUB: qos is 3; allowed: 0-2")
        #expect(fault.failure.command == "AT+CMQTTPUB")
    }
}
