import ATProtocol
import Testing

@testable import A7600

/// How each of the 17 commands is answered, row by row.
@Suite struct MQTTCommandTableTests {
    /// Commands that are done at `OK`: a line with a code stands before `ERROR` only.
    struct Local: Sendable, CustomTestStringConvertible {
        let line: String
        let maximum: Int
        let prompt: PromptSpec?
        let clears: Lanes
        let repeatable: CommandSpec.Repeatable
        var testDescription: String { line }

        init(
            _ line: String,
            maximum: Int = 9,
            prompt: PromptSpec? = nil,
            clears: Lanes = [],
            _ repeatable: CommandSpec.Repeatable = .safe
        ) {
            self.line = line
            self.maximum = maximum
            self.prompt = prompt
            self.clears = clears
            self.repeatable = repeatable
        }
    }

    static let harmless = PromptSpec(patience: .seconds(5), padding: .harmless)

    static func undone(_ line: String) -> PromptSpec {
        PromptSpec(patience: .seconds(5), padding: .undo(line: Array(line.utf8), includesData: true))
    }

    static let locals: [Local] = [
        Local("AT+CMQTTACCQ=1,\"unit\",1", .unknownOutcome),
        Local("AT+CMQTTREL=1", maximum: 30, clears: .client(1)),
        Local("AT+CMQTTSSLCFG=1,3"),
        Local("AT+CMQTTWILLTOPIC=1,4", prompt: harmless),
        Local("AT+CMQTTWILLMSG=1,4,1", prompt: harmless),
        Local("AT+CMQTTTOPIC=1,4", prompt: harmless),
        Local("AT+CMQTTPAYLOAD=1,4", prompt: harmless),
        Local("AT+CMQTTSUBTOPIC=1,4,1", prompt: undone("AT+CMQTTUNSUB=1,4,0"), .unknownOutcome),
        Local("AT+CMQTTUNSUBTOPIC=1,4", prompt: harmless, .unknownOutcome),
        Local("AT+CMQTTCFG=\"checkUTF8\",1,0"),
        Local("AT+CMQTTCFG=\"optimeout\",1,60"),
    ]

