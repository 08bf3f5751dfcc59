@testable import A7600

/// Every parameter of every command.
extension ParameterRow {
    static func text(_ count: Int) -> String { String(repeating: "a", count: count) }
    static func file(_ count: Int) -> String { text(max(0, count - 4)) + ".pem".suffix(count) }
    static func address(_ count: Int) -> String { "tcp://".prefix(count) + text(max(0, count - 6)) }

    static let service: [ParameterRow] = [
        ParameterRow("AT+CMQTTACCQ=%,\"id\"", "client", 0...1),
        ParameterRow("AT+CMQTTACCQ=0,\"%\"", "id", .bytes(1...128, fill: text), "1-128 bytes of UTF-8"),
        ParameterRow("AT+CMQTTACCQ=0,\"id\",%", "type", 0...1),
        ParameterRow("AT+CMQTTACCQ=%,\"id\",0,4", "client", 0...1, .sim7600),
        ParameterRow("AT+CMQTTACCQ=0,\"id\",%,4", "type", 0...1, .sim7600),
        ParameterRow("AT+CMQTTACCQ=0,\"id\",1,%", "version", 3...4, .sim7600),
        ParameterRow("AT+CMQTTREL=%", "client", 0...1),
        ParameterRow("AT+CMQTTSSLCFG=%,0", "client", 0...1),
        ParameterRow("AT+CMQTTSSLCFG=0,%", "context", 0...9),
        ParameterRow("AT+CMQTTCFG=\"%\",0,1", "keyword", .words(["checkUTF8"]), "\"checkUTF8\", \"optimeout\""),
        ParameterRow("AT+CMQTTCFG=\"checkUTF8\",%,1", "client", 0...1),
        ParameterRow("AT+CMQTTCFG=\"checkUTF8\",0,%", "check", 0...1),
        ParameterRow("AT+CMQTTCFG=\"optimeout\",%,60", "client", 0...1),
        ParameterRow("AT+CMQTTCFG=\"optimeout\",0,%", "seconds", 20...120),
        ParameterRow("AT+CMQTTCFG=\"version\",%,4", "client", 0...1, .a7670),
        ParameterRow("AT+CMQTTCFG=\"version\",0,%", "version", 3...4, .a7670),
        ParameterRow("AT+CMQTTCFG=\"argtopic\",%,1", "client", 0...1, .a7670),
        ParameterRow("AT+CMQTTCFG=\"argtopic\",0,%", "topics", 0...1, .a7670),
        ParameterRow("AT+CMQTTCFG=\"argtopic\",0,1,%", "lengths", 0...1, .a7670),
    ]

    static let connection: [ParameterRow] = [
        ParameterRow("AT+CMQTTWILLTOPIC=%,3", "client", 0...1),
        ParameterRow("AT+CMQTTWILLTOPIC=0,%", length: 1...1024),
        ParameterRow("AT+CMQTTWILLMSG=%,3,1", "client", 0...1),
        ParameterRow("AT+CMQTTWILLMSG=0,%,1", length: 1...1024),
        ParameterRow("AT+CMQTTWILLMSG=0,3,%", "qos", 0...2),
        ParameterRow("AT+CMQTTCONNECT=%,\"tcp://b:1\",60,1", "client", 0...1),
        ParameterRow(
            "AT+CMQTTCONNECT=0,\"%\",60,1",
            "address",
            .bytes(9...256, fill: address),
            "9-256 bytes, tcp://host or tcp://host:port"
        ),
        ParameterRow("AT+CMQTTCONNECT=0,\"tcp://b:1\",%,1", "keepalive", 1...64_800),
        ParameterRow("AT+CMQTTCONNECT=0,\"tcp://b:1\",60,%", "clean", 0...1),
        ParameterRow(
            "AT+CMQTTCONNECT=0,\"tcp://b:1\",60,1,\"%\"",
            "user",
            .bytes(1...256, fill: text),
            "1-256 bytes of UTF-8"
        ),
        ParameterRow(
            "AT+CMQTTCONNECT=0,\"tcp://b:1\",60,1,\"u\",\"%\"",
            "password",
            .bytes(1...256, fill: text),
            "1-256 bytes of UTF-8"
        ),
        ParameterRow("AT+CMQTTDISC=%,60", "client", 0...1),
        ParameterRow("AT+CMQTTDISC=0,%", "timeout", .numbers([0...0, 60...180]), "0, 60-180"),
        ParameterRow("AT+CMQTTDISC=0,%", "timeout", .numbers([0...0, 1...180]), "0, 1-180", .a7670),
        ParameterRow("AT+CMQTTDISC=0,%", "timeout", .numbers([0...0, 60...180]), "0, 60-180", .sim7600),
    ]

