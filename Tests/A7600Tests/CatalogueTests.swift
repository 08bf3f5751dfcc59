import ATProtocol
import Testing

@testable import A7600

@Suite struct CatalogueTests {
    private func text(_ command: Command, _ secret: Secret) -> String {
        let bytes = secret.part == .line ? command.line : command.data ?? []
        return String(decoding: bytes[secret.range], as: UTF8.self)
    }

    @Test func aRawLineIsSentAsItWasWritten() throws {
        let line = "at+cmqttpub=0, 1, 60"
        let command = try Catalogue.command(line: line)
        #expect(command.line == Array(line.utf8))
        #expect(command.spec == (try Catalogue.command(line: "AT+CMQTTPUB=0,1,60").spec))
        #expect(command.data == nil && command.timeout == nil)
    }

    @Test func everyFormOfAReadCommandIsFound() throws {
        #expect(try Catalogue.command(line: "AT+CSQ").spec.information == [.prefix("+CSQ", .integer, .integer)])
        #expect(
            try Catalogue.command(line: "AT+CREG?").spec.information
                == [.prefix("+CREG", .integer, .integer, extra: .allowed)]
        )
        #expect(try Catalogue.command(line: "AT").spec == .plain())
        #expect(try Catalogue.command(line: "ATI").spec.arity == .many)
        #expect(try Catalogue.command(line: "AT+CPIN?").spec.arity == .one)
        #expect(try Catalogue.command(line: "AT+COPS=?").spec.maximum == .seconds(70))
    }

    @Test(arguments: [
        ("ATE0", [CommandSpec.Effect.echo(false)]), ("ate1", [.echo(true)]), ("ATE", [.echo(false)]),
        ("ATV0", [.verbose(false)]), ("ATV1", [.verbose(true)]), ("ATE0V1", [.echo(false), .verbose(true)]),
        ("AT&F", []), ("ATZ0", []), ("ATQ0", []), ("AT+CRESET", [.restart]), ("AT+CFUN=1,1", [.restart]),
        ("AT+CFUN=6", [.restart]), ("AT+CFUN=1", []), ("AT+CFUN=0", []),
    ])
    func aCommandSaysWhatItChangesInTheSession(line: String, effects: [CommandSpec.Effect]) throws {
        #expect(try Catalogue.command(line: line).spec.effects == effects)
    }

    @Test func joinedCommandsAreOneExchangeWithTheUnionOfShapes() throws {
        let spec = try Catalogue.command(line: "AT+CREG?;+CSQ").spec
        #expect(
            spec.information == [
                .prefix("+CREG", .integer, .integer, extra: .allowed), .prefix("+CSQ", .integer, .integer),
            ]
        )
        #expect(spec.arity == .many)
        #expect(spec.repeatable == .safe)
        #expect(spec.maximum == .seconds(18))
        let mixed = try Catalogue.command(line: "ATE0;+CMEE=2;+CSQ").spec
        #expect(mixed.effects == [.echo(false)])
        #expect(mixed.information == [.prefix("+CSQ", .integer, .integer)])
        #expect(mixed.arity == .one)
    }

    @Test func aSemicolonInQuotesJoinsNothing() throws {
        let command = try Catalogue.command(line: "AT+CGDCONT=1,\"IP\",\"a;b\"")
        #expect(command.spec == .plain())
    }

    @Test(arguments: ["AT+CSQ;+CMQTTTOPIC=0,3", "AT+CMQTTSTART;+CSQ", "AT+CSQ;+CMQTTSUB=0", "ATE1;+NETOPEN"])
    func aCommandWithDataOrALateResultStandsAlone(line: String) throws {
        let fault = #expect(throws: ArgumentFault.self) { try Catalogue.command(line: line) }
        #expect(fault?.parameter == "line")
        #expect(fault?.allowed == "alone")
    }

    @Test func aJoinedLineTakesNoData() {
        #expect(throws: ArgumentFault.self) { try Catalogue.command(line: "AT+CSQ;+CREG?", data: [1]) }
    }

    @Test func anUnknownCommandTakesAnyLines() throws {
        let command = try Catalogue.command(line: "AT+FOO=1,\"x\"", data: Array("abc".utf8))
        #expect(command.spec == CommandSpec(information: [.undeclared], arity: .many, prompt: PromptSpec()))
        #expect(command.data == Array("abc".utf8))
        #expect(try Catalogue.command(line: "AT+FOO?").spec.prompt == nil)
        #expect(try Catalogue.command(line: "ATD*99#").spec.information == [.undeclared])
    }

    @Test(arguments: [
        ("CSQ", "a line of 3 bytes that does not begin with AT"),
        ("", "a line of 0 bytes that does not begin with AT"),
        ("AT+CSQ\r", "a line with CR"), ("AT\n", "a line with LF"), ("AT\u{1A}", "a line with Ctrl-Z"),
        ("AT\u{1B}", "a line with ESC"), ("AT\0", "a line with NUL"), ("AT\u{8}", "a line with backspace"),
    ])
    func whatBreaksFramingIsRefusedWhateverIsChecked(line: String, value: String) {
        for checking in [Catalogue.Checking.strict, .framingOnly] {
            let fault = #expect(throws: ArgumentFault.self) { try Catalogue.command(line: line, checking: checking) }
            #expect(fault?.value == value)
        }
    }

    @Test(arguments: [(Profile.a7600, 3071), (.a7670, 3071), (.sim7600, 559)])
    func aLineAsLongAsTheModuleTakesItIsSent(profile: Profile, limit: Int) throws {
        let line = "AT+FOO=" + String(repeating: "x", count: limit - 5)
        #expect(try Catalogue.command(line: line, profile: profile).line.count == limit + 2)
        let fault = #expect(throws: ArgumentFault.self) { try Catalogue.command(line: line + "x", profile: profile) }
        #expect(fault?.value == "\(limit + 1) bytes")
        #expect(fault?.allowed == "at most \(limit) bytes after AT")
    }

    @Test func aLengthThatIsNotThatOfTheDataIsRefused() {
        let fault = ArgumentFault(
            command: "AT+CMQTTTOPIC",
            parameter: "length",
            value: "4",
            allowed: "3, the number of data bytes"
        )
        for checking in [Catalogue.Checking.strict, .framingOnly] {
            #expect(throws: fault) {
                try Catalogue.command(line: "AT+CMQTTTOPIC=0,4", data: Array("abc".utf8), checking: checking)
            }
        }
    }

    @Test func dataThatAreMissingOrTooManyAreRefused() {
        #expect(
            throws: ArgumentFault(command: "AT+CMQTTTOPIC", parameter: "data", value: "missing", allowed: "3 bytes")
        ) { try Catalogue.command(line: "AT+CMQTTTOPIC=0,3") }
        #expect(throws: ArgumentFault(command: "AT+CSQ", parameter: "data", value: "1 bytes", allowed: "none")) {
            try Catalogue.command(line: "AT+CSQ", data: [1])
        }
        #expect(throws: ArgumentFault.self) { try Catalogue.command(line: "AT+CMQTTSUB=0", data: [1]) }
    }

    @Test(arguments: ["a/+/b", "#", "+", "a#"])
    func aTopicWithWildcardsIsRefused(topic: String) {
        let line = "AT+CMQTTTOPIC=0,\(topic.utf8.count)"
        #expect(
            throws: ArgumentFault(
                command: "AT+CMQTTTOPIC",
                parameter: "data",
                value: "\"\(topic)\"",
                allowed: "a topic without + and #"
            )
        ) { try Catalogue.command(line: line, data: Array(topic.utf8)) }
    }

    @Test(arguments: [
        ("a/+/b", true), ("#", true), ("+", true), ("a/#", true), ("/", true), ("+/+", true), ("a//b", true),
        ("a#", false), ("a/b+", false), ("#/a", false), ("+a", false), ("a/#/b", false), ("##", false), ("a/+#", false),
    ])
    func aFilterHasItsWildcardsWhereTheStandardAllowsThem(filter: String, good: Bool) {
        let line = "AT+CMQTTSUB=0,\(filter.utf8.count),1"
        let command = try? Catalogue.command(line: line, data: Array(filter.utf8))
        #expect((command != nil) == good)
    }

    @Test func wrongParametersMayBeSentByThoseWhoWantToSeeTheAnswer() throws {
        let command = try Catalogue.command(line: "AT+CMQTTPUB=7,9,1", checking: .framingOnly)
        #expect(command.spec.result?.keyValue == 7)
        #expect(command.spec.maximum == .seconds(21))
        let input = try Catalogue.command(line: "AT+CMQTTTOPIC=0,1025", checking: .framingOnly)
        #expect(input.spec.prompt == nil)
        #expect(
            try Catalogue.command(line: "AT+CSSLCFG=\"nonsense\",0,1", checking: .framingOnly).spec.information == []
        )
    }

    @Test func userAndPasswordOfConnectAreSecret() throws {
        let command = try Catalogue.command(
            line: "AT+CMQTTCONNECT=0,\"tcp://broker:8883\", 60, 1, \"<user>\", \"Shared sr=x;y\""
        )
        #expect(command.secrets.map(\.label) == ["user", "password"])
        #expect(command.secrets.map { text(command, $0) } == ["<user>", "Shared sr=x;y"])
    }

    @Test(arguments: [
        ("AT+CGAUTH=1,1,\"pass\",\"joe\"", ["pass", "joe"]), ("AT+CSOCKAUTH=1,1,\"joe\",\"pass\"", ["joe", "pass"]),
        ("AT+CPIN=\"1234\"", ["1234"]), ("AT+CPIN=\"12345678\",\"1234\"", ["12345678", "1234"]),
        ("AT+CSQ;+CPIN=\"1234\"", ["1234"]), ("AT+CGAUTH=1,0", []),
    ])
    func secretParametersAreMarkedWhereTheyStand(line: String, secrets: [String]) throws {
        let command = try Catalogue.command(line: line)
        #expect(command.secrets.map { text(command, $0) } == secrets)
    }

    @Test func theContentOfAKeyFileIsSecret() throws {
        let command = try Catalogue.command(line: "AT+CCERTDOWN=\"key.pem\",6", data: Array("secret".utf8))
        #expect(command.secrets == [Secret(part: .data, range: 0..<6, label: "certificate")])
        #expect(
            command.spec.prompt?.padding
                == .undo(line: Array("AT+CCERTDELE=\"key.pem\"".utf8), includesData: false)
        )
        #expect(command.spec.maximum == .seconds(120))
    }

    @Test(arguments: [
        ("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1,user,hunter2", Profile.a7600),
        ("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1,\"u\",\"p\",\"hunter2\"", .a7600),
        ("AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1,\"u\",\"hunter2", .a7600),
        ("AT+CPIN=hunter2", .a7600), ("AT+CSOCKAUTH=1,1,\"u\",\"hunter2\"", .a7670),
        ("AT+CSSLCFG=\"keypwd\",0,\"hunter2\"", .a7600), ("AT+CGAUTH=1,1,\"hunter2", .a7600),
    ])
    func aSecretIsMarkedInALineThatFitsNoForm(line: String, profile: Profile) throws {
        let command = try Catalogue.command(line: line, profile: profile, checking: .framingOnly)
        let covered = command.secrets.flatMap { Array($0.range) }
        let place = try #require(line.utf8.firstRange(of: "hunter2".utf8))
        let offset = line.utf8.distance(from: line.utf8.startIndex, to: place.lowerBound)
        #expect(Set(offset..<(offset + 7)).isSubset(of: covered))
    }

    @Test(arguments: [
        "AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1,\"u\",hunter2", "AT+CPIN=\"hunter2\"", "AT+CPIN=hunter2",
        "AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1,\"u\",\"hunter2", "AT+CGAUTH=1,9,\"hunter2\",\"u\"",
    ])
    func aFaultGivesNoSecretAway(line: String) {
        let fault = #expect(throws: ArgumentFault.self) { try Catalogue.command(line: line) }
        #expect(fault?.description.contains("hunter2") == false)
    }

    @Test func aDescriptionHasWhatACompletionNeeds() throws {
        let publish = try #require(Catalogue.description(named: "at+cmqttpub"))
        #expect(publish.usage() == ["AT+CMQTTPUB=?", "AT+CMQTTPUB=<client>,<qos>,<timeout>[,<retained>[,<dup>]]"])
        #expect(publish.usage(profile: .a7670).count == 3)
        let parameters = try #require(publish.form(.write)).parameters
        #expect(parameters.map(\.name) == ["client", "qos", "timeout", "retained", "dup"])
        #expect(parameters.map { $0.domain.text(for: .a7600) } == ["0-1", "0-2", "60-180", "0-1", "0-1"])
        #expect(parameters[2].domain.text(for: .a7670) == "1-180")
        #expect(Catalogue.description(named: "+NOSUCH") == nil)
    }

    @Test func everyCommandAndParameterHasOneLineOfHelp() {
        for description in Catalogue.commands {
            #expect(!description.summary.isEmpty && !description.forms.isEmpty)
            for parameter in description.forms.flatMap(\.parameters) {
                #expect(!parameter.name.isEmpty && !parameter.help.isEmpty && !parameter.help.contains("\n"))
            }
        }
    }

    @Test func everyCommandOfTheSpecificationIsThere() {
        let wanted = [
            "", "E0", "E1", "V1", "Q0", "Z", "&F", "&W", "I", "+SIMCOMATI", "+CGMI", "+CGMM", "+CGSN", "+GSN", "+CIMI",
            "+CGMR", "+CICCID", "+GCAP", "+CSCS", "+CNMP", "+CPIN", "+CSQ", "+CREG", "+CGREG", "+CEREG", "+COPS",
            "+CPSI",
            "+CGDCONT", "+CGSOCKCONT", "+CSOCKAUTH", "+CGAUTH", "+CGATT", "+CGACT", "+CGPADDR", "+CSOCKSETPN",
            "+NETOPEN", "+NETCLOSE", "+IPADDR", "+CFUN", "+CMEE", "+IPR", "+IPREX", "+IFC", "+CATR", "+CURCD", "+CTZU",
            "+CCLK", "+CNTP", "+CRESET", "+CPOF", "+CSSLCFG", "+CCERTDOWN", "+CCERTLIST", "+CCERTDELE", "+CCERTMOVE",
            "+CMQTTSTART", "+CMQTTSTOP", "+CMQTTACCQ", "+CMQTTREL", "+CMQTTSSLCFG", "+CMQTTWILLTOPIC", "+CMQTTWILLMSG",
            "+CMQTTCONNECT", "+CMQTTDISC", "+CMQTTTOPIC", "+CMQTTPAYLOAD", "+CMQTTPUB", "+CMQTTSUBTOPIC", "+CMQTTSUB",
            "+CMQTTUNSUBTOPIC", "+CMQTTUNSUB", "+CMQTTCFG",
        ]
        let names = Set(Catalogue.commands.map(\.name))
        #expect(Set(wanted).subtracting(names) == [])
    }
}
