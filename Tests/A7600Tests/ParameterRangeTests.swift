import ATProtocol
import Testing

@testable import A7600

/// Each command with each of its parameters: below the range, at both ends, above it, of the wrong type.
///
/// A row is a line with `%` where the parameter stands, and the range from the specification. The last test sees to it
/// that no parameter of the catalogue is without a row.
@Suite struct ParameterRangeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        enum Range: Sendable {
            case numbers([ClosedRange<Int>])
            /// Length in bytes; `fill` makes a valid string of a length.
            case bytes(ClosedRange<Int>, fill: @Sendable (Int) -> String)
            case words([String])
            case hexadecimal
        }

        let line: String
        let parameter: String
        let range: Range
        let allowed: String
        let profile: Profile
        /// Whether the parameter declares the number of data bytes.
        let declares: Bool
        var testDescription: String { "\(profile.name) \(line) \(parameter)" }

        init(
            _ line: String,
            _ parameter: String,
            _ range: Range,
            _ allowed: String,
            _ profile: Profile = .a7600,
            declares: Bool = false
        ) {
            self.line = line
            self.parameter = parameter
            self.range = range
            self.allowed = allowed
            self.profile = profile
            self.declares = declares
        }

        init(_ line: String, _ parameter: String, _ range: ClosedRange<Int>, _ profile: Profile = .a7600) {
            self.init(line, parameter, .numbers([range]), "\(range.lowerBound)-\(range.upperBound)", profile)
        }

        /// A length of data.
        init(_ line: String, length range: ClosedRange<Int>, _ profile: Profile = .a7600) {
            self.init(
                line,
                "length",
                .numbers([range]),
                "\(range.lowerBound)-\(range.upperBound)",
                profile,
                declares: true
            )
        }

        var command: String { String(line.prefix { $0 != "=" }) }

        func with(_ value: String) -> String {
            line.split(separator: "%", omittingEmptySubsequences: false).joined(separator: value)
        }

        /// The data a line has to come with: as many bytes as its length says.
        func data(for line: String) -> [UInt8]? {
            let body = line.drop { $0 != "=" }.dropFirst()
            let fields = body.split(separator: ",")
            guard let place = dataField, place < fields.count, let length = Int(fields[place]), length > 0 else {
                return nil
            }
            return [UInt8](repeating: UInt8(ascii: "a"), count: length)
        }

        private var dataField: Int? {
            let fields = line.drop { $0 != "=" }.split(separator: ",").count
            return switch command {
            case "AT+CMQTTWILLTOPIC", "AT+CMQTTTOPIC", "AT+CMQTTPAYLOAD", "AT+CMQTTWILLMSG", "AT+CMQTTSUBTOPIC",
                "AT+CMQTTUNSUBTOPIC", "AT+CCERTDOWN":
                1
            case "AT+CMQTTSUB" where fields > 2 && !line.contains("\"") && !line.contains("topic"): 1
            case "AT+CMQTTUNSUB" where fields > 2: 1
            case "AT+CMQTTPUB" where line.contains("\""): 3
            default: nil
            }
        }
    }

    static func text(_ count: Int) -> String { String(repeating: "a", count: count) }
    static func file(_ count: Int) -> String { text(max(0, count - 4)) + ".pem".suffix(count) }
    static func address(_ count: Int) -> String { "tcp://".prefix(count) + text(max(0, count - 6)) }

    static let service: [Row] = [
        Row("AT+CMQTTACCQ=%,\"id\"", "client", 0...1),
        Row("AT+CMQTTACCQ=0,\"%\"", "id", .bytes(1...128, fill: text), "1-128 bytes of UTF-8"),
        Row("AT+CMQTTACCQ=0,\"id\",%", "type", 0...1),
        Row("AT+CMQTTACCQ=%,\"id\",0,4", "client", 0...1, .sim7600),
        Row("AT+CMQTTACCQ=0,\"id\",%,4", "type", 0...1, .sim7600),
        Row("AT+CMQTTACCQ=0,\"id\",1,%", "version", 3...4, .sim7600),
        Row("AT+CMQTTREL=%", "client", 0...1),
        Row("AT+CMQTTSSLCFG=%,0", "client", 0...1),
        Row("AT+CMQTTSSLCFG=0,%", "context", 0...9),
        Row("AT+CMQTTCFG=\"%\",0,1", "keyword", .words(["checkUTF8"]), "\"checkUTF8\", \"optimeout\""),
        Row("AT+CMQTTCFG=\"checkUTF8\",%,1", "client", 0...1),
        Row("AT+CMQTTCFG=\"checkUTF8\",0,%", "check", 0...1),
        Row("AT+CMQTTCFG=\"optimeout\",%,60", "client", 0...1),
        Row("AT+CMQTTCFG=\"optimeout\",0,%", "seconds", 20...120),
        Row("AT+CMQTTCFG=\"version\",%,4", "client", 0...1, .a7670),
        Row("AT+CMQTTCFG=\"version\",0,%", "version", 3...4, .a7670),
        Row("AT+CMQTTCFG=\"argtopic\",%,1", "client", 0...1, .a7670),
        Row("AT+CMQTTCFG=\"argtopic\",0,%", "topics", 0...1, .a7670),
        Row("AT+CMQTTCFG=\"argtopic\",0,1,%", "lengths", 0...1, .a7670),
    ]

    static let connection: [Row] = [
        Row("AT+CMQTTWILLTOPIC=%,3", "client", 0...1),
        Row("AT+CMQTTWILLTOPIC=0,%", length: 1...1024),
        Row("AT+CMQTTWILLMSG=%,3,1", "client", 0...1),
        Row("AT+CMQTTWILLMSG=0,%,1", length: 1...1024),
        Row("AT+CMQTTWILLMSG=0,3,%", "qos", 0...2),
        Row("AT+CMQTTCONNECT=%,\"tcp://b:1\",60,1", "client", 0...1),
        Row(
            "AT+CMQTTCONNECT=0,\"%\",60,1",
            "address",
            .bytes(9...256, fill: address),
            "9-256 bytes, tcp://host or tcp://host:port"
        ),
        Row("AT+CMQTTCONNECT=0,\"tcp://b:1\",%,1", "keepalive", 1...64_800),
        Row("AT+CMQTTCONNECT=0,\"tcp://b:1\",60,%", "clean", 0...1),
        Row("AT+CMQTTCONNECT=0,\"tcp://b:1\",60,1,\"%\"", "user", .bytes(1...256, fill: text), "1-256 bytes of UTF-8"),
        Row(
            "AT+CMQTTCONNECT=0,\"tcp://b:1\",60,1,\"u\",\"%\"",
            "password",
            .bytes(1...256, fill: text),
            "1-256 bytes of UTF-8"
        ),
        Row("AT+CMQTTDISC=%,60", "client", 0...1),
        Row("AT+CMQTTDISC=0,%", "timeout", .numbers([0...0, 60...180]), "0, 60-180"),
        Row("AT+CMQTTDISC=0,%", "timeout", .numbers([0...0, 1...180]), "0, 1-180", .a7670),
        Row("AT+CMQTTDISC=0,%", "timeout", .numbers([0...0, 60...180]), "0, 60-180", .sim7600),
    ]

    static let messages: [Row] = [
        Row("AT+CMQTTTOPIC=%,3", "client", 0...1),
        Row("AT+CMQTTTOPIC=0,%", length: 1...1024),
        Row("AT+CMQTTPAYLOAD=%,3", "client", 0...1),
        Row("AT+CMQTTPAYLOAD=0,%", length: 1...10_240),
        Row("AT+CMQTTPUB=%,1,60", "client", 0...1),
        Row("AT+CMQTTPUB=0,%,60", "qos", 0...2),
        Row("AT+CMQTTPUB=0,1,%", "timeout", 60...180),
        Row("AT+CMQTTPUB=0,1,%", "timeout", 1...180, .a7670),
        Row("AT+CMQTTPUB=0,1,60,%", "retained", 0...1),
        Row("AT+CMQTTPUB=0,1,60,0,%", "dup", 0...1),
        Row("AT+CMQTTPUB=%,\"t\",1,3", "client", 0...1, .a7670),
        Row("AT+CMQTTPUB=0,\"%\",1,3", "topic", .bytes(1...500, fill: text), "1-500 bytes of UTF-8", .a7670),
        Row("AT+CMQTTPUB=0,\"t\",%,3", "qos", 0...2, .a7670),
        Row("AT+CMQTTPUB=0,\"t\",1,%", length: 1...10_240, .a7670),
        Row("AT+CMQTTPUB=0,\"t\",1,3,%", "retained", 0...1, .a7670),
        Row("AT+CMQTTSUBTOPIC=%,3,1", "client", 0...1),
        Row("AT+CMQTTSUBTOPIC=0,%,1", length: 1...1024),
        Row("AT+CMQTTSUBTOPIC=0,3,%", "qos", 0...2),
        Row("AT+CMQTTSUB=%", "client", 0...1),
        Row("AT+CMQTTSUB=0,%", "dup", 0...1),
        Row("AT+CMQTTSUB=%,3,1", "client", 0...1),
        Row("AT+CMQTTSUB=0,%,1", length: 1...1024),
        Row("AT+CMQTTSUB=0,3,%", "qos", 0...2),
        Row("AT+CMQTTSUB=0,3,1,%", "dup", 0...1),
        Row("AT+CMQTTSUB=%,\"t\",1", "client", 0...1, .a7670),
        Row("AT+CMQTTSUB=0,\"%\",1", "topic", .bytes(1...500, fill: text), "1-500 bytes of UTF-8", .a7670),
        Row("AT+CMQTTSUB=0,\"t\",%", "qos", 0...2, .a7670),
        Row("AT+CMQTTUNSUBTOPIC=%,3", "client", 0...1),
        Row("AT+CMQTTUNSUBTOPIC=0,%", length: 1...1024),
        Row("AT+CMQTTUNSUB=%,0", "client", 0...1),
        Row("AT+CMQTTUNSUB=0,%", "dup", 0...1),
        Row("AT+CMQTTUNSUB=%,3,0", "client", 0...1),
        Row("AT+CMQTTUNSUB=0,%,0", length: 1...1024),
        Row("AT+CMQTTUNSUB=0,3,%", "dup", 0...1),
        Row("AT+CMQTTUNSUB=%,\"t\"", "client", 0...1, .a7670),
        Row("AT+CMQTTUNSUB=0,\"%\"", "topic", .bytes(1...500, fill: text), "1-500 bytes of UTF-8", .a7670),
    ]

    static let fileWords = "5-108 bytes, a file name ending in .pem or .der"

    static let tls: [Row] = [
        Row("AT+CSSLCFG=%", "context", 0...9),
        Row(
            "AT+CSSLCFG=\"%\",0,1",
            "keyword",
            .words(["enableSNI"]),
            "\"sslversion\", \"authmode\", \"ignorelocaltime\", \"negotiatetime\", \"cacert\", \"clientcert\", "
                + "\"clientkey\", \"password\", \"enableSNI\""
        ),
        Row("AT+CSSLCFG=\"sslversion\",%,4", "context", 0...9),
        Row("AT+CSSLCFG=\"sslversion\",0,%", "value", 0...4),
        Row("AT+CSSLCFG=\"authmode\",0,%", "value", 0...3),
        Row("AT+CSSLCFG=\"ignorelocaltime\",0,%", "value", 0...1),
        Row("AT+CSSLCFG=\"negotiatetime\",0,%", "value", 10...300),
        Row("AT+CSSLCFG=\"cacert\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        Row("AT+CSSLCFG=\"clientcert\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        Row("AT+CSSLCFG=\"clientkey\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        Row("AT+CSSLCFG=\"password\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        Row("AT+CSSLCFG=\"enableSNI\",0,%", "value", 0...1),
        Row(
            "AT+CSSLCFG=\"cacert\",0,\"%\"",
            "value",
            .bytes(5...128, fill: file),
            "5-128 bytes, a file name ending in .pem or .der",
            .sim7600
        ),
        Row(
            "AT+CSSLCFG=\"keypwd\",0,\"%\"",
            "value",
            .bytes(0...128, fill: text),
            "0-128 bytes of printable ASCII",
            .sim7600
        ),
        Row("AT+CSSLCFG=\"ciphersuites\",0,%", "value", .hexadecimal, "0x002F-0xFFFF", .sim7600),
        Row("AT+CCERTDOWN=\"%\",3", "name", .bytes(5...108, fill: file), fileWords),
        Row("AT+CCERTDOWN=\"a.pem\",%", length: 1...10_240),
        Row("AT+CCERTDELE=\"%\"", "name", .bytes(5...108, fill: file), fileWords),
        Row("AT+CCERTMOVE=\"%\"", "name", .bytes(5...108, fill: file), fileWords),
    ]

    static let printable99 = "0-99 bytes of printable ASCII"
    static let printable127 = "0-127 bytes of printable ASCII"

    static let general: [Row] = [
        Row(
            "AT+CPIN=\"%\"",
            "pin",
            .bytes(4...8, fill: { String(repeating: "1", count: $0) }),
            "4-8 bytes, digits only"
        ),
        Row(
            "AT+CPIN=\"1234\",\"%\"",
            "new",
            .bytes(4...8, fill: { String(repeating: "1", count: $0) }),
            "4-8 bytes, digits only"
        ),
        Row("AT+CSCS=\"%\"", "set", .bytes(1...16, fill: text), "1-16 bytes of printable ASCII"),
        Row("AT+CNMP=%", "mode", 0...255),
        Row("AT+CREG=%", "report", 0...2),
        Row("AT+CGREG=%", "report", 0...2),
        Row("AT+CEREG=%", "report", 0...2),
        Row("AT+COPS=%", "mode", 0...4),
        Row("AT+COPS=3,%", "format", 0...2),
        Row("AT+COPS=1,2,\"%\"", "operator", .bytes(1...64, fill: text), "1-64 bytes of printable ASCII"),
        Row("AT+COPS=1,2,\"00101\",%", "access", 0...15),
        Row("AT+CPSI=%", "seconds", 0...255),
        Row("AT+CGDCONT=%,\"IP\",\"iot\"", "cid", 1...15),
        Row("AT+CGDCONT=1,\"%\",\"iot\"", "type", .words(["IP", "IPV6", "IPV4V6"]), "\"IP\", \"IPV6\", \"IPV4V6\""),
        Row("AT+CGDCONT=1,\"IP\",\"%\"", "apn", .bytes(0...99, fill: text), printable99),
        Row(
            "AT+CGDCONT=1,\"IP\",\"iot\",\"%\"",
            "address",
            .bytes(0...64, fill: text),
            "0-64 bytes of printable ASCII"
        ),
        Row("AT+CGDCONT=1,\"IP\",\"iot\",\"\",%", "dataCompression", 0...3),
        Row("AT+CGDCONT=1,\"IP\",\"iot\",\"\",0,%", "headerCompression", 0...4),
        Row("AT+CGSOCKCONT=%,\"IP\",\"CMNET\"", "cid", 1...15),
        Row("AT+CGSOCKCONT=1,\"%\",\"iot\"", "type", .words(["IP", "IPV6", "IPV4V6"]), "\"IP\", \"IPV6\", \"IPV4V6\""),
        Row("AT+CGSOCKCONT=1,\"IP\",\"%\"", "apn", .bytes(0...99, fill: text), printable99),
        Row("AT+CGAUTH=%,1,\"p\",\"u\"", "cid", 1...15),
        Row("AT+CGAUTH=1,%,\"p\",\"u\"", "protocol", 0...3),
        Row("AT+CGAUTH=1,1,\"%\",\"u\"", "password", .bytes(0...127, fill: text), printable127),
        Row("AT+CGAUTH=1,1,\"p\",\"%\"", "user", .bytes(0...127, fill: text), printable127),
        Row("AT+CSOCKAUTH=%,1,\"u\",\"p\"", "cid", 1...15),
        Row("AT+CSOCKAUTH=1,%,\"u\",\"p\"", "protocol", 0...3),
        Row("AT+CSOCKAUTH=1,1,\"%\",\"p\"", "first", .bytes(0...127, fill: text), printable127),
        Row("AT+CSOCKAUTH=1,1,\"u\",\"%\"", "second", .bytes(0...127, fill: text), printable127),
        Row("AT+CGATT=%", "state", 0...1),
        Row("AT+CGACT=%,1", "state", 0...1),
        Row("AT+CGACT=1,%", "cid", 1...15),
        Row("AT+CGPADDR=%", "cid", 1...15),
        Row("AT+CSOCKSETPN=%", "cid", 1...16),
        Row("AT+CSOCKSETPN=1,%", "type", .numbers([1...1, 6...6]), "1, 6"),
        Row("AT+CIPMODE=%", "mode", 0...1),
        Row("AT+CFUN=%", "level", .numbers([0...1, 4...8]), "0-1, 4-8"),
        Row("AT+CFUN=1,%", "reset", 0...1),
        Row("AT+CMEE=%", "mode", 0...2),
        Row(
            "AT+IPR=%",
            "baud",
            .numbers(Commands.rates.map { $0...$0 }),
            Commands.rates.map(String.init).joined(separator: ", ")
        ),
        Row(
            "AT+IPREX=%",
            "baud",
            .numbers(Commands.rates.map { $0...$0 }),
            Commands.rates.map(String.init).joined(separator: ", ")
        ),
        Row("AT+IFC=%,2", "toHost", .numbers([0...0, 2...2]), "0, 2"),
        Row("AT+IFC=2,%", "toModule", .numbers([0...0, 2...2]), "0, 2"),
        Row("AT+CATR=%", "port", 0...9),
        Row("AT+CURCD=%", "delay", 0...10_000),
        Row("AT+CURCD=0,%", "cache", 0...1),
        Row("AT+CTZU=%", "mode", 0...1),
        Row("AT+CCLK=\"%\"", "time", .bytes(17...20, fill: text), "17-20 bytes of printable ASCII"),
        Row("AT+CNTP=\"%\",0", "host", .bytes(1...255, fill: text), "1-255 bytes of printable ASCII"),
        Row("AT+CNTP=\"pool\",%", "zone", -96...96),
    ]

    static let all = service + connection + messages + tls + general

    @Test(arguments: all)
    func bothEndsAreTakenAndWhatLiesBeyondIsNamed(row: Row) throws {
        switch row.range {
        case .numbers(let ranges):
            for range in ranges {
                for value in [range.lowerBound, range.upperBound] { try accept(row, String(value)) }
                for value in [range.lowerBound - 1, range.upperBound + 1]
                where !ranges.contains(where: { $0.contains(value) }) {
                    refuse(row, String(value), shown: String(value))
                }
            }
        case .bytes(let range, let fill):
            for count in [range.lowerBound, range.upperBound] { try accept(row, fill(count)) }
            for count in [range.lowerBound - 1, range.upperBound + 1] where count >= 0 {
                refuse(row, fill(count), shown: isSecret(row) ? "a secret of \(count) bytes" : "\(count) bytes")
            }
        case .words(let words):
            for word in words { try accept(row, word) }
            for word in [words[0].uppercased() + "X", words[0].lowercased() + "x", ""] {
                refuse(row, word, shown: "\"\(word)\"")
            }
        case .hexadecimal:
            for value in ["0x002F", "0Xffff", "0x1301"] { try accept(row, value) }
            for value in ["0x002E", "0x10000", "0x", "0xZZ"] { refuse(row, value, shown: value) }
        }
    }

    @Test(arguments: all)
    func aValueOfTheWrongTypeIsNamed(row: Row) throws {
        switch row.range {
        case .numbers:
            // A string where a number belongs, a word, nothing, a number too long for any range.
            for value in ["\"1\"", "x", "", "99999999999999999999", "1x", "+1"] { refuseSomehow(row, row.with(value)) }
        case .bytes, .words:
            // The quotes missing, or a number instead.
            let bare = row.line.split(separator: "\"%\"", omittingEmptySubsequences: false).joined(separator: "7")
            refuseSomehow(row, bare)
            let open = row.line.split(separator: "\"%\"", omittingEmptySubsequences: false).joined(separator: "\"x")
            refuseSomehow(row, open)
        case .hexadecimal:
            for value in ["\"0x002F\"", "4", ""] { refuseSomehow(row, row.with(value)) }
        }
    }

    @Test(arguments: all, [0x00, 0x08, 0x0A, 0x0D, 0x1A, 0x1B] as [UInt8])
    func noParameterCanCarryAByteThatBreaksFraming(row: Row, byte: UInt8) throws {
        let line = Array(row.with("x").utf8) + [byte]
        #expect(throws: ArgumentFault.self) {
            try Catalogue.command(line: line, profile: row.profile)
        }
        #expect(throws: ArgumentFault.self) {
            try Catalogue.command(line: line, profile: row.profile, checking: .framingOnly)
        }
    }

    @Test func everyParameterOfTheCatalogueHasARow() {
        var wanted: Set<String> = []
        for description in Catalogue.commands {
            for form in description.forms where form.kind == .write {
                // The keyword's row and the client's and context's rows of one keyword stand for all of its kind.
                for parameter in form.parameters { wanted.insert("AT\(description.name) \(parameter.name)") }
            }
        }
        let rows = Set(Self.all.map { "\($0.command) \($0.parameter)" })
        #expect(rows == wanted)
    }

    private func isSecret(_ row: Row) -> Bool {
        ["user", "password", "pin", "new", "first", "second"].contains(row.parameter) || row.line.contains("keypwd")
    }

    private func accept(_ row: Row, _ value: String) throws {
        let line = row.with(value)
        let command = try Catalogue.command(line: line, data: row.data(for: line), profile: row.profile)
        #expect(String(decoding: command.line, as: UTF8.self) == line)
        #expect(command.spec.information != [.undeclared])
    }

    private func refuse(_ row: Row, _ value: String, shown: String) {
        let line = row.with(value)
        let fault = ArgumentFault(
            command: row.command,
            parameter: row.parameter,
            value: shown,
            allowed: row.allowed
        )
        #expect(throws: fault) {
            try Catalogue.command(line: line, data: row.declares ? nil : row.data(for: line), profile: row.profile)
        }
        #expect(fault.description == "\(row.command): \(row.parameter) is \(shown); allowed: \(row.allowed)")
    }

    private func refuseSomehow(_ row: Row, _ line: String) {
        // A profile that takes strings without quotes has nothing to refuse in a bare word.
        if row.profile.unquotedStrings == .accepted, !line.contains("\"x") { return }
        do {
            let command = try Catalogue.command(line: line, data: row.data(for: line), profile: row.profile)
            Issue.record("\(line) was taken as \(command.spec)")
        } catch {
            #expect(error.command == row.command)
            #expect(!error.value.isEmpty && !error.allowed.isEmpty)
        }
    }
}