    static let messages: [ParameterRow] = [
        ParameterRow("AT+CMQTTTOPIC=%,3", "client", 0...1),
        ParameterRow("AT+CMQTTTOPIC=0,%", length: 1...1024),
        ParameterRow("AT+CMQTTPAYLOAD=%,3", "client", 0...1),
        ParameterRow("AT+CMQTTPAYLOAD=0,%", length: 1...10_240),
        ParameterRow("AT+CMQTTPUB=%,1,60", "client", 0...1),
        ParameterRow("AT+CMQTTPUB=0,%,60", "qos", 0...2),
        ParameterRow("AT+CMQTTPUB=0,1,%", "timeout", 60...180),
        ParameterRow("AT+CMQTTPUB=0,1,%", "timeout", 1...180, .a7670),
        ParameterRow("AT+CMQTTPUB=0,1,60,%", "retained", 0...1),
        ParameterRow("AT+CMQTTPUB=0,1,60,0,%", "dup", 0...1),
        ParameterRow("AT+CMQTTPUB=%,\"t\",1,3", "client", 0...1, .a7670),
        ParameterRow("AT+CMQTTPUB=0,\"%\",1,3", "topic", .bytes(1...500, fill: text), "1-500 bytes of UTF-8", .a7670),
        ParameterRow("AT+CMQTTPUB=0,\"t\",%,3", "qos", 0...2, .a7670),
        ParameterRow("AT+CMQTTPUB=0,\"t\",1,%", length: 1...10_240, .a7670),
        ParameterRow("AT+CMQTTPUB=0,\"t\",1,3,%", "retained", 0...1, .a7670),
        ParameterRow("AT+CMQTTSUBTOPIC=%,3,1", "client", 0...1),
        ParameterRow("AT+CMQTTSUBTOPIC=0,%,1", length: 1...1024),
        ParameterRow("AT+CMQTTSUBTOPIC=0,3,%", "qos", 0...2),
        ParameterRow("AT+CMQTTSUB=%", "client", 0...1),
        ParameterRow("AT+CMQTTSUB=0,%", "dup", 0...1),
        ParameterRow("AT+CMQTTSUB=%,3,1", "client", 0...1),
        ParameterRow("AT+CMQTTSUB=0,%,1", length: 1...1024),
        ParameterRow("AT+CMQTTSUB=0,3,%", "qos", 0...2),
        ParameterRow("AT+CMQTTSUB=0,3,1,%", "dup", 0...1),
        ParameterRow("AT+CMQTTSUB=%,\"t\",1", "client", 0...1, .a7670),
        ParameterRow("AT+CMQTTSUB=0,\"%\",1", "topic", .bytes(1...500, fill: text), "1-500 bytes of UTF-8", .a7670),
        ParameterRow("AT+CMQTTSUB=0,\"t\",%", "qos", 0...2, .a7670),
        ParameterRow("AT+CMQTTUNSUBTOPIC=%,3", "client", 0...1),
        ParameterRow("AT+CMQTTUNSUBTOPIC=0,%", length: 1...1024),
        ParameterRow("AT+CMQTTUNSUB=%,0", "client", 0...1),
        ParameterRow("AT+CMQTTUNSUB=0,%", "dup", 0...1),
        ParameterRow("AT+CMQTTUNSUB=%,3,0", "client", 0...1),
        ParameterRow("AT+CMQTTUNSUB=0,%,0", length: 1...1024),
        ParameterRow("AT+CMQTTUNSUB=0,3,%", "dup", 0...1),
        ParameterRow("AT+CMQTTUNSUB=%,\"t\"", "client", 0...1, .a7670),
        ParameterRow("AT+CMQTTUNSUB=0,\"%\"", "topic", .bytes(1...500, fill: text), "1-500 bytes of UTF-8", .a7670),
    ]

    static let fileWords = "5-108 bytes, a file name ending in .pem or .der"

