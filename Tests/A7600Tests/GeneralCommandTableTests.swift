import ATProtocol
import Testing

@testable import A7600

/// Maxima and shapes of the general, TLS and certificate commands.
@Suite struct GeneralCommandTableTests {
    @Test(arguments: [
        ("AT", 9), ("AT+CSQ", 9), ("AT+CREG?", 9), ("AT+CPIN?", 9), ("AT+CGPADDR", 9), ("AT+CCLK?", 9),
        ("AT+CFUN=1", 9),
        ("AT+COPS=?", 70), ("AT+COPS=0", 70), ("AT+CGATT=1", 75), ("AT+CGACT=1,1", 75), ("AT+NETOPEN", 130),
        ("AT+NETCLOSE", 130), ("AT+IPADDR", 130), ("AT+CNTP", 60), ("AT+CSSLCFG?", 120), ("AT+CSSLCFG=6", 120),
        ("AT+CSSLCFG=\"authmode\",0,1", 120), ("AT+CCERTLIST", 120), ("AT+CCERTDELE=\"a.pem\"", 120),
        ("AT+CCERTMOVE=\"a.pem\"", 120),
    ])
    func aCommandHasItsMaximum(line: String, seconds: Int) throws {
        #expect(try Catalogue.command(line: line).spec.maximum == .seconds(seconds))
    }

    @Test(arguments: [
        ("AT+CGMM", [LineShape.bare(.any)]), ("AT+CGMI", [.bare(.any)]), ("AT+CGSN", [.bare(.digits(14...17))]),
        ("AT+GSN", [.bare(.digits(14...17))]), ("AT+CIMI", [.bare(.digits(6...15))]),
        ("AT+CICCID", [.prefix("+ICCID", .any)]), ("AT+CSQ", [.prefix("+CSQ", .integer, .integer)]),
        ("AT+CPIN?", [.prefix("+CPIN", .any)]), ("AT+CCLK?", [.prefix("+CCLK", .string)]),
        ("AT+CMEE?", [.prefix("+CMEE", .integer)]), ("AT+CFUN?", [.prefix("+CFUN", .integer)]),
        ("AT+NETOPEN?", [.prefix("+NETOPEN", .integer)]), ("AT+CGATT?", [.prefix("+CGATT", .integer)]),
        ("AT+IPADDR", [.prefix("+IPADDR", .any), .prefix("+IP ERROR")]),
    ])
    func anAnswerOfOneLineHasItsShape(line: String, shapes: [LineShape]) throws {
        let spec = try Catalogue.command(line: line).spec
        #expect(spec.information == shapes)
        #expect(spec.arity == .one)
        #expect(spec.repeatable == .safe)
    }

    @Test(arguments: [
        "ATI", "AT+SIMCOMATI", "AT+CGDCONT?", "AT+CGACT?", "AT+CGPADDR", "AT+CGPADDR=1", "AT+CSSLCFG?", "AT+CCERTLIST",
        "AT+COPS=?", "AT+CSSLCFG=?",
    ])
    func anAnswerMayHaveManyLines(line: String) throws {
        #expect(try Catalogue.command(line: line).spec.arity == .many)
    }

    @Test(arguments: [("AT+NETOPEN", "+NETOPEN", ResultSpec.Domain.network), ("AT+CNTP", "+CNTP", .time)])
    func aServiceTellsHowItWentByAResultWithoutIndex(line: String, prefix: String, domain: ResultSpec.Domain) throws {
        let spec = try Catalogue.command(line: line).spec
        #expect(spec.result == ResultSpec(shape: .prefix(prefix, .integer), code: 0, domain: domain, orders: .all))
    }

    @Test func legacyCommandsAreDescribedWhereTheFirmwareHasThem() throws {
        let line = "AT+CGSOCKCONT=1,\"IP\",\"CMNET\""
        #expect(try Catalogue.command(line: line).spec == .plain())
        #expect(try Catalogue.command(line: line, profile: .a7670).spec.information == [.undeclared])
    }

    @Test func aContextLineWithAKeyPasswordHidesIt() throws {
        #expect(try Catalogue.command(line: "AT+CSSLCFG?", profile: .sim7600).spec.secretFields.map(\.index) == [9])
        #expect(try Catalogue.command(line: "AT+CSSLCFG?").spec.secretFields == [])
        #expect(try Catalogue.command(line: "AT+CGAUTH?").spec.secretFields.map(\.index) == [2, 3])
    }
}