    @Test(arguments: locals)
    func aLocalCommandIsDoneAtOK(row: Local) throws {
        let data = row.prompt.map { _ in Array("abcd".utf8) }
        let spec = try Catalogue.command(line: row.line, data: data).spec
        let prefix = String(row.line.dropFirst(2).prefix { $0 != "=" })
        #expect(
            spec.result
                == ResultSpec(
                    shape: .prefix(prefix, .integer, .integer),
                    key: 0,
                    keyValue: 1,
                    code: 1,
                    domain: .mqtt,
                    orders: [.resultThenOK, .resultThenError, .errorAlone]
                )
        )
        #expect(spec.maximum == .seconds(row.maximum))
        #expect(spec.prompt == row.prompt)
        #expect(spec.lanes == .client(1))
        #expect(spec.clears == row.clears)
        #expect(spec.repeatable == row.repeatable)
        #expect(spec.information.isEmpty && spec.failOn.isEmpty && spec.effects.isEmpty)
    }

    /// Commands whose result the network decides.
    struct Request: Sendable, CustomTestStringConvertible {
        let line: String
        let maximum: Int
        let profile: Profile
        let prompt: PromptSpec?
        let clears: Lanes
        let repeatable: CommandSpec.Repeatable
        var testDescription: String { line }

        init(
            _ line: String,
            maximum: Int,
            _ profile: Profile = .a7600,
            prompt: PromptSpec? = nil,
            clears: Lanes = [],
            _ repeatable: CommandSpec.Repeatable = .unknownOutcome
        ) {
            self.line = line
            self.maximum = maximum
            self.profile = profile
            self.prompt = prompt
            self.clears = clears
            self.repeatable = repeatable
        }
    }

    static let requests: [Request] = [
        Request("AT+CMQTTCONNECT=1,\"tcp://broker:8883\",60,1", maximum: 440),
        Request("AT+CMQTTDISC=1,0", maximum: 140, clears: .client(1), .safe),
        Request("AT+CMQTTDISC=1,60", maximum: 80, clears: .client(1), .safe),
        Request("AT+CMQTTDISC=1,180", maximum: 200, clears: .client(1), .safe),
        Request("AT+CMQTTPUB=1,1,60", maximum: 80),
        Request("AT+CMQTTPUB=1,2,180,1,1", maximum: 200),
        Request("AT+CMQTTPUB=1,\"a\",1,4", maximum: 140, .a7670, prompt: harmless),
        Request("AT+CMQTTSUB=1", maximum: 140),
        Request("AT+CMQTTSUB=1,1", maximum: 140),
        Request("AT+CMQTTSUB=1,4,1", maximum: 140, prompt: undone("AT+CMQTTUNSUB=1,4,0"), .safe),
        Request("AT+CMQTTSUB=1,4,1,0", maximum: 140, prompt: undone("AT+CMQTTUNSUB=1,4,0"), .safe),
        Request("AT+CMQTTSUB=1,\"a/#\",1", maximum: 140, .a7670, .safe),
        Request("AT+CMQTTUNSUB=1,0", maximum: 140),
        Request("AT+CMQTTUNSUB=1,4,0", maximum: 140, prompt: harmless, .safe),
        Request("AT+CMQTTUNSUB=1,\"a/#\"", maximum: 140, .a7670, .safe),
    ]

    @Test(arguments: requests)
    func aRequestEndsWithItsResultOrWithItsConnection(row: Request) throws {
        let data = row.prompt.map { _ in Array("abcd".utf8) }
        let spec = try Catalogue.command(line: row.line, data: data, profile: row.profile).spec
        let prefix = String(row.line.dropFirst(2).prefix { $0 != "=" })
        #expect(
            spec.result
                == ResultSpec(
                    shape: .prefix(prefix, .integer, .integer),
                    key: 0,
                    keyValue: 1,
                    code: 1,
                    domain: .mqtt,
                    orders: .all
                )
        )
        #expect(
            spec.failOn == [
                .prefix("+CMQTTCONNLOST", .exactly(1), .integer), .prefix("+CMQTTNONET", extra: .none),
            ]
        )
        #expect(spec.maximum == .seconds(row.maximum))
        #expect(spec.prompt == row.prompt)
        #expect(spec.lanes == .client(1))
        #expect(spec.clears == row.clears)
        #expect(spec.repeatable == row.repeatable)
        #expect(spec.information.isEmpty && spec.effects.isEmpty)
    }

    @Test(arguments: [("AT+CMQTTSTART", 130, Lanes()), ("AT+CMQTTSTOP", 30, .bothClients)])
    func theServicesResultHasNoIndex(line: String, maximum: Int, clears: Lanes) throws {
        let spec = try Catalogue.command(line: line).spec
        #expect(
            spec.result
                == ResultSpec(shape: .prefix(String(line.dropFirst(2)), .integer), code: 0, domain: .mqtt, orders: .all)
        )
        #expect(spec.maximum == .seconds(maximum))
        #expect(spec.lanes == .bothClients)
        #expect(spec.clears == clears)
        #expect(spec.failOn.isEmpty && spec.prompt == nil)
    }

    /// Test and read forms: what the module answers, and what would be a result of the same command.
    static let forms: [(line: String, lines: [String])] = [
        ("AT+CMQTTACCQ=?", ["+CMQTTACCQ: (0-1),(1-128)[,(0-1)]"]),
        ("AT+CMQTTACCQ?", ["+CMQTTACCQ: 0,\"unit-001\",1", "+CMQTTACCQ: 1,\"\",0"]),
        ("AT+CMQTTREL=?", ["+CMQTTREL: (0-1)"]),
        ("AT+CMQTTREL?", []),
        ("AT+CMQTTSSLCFG=?", ["+CMQTTSSLCFG: (0,1),(0-9)"]),
        ("AT+CMQTTSSLCFG?", ["+CMQTTSSLCFG: 0,0", "+CMQTTSSLCFG: 1,0"]),
        ("AT+CMQTTWILLTOPIC=?", ["+CMQTTWILLTOPIC: (0-1),(1-1024)"]),
        ("AT+CMQTTWILLMSG=?", ["+CMQTTWILLMSG: (0-1),(1-1024),(0-2)"]),
        ("AT+CMQTTCONNECT=?", ["+CMQTTCONNECT: (0-1),(9-256),(1-64800),(0-1)[,<user_name>,<pass_word>]"]),
        ("AT+CMQTTCONNECT?", ["+CMQTTCONNECT: 0,\"tcp://broker.example:1883\",60,1", "+CMQTTCONNECT: 1"]),
        ("AT+CMQTTCONNECT?", ["+CMQTTCONNECT: 0,\"tcp://b:1883\",60,1,\"user\",\"pass\"", "+CMQTTCONNECT: 1,\"\""]),
        ("AT+CMQTTDISC=?", ["+CMQTTDISC: (0-1),(0, 60-180)"]),
        ("AT+CMQTTDISC?", ["+CMQTTDISC: 0,1", "+CMQTTDISC: 1, 1"]),
        ("AT+CMQTTTOPIC=?", ["+CMQTTTOPIC: (0-1),(1-1024)"]),
        ("AT+CMQTTPAYLOAD=?", ["+CMQTTPAYLOAD: (0-1),(1-10240)"]),
        ("AT+CMQTTPUB=?", ["+CMQTTPUB: (0-1),(0-2),(60-180),(0-1),(0-1)"]),
        ("AT+CMQTTSUBTOPIC=?", ["+CMQTTSUBTOPIC: (0-1),(1-1024),(0-2)"]),
        ("AT+CMQTTSUB=?", ["+CMQTTSUB: (0-1),(0-1024),(0-2),(0-1)"]),
        ("AT+CMQTTUNSUBTOPIC=?", ["+CMQTTUNSUBTOPIC: (0-1),(1-1024)"]),
        ("AT+CMQTTUNSUB=?", ["+CMQTTUNSUB: (0-1),(0-1024),(0-1)"]),
        ("AT+CMQTTCFG=?", ["+CMQTTCFG: \"checkUTF8\",(0-1),(0-1)", "+CMQTTCFG: \"optimeout\",(0-1),(20-120)"]),
        ("AT+CMQTTCFG?", ["+CMQTTCFG: 0,1,120", "+CMQTTCFG: 1,1,120"]),
    ]

    @Test(arguments: forms)
    func testAndReadFormsChangeNothingAndMayBeRepeated(line: String, lines: [String]) throws {
        let spec = try Catalogue.command(line: line).spec
        #expect(spec.repeatable == .safe)
        #expect(spec.result == nil && spec.prompt == nil && spec.failOn.isEmpty)
        #expect(spec.maximum == .seconds(9))
        #expect(!spec.information.isEmpty)
        #expect(spec.arity == .many || lines.count == 1)
        // Only one read form looks like its command's result, so only that one waits for both clients.
        #expect(spec.lanes == (line == "AT+CMQTTDISC?" ? .bothClients : []))
    }

    @Test func theReadFormOfConnectHidesUserAndPassword() throws {
        let spec = try Catalogue.command(line: "AT+CMQTTCONNECT?").spec
        #expect(spec.secretFields == [.init(4, label: "user"), .init(5, label: "password")])
    }

    @Test func theReadFormOfSubscribeExistsWhereTheFirmwareHasIt() throws {
        #expect(try Catalogue.command(line: "AT+CMQTTSUB?", profile: .a7670).spec.information.count == 3)
        #expect(try Catalogue.command(line: "AT+CMQTTSUB?", profile: .a7600).spec.information == [.undeclared])
    }

    @Test(arguments: ["AT+CMQTTSTART?", "AT+CMQTTSTART=?", "AT+CMQTTSTOP?", "AT+CMQTTTOPIC?", "AT+CMQTTPUB?"])
    func aFormTheModuleLacksIsSentWithoutADescription(line: String) throws {
        let spec = try Catalogue.command(line: line).spec
        #expect(spec.information == [.undeclared])
        #expect(spec.result == nil)
    }
}