    static let tls: [ParameterRow] = [
        ParameterRow("AT+CSSLCFG=%", "context", 0...9),
        ParameterRow(
            "AT+CSSLCFG=\"%\",0,1",
            "keyword",
            .words(["enableSNI"]),
            "\"sslversion\", \"authmode\", \"ignorelocaltime\", \"negotiatetime\", \"cacert\", \"clientcert\", "
                + "\"clientkey\", \"password\", \"enableSNI\""
        ),
        ParameterRow("AT+CSSLCFG=\"sslversion\",%,4", "context", 0...9),
        ParameterRow("AT+CSSLCFG=\"sslversion\",0,%", "value", 0...4),
        ParameterRow("AT+CSSLCFG=\"authmode\",0,%", "value", 0...3),
        ParameterRow("AT+CSSLCFG=\"ignorelocaltime\",0,%", "value", 0...1),
        ParameterRow("AT+CSSLCFG=\"negotiatetime\",0,%", "value", 10...300),
        ParameterRow("AT+CSSLCFG=\"cacert\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        ParameterRow("AT+CSSLCFG=\"clientcert\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        ParameterRow("AT+CSSLCFG=\"clientkey\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        ParameterRow("AT+CSSLCFG=\"password\",0,\"%\"", "value", .bytes(5...108, fill: file), fileWords),
        ParameterRow("AT+CSSLCFG=\"enableSNI\",0,%", "value", 0...1),
        ParameterRow(
            "AT+CSSLCFG=\"cacert\",0,\"%\"",
            "value",
            .bytes(5...128, fill: file),
            "5-128 bytes, a file name ending in .pem or .der",
            .sim7600
        ),
        ParameterRow(
            "AT+CSSLCFG=\"keypwd\",0,\"%\"",
            "value",
            .bytes(0...128, fill: text),
            "0-128 bytes of printable ASCII",
            .sim7600
        ),
        ParameterRow("AT+CSSLCFG=\"ciphersuites\",0,%", "value", .hexadecimal, "0x002F-0xFFFF", .sim7600),
        ParameterRow("AT+CCERTDOWN=\"%\",3", "name", .bytes(5...108, fill: file), fileWords),
        ParameterRow("AT+CCERTDOWN=\"a.pem\",%", length: 1...10_240),
        ParameterRow("AT+CCERTDELE=\"%\"", "name", .bytes(5...108, fill: file), fileWords),
        ParameterRow("AT+CCERTMOVE=\"%\"", "name", .bytes(5...108, fill: file), fileWords),
    ]

    static let printable99 = "0-99 bytes of printable ASCII"
    static let printable127 = "0-127 bytes of printable ASCII"

    static let general: [ParameterRow] = [
        ParameterRow(
            "AT+CPIN=\"%\"",
            "pin",
            .bytes(4...8, fill: { String(repeating: "1", count: $0) }),
            "4-8 bytes, digits only"
        ),
        ParameterRow(
            "AT+CPIN=\"1234\",\"%\"",
            "new",
            .bytes(4...8, fill: { String(repeating: "1", count: $0) }),
            "4-8 bytes, digits only"
        ),
        ParameterRow("AT+CSCS=\"%\"", "set", .bytes(1...16, fill: text), "1-16 bytes of printable ASCII"),
        ParameterRow("AT+CNMP=%", "mode", 0...255),
        ParameterRow("AT+CREG=%", "report", 0...2),
        ParameterRow("AT+CGREG=%", "report", 0...2),
        ParameterRow("AT+CEREG=%", "report", 0...2),
        ParameterRow("AT+COPS=%", "mode", 0...4),
        ParameterRow("AT+COPS=3,%", "format", 0...2),
        ParameterRow("AT+COPS=1,2,\"%\"", "operator", .bytes(1...64, fill: text), "1-64 bytes of printable ASCII"),
        ParameterRow("AT+COPS=1,2,\"00101\",%", "access", 0...15),
        ParameterRow("AT+CPSI=%", "seconds", 0...255),
        ParameterRow("AT+CGDCONT=%,\"IP\",\"iot\"", "cid", 1...15),
        ParameterRow(
            "AT+CGDCONT=1,\"%\",\"iot\"",
            "type",
            .words(["IP", "IPV6", "IPV4V6"]),
            "\"IP\", \"IPV6\", \"IPV4V6\""
        ),
        ParameterRow("AT+CGDCONT=1,\"IP\",\"%\"", "apn", .bytes(0...99, fill: text), printable99),
        ParameterRow(
            "AT+CGDCONT=1,\"IP\",\"iot\",\"%\"",
            "address",
            .bytes(0...64, fill: text),
            "0-64 bytes of printable ASCII"
        ),
        ParameterRow("AT+CGDCONT=1,\"IP\",\"iot\",\"\",%", "dataCompression", 0...3),
        ParameterRow("AT+CGDCONT=1,\"IP\",\"iot\",\"\",0,%", "headerCompression", 0...4),
        ParameterRow("AT+CGSOCKCONT=%,\"IP\",\"CMNET\"", "cid", 1...15),
        ParameterRow(
            "AT+CGSOCKCONT=1,\"%\",\"iot\"",
            "type",
            .words(["IP", "IPV6", "IPV4V6"]),
            "\"IP\", \"IPV6\", \"IPV4V6\""
        ),
        ParameterRow("AT+CGSOCKCONT=1,\"IP\",\"%\"", "apn", .bytes(0...99, fill: text), printable99),
        ParameterRow("AT+CGAUTH=%,1,\"p\",\"u\"", "cid", 1...15),
        ParameterRow("AT+CGAUTH=1,%,\"p\",\"u\"", "protocol", 0...3),
        ParameterRow("AT+CGAUTH=1,1,\"%\",\"u\"", "password", .bytes(0...127, fill: text), printable127),
        ParameterRow("AT+CGAUTH=1,1,\"p\",\"%\"", "user", .bytes(0...127, fill: text), printable127),
        ParameterRow("AT+CSOCKAUTH=%,1,\"u\",\"p\"", "cid", 1...15),
        ParameterRow("AT+CSOCKAUTH=1,%,\"u\",\"p\"", "protocol", 0...3),
        ParameterRow("AT+CSOCKAUTH=1,1,\"%\",\"p\"", "first", .bytes(0...127, fill: text), printable127),
        ParameterRow("AT+CSOCKAUTH=1,1,\"u\",\"%\"", "second", .bytes(0...127, fill: text), printable127),
        ParameterRow("AT+CGATT=%", "state", 0...1),
        ParameterRow("AT+CGACT=%,1", "state", 0...1),
        ParameterRow("AT+CGACT=1,%", "cid", 1...15),
        ParameterRow("AT+CGPADDR=%", "cid", 1...15),
        ParameterRow("AT+CSOCKSETPN=%", "cid", 1...16),
        ParameterRow("AT+CSOCKSETPN=1,%", "type", .numbers([1...1, 6...6]), "1, 6"),
        ParameterRow("AT+CIPMODE=%", "mode", 0...1),
        ParameterRow("AT+CFUN=%", "level", .numbers([0...1, 4...8]), "0-1, 4-8"),
        ParameterRow("AT+CFUN=1,%", "reset", 0...1),
        ParameterRow("AT+CMEE=%", "mode", 0...2),
        ParameterRow(
            "AT+IPR=%",
            "baud",
            .numbers(Commands.rates.map { $0...$0 }),
            Commands.rates.map(String.init).joined(separator: ", ")
        ),
        ParameterRow(
            "AT+IPREX=%",
            "baud",
            .numbers(Commands.rates.map { $0...$0 }),
            Commands.rates.map(String.init).joined(separator: ", ")
        ),
        ParameterRow("AT+IFC=%,2", "toHost", .numbers([0...0, 2...2]), "0, 2"),
        ParameterRow("AT+IFC=2,%", "toModule", .numbers([0...0, 2...2]), "0, 2"),
        ParameterRow("AT+CATR=%", "port", 0...9),
        ParameterRow("AT+CURCD=%", "delay", 0...10_000),
        ParameterRow("AT+CURCD=0,%", "cache", 0...1),
        ParameterRow("AT+CTZU=%", "mode", 0...1),
        ParameterRow("AT+CCLK=\"%\"", "time", .bytes(17...20, fill: text), "17-20 bytes of printable ASCII"),
        ParameterRow("AT+CNTP=\"%\",0", "host", .bytes(1...255, fill: text), "1-255 bytes of printable ASCII"),
        ParameterRow("AT+CNTP=\"pool\",%", "zone", -96...96),
    ]

    static let all = service + connection + messages + tls + general
}
