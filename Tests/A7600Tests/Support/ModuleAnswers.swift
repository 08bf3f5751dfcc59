import A7600

/// An answer to every form of every command, and the five orders of results.
enum ModuleAnswers {
    static let all = orders + inputs + mqttForms + tls + general

    private static let requests: [(line: String, prefix: String)] = [
        ("AT+CMQTTCONNECT=0,\"tcp://b.example:8883\",60,1", "+CMQTTCONNECT"),
        ("AT+CMQTTDISC=0,60", "+CMQTTDISC"), ("AT+CMQTTPUB=0,1,60", "+CMQTTPUB"), ("AT+CMQTTSUB=0", "+CMQTTSUB"),
        ("AT+CMQTTUNSUB=0,0", "+CMQTTUNSUB"),
    ]

    private static let services = ["+CMQTTSTART", "+CMQTTSTOP", "+NETOPEN", "+NETCLOSE", "+CNTP"]

    private static let locals: [(line: String, prefix: String)] = [
        ("AT+CMQTTACCQ=0,\"unit\"", "+CMQTTACCQ"), ("AT+CMQTTREL=0", "+CMQTTREL"),
        ("AT+CMQTTSSLCFG=0,1", "+CMQTTSSLCFG"), ("AT+CMQTTCFG=\"checkUTF8\",0,0", "+CMQTTCFG"),
    ]

    /// A to E for what the network decides; K, C and E for the rest.
    private static let orders: [ModuleAnswer] =
        requests.flatMap { results($0.line, "\($0.prefix): 0,0", "\($0.prefix): 0,17") }
        + services.flatMap { results("AT\($0)", "\($0): 0", "\($0): 2") }
        + locals.flatMap { row in
            [["OK"], ["\(row.prefix): 0,12", "ERROR"], ["ERROR"], ["\(row.prefix): 0,12", "OK"]].map {
                ModuleAnswer(row.line, $0)
            }
        }

    private static func results(_ line: String, _ success: String, _ failure: String) -> [ModuleAnswer] {
        [
            ["OK", success], [success, "OK"], ["OK", failure], [failure, "OK"], [failure, "ERROR"], ["ERROR", failure],
            ["ERROR"],
        ].map { ModuleAnswer(line, $0) }
    }

    private static let inputs: [ModuleAnswer] =
        [
            ("AT+CMQTTWILLTOPIC=0,3", "+CMQTTWILLTOPIC"), ("AT+CMQTTWILLMSG=0,3,1", "+CMQTTWILLMSG"),
            ("AT+CMQTTTOPIC=0,3", "+CMQTTTOPIC"), ("AT+CMQTTPAYLOAD=0,3", "+CMQTTPAYLOAD"),
            ("AT+CMQTTSUBTOPIC=0,3,1", "+CMQTTSUBTOPIC"), ("AT+CMQTTUNSUBTOPIC=0,3", "+CMQTTUNSUBTOPIC"),
        ].flatMap { line, prefix in
            [
                ModuleAnswer(line, [">", "OK"], data: "a/b"),
                ModuleAnswer(line, ["\(prefix): 0,11", "ERROR"], data: "a/b"),
                ModuleAnswer(line, [">", "\(prefix): 0,2", "ERROR"], data: "a/b"),
                ModuleAnswer(line, ["ERROR"], data: "a/b"),
            ]
        } + [
            ModuleAnswer("AT+CMQTTSUB=0,3,1", [">", "OK", "+CMQTTSUB: 0,0"], data: "a/b"),
            ModuleAnswer("AT+CMQTTSUB=0,3,1", [">", "+CMQTTSUB: 0,0", "OK"], data: "a/b"),
            ModuleAnswer("AT+CMQTTUNSUB=0,3,0", [">", "OK", "+CMQTTUNSUB: 0,0"], data: "a/b"),
            ModuleAnswer("AT+CMQTTPUB=0,\"t\",1,3", [">", "OK", "+CMQTTPUB: 0,0"], data: "a/b", .a7670),
            ModuleAnswer("AT+CMQTTSUB=0,\"t\",1", ["OK", "+CMQTTSUB: 0,0"], .a7670),
            ModuleAnswer("AT+CMQTTUNSUB=0,\"t\"", ["OK", "+CMQTTUNSUB: 0,0"], .a7670),
            ModuleAnswer("AT+CCERTDOWN=\"a.pem\",3", [">", "OK"], data: "a/b"),
            ModuleAnswer("AT+CCERTDOWN=\"a.pem\",3", ["ERROR"], data: "a/b"),
        ]

    private static let mqttForms: [ModuleAnswer] =
        MQTTCommandTableTests.forms.map { ModuleAnswer($0.line, $0.lines + ["OK"]) } + [
            ModuleAnswer("AT+CMQTTACCQ=0,\"unit\",1,4", ["OK"], .sim7600),
            ModuleAnswer("AT+CMQTTCFG=\"optimeout\",0,60", ["OK"]),
            ModuleAnswer("AT+CMQTTCFG=\"version\",0,4", ["OK"], .a7670),
            ModuleAnswer("AT+CMQTTCFG=\"argtopic\",0,1,1", ["OK"], .a7670),
            ModuleAnswer("AT+CMQTTSUB?", ["+CMQTTSUB:", "+CMQTTSUB: \"a/b\"", "OK"], .a7670),
        ]

    private static let context = "4,0,1,300,\"\",\"\",\"\",\"\",0"

    private static let tls: [ModuleAnswer] =
        [
            ModuleAnswer(
                "AT+CSSLCFG=?",
                ["+CSSLCFG: \"sslversion\",(0-9),(0-4)", "+CSSLCFG: \"authmode\",(0-9),(0-3)", "OK"]
            ),
            ModuleAnswer("AT+CSSLCFG?", (0...9).map { "+CSSLCFG: \($0),\(context)" } + ["OK"]),
            ModuleAnswer("AT+CSSLCFG=6", ["+CSSLCFG: 6,\(context)", "OK"]),
            ModuleAnswer("AT+CCERTDOWN=?", ["+CCERTDOWN: (5-108),(1-10240)", "OK"]),
            ModuleAnswer("AT+CCERTLIST", ["+CCERTLIST: \"ca.pem\"", "+CCERTLIST: \"key.pem\"", "OK"]),
            ModuleAnswer("AT+CCERTLIST", ["OK"]), ModuleAnswer("AT+CCERTLIST=?", ["OK"]),
            ModuleAnswer("AT+CCERTDELE=?", ["+CCERTDELE: \"FILENAME\"", "OK"]),
            ModuleAnswer("AT+CCERTDELE=\"a.pem\"", ["OK"]), ModuleAnswer("AT+CCERTDELE=\"a.pem\"", ["ERROR"]),
            ModuleAnswer("AT+CCERTMOVE=?", ["+CCERTMOVE: \"FILENAME\"", "OK"]),
            ModuleAnswer("AT+CCERTMOVE=\"a.pem\"", ["OK"]),
        ]
        + [
            "\"sslversion\",0,4", "\"authmode\",0,2", "\"ignorelocaltime\",0,1", "\"negotiatetime\",0,120",
            "\"cacert\",0,\"ca.pem\"", "\"clientcert\",0,\"c.pem\"", "\"clientkey\",0,\"k.pem\"",
            "\"password\",0,\"p.pem\"", "\"enableSNI\",0,1",
        ].map { ModuleAnswer("AT+CSSLCFG=\($0)", ["OK"]) } + [
            ModuleAnswer("AT+CSSLCFG=\"keypwd\",0,\"x\"", ["OK"], .sim7600),
            ModuleAnswer("AT+CSSLCFG=\"ciphersuites\",0,0xFFFF", ["ERROR"], .sim7600),
        ]

    private static let general: [ModuleAnswer] =
        plain + reads
        + [
            ModuleAnswer("ATI", ["Manufacturer: INCORPORATED", "Model: A7600C", "Revision: A7600C_V1.0", "OK"]),
            ModuleAnswer("AT+SIMCOMATI", ["Manufacturer: INCORPORATED", "Model: A7600C", "A7670M7_B07V01", "OK"]),
            ModuleAnswer("AT+CPIN?", ["+CME ERROR: SIM not inserted"]),
            ModuleAnswer("AT+CPIN=\"1234\"", ["+CME ERROR: 16"]),
            ModuleAnswer("AT+CGPADDR", ["+CGPADDR: 1,10.0.0.2", "+CGPADDR: 2,0.0.0.0", "OK"]),
            ModuleAnswer("AT+CGPADDR=1", ["+CGPADDR: 1,10.0.0.2", "OK"]),
            ModuleAnswer("AT+CGDCONT?", ["+CGDCONT: 1,\"IP\",\"iot\",\"10.0.0.2\",0,0,,,,", "OK"]),
            ModuleAnswer("AT+CGSOCKCONT?", ["+CGSOCKCONT: 1,\"IP\",\"CMNET\"", "OK"]),
            ModuleAnswer("AT+CGAUTH?", ["+CGAUTH: 1,1,\"p\",\"u\"", "OK"]),
            ModuleAnswer("AT+CSOCKAUTH?", ["+CSOCKAUTH: 1,1,\"u\",\"p\"", "OK"]),
            ModuleAnswer("AT+CGACT?", ["+CGACT: 1,1", "+CGACT: 2,0", "OK"]),
            ModuleAnswer("AT+COPS=?", ["+COPS: (2,\"Net\",\"Net\",\"00101\",7),,(0-4),(0-2)", "OK"]),
            ModuleAnswer("AT+NETOPEN", ["+IP ERROR: Network is already opened", "ERROR"]),
            ModuleAnswer("AT+CREG?;+CSQ", ["+CREG: 0,1", "+CSQ: 23,0", "OK"]),
        ]

    /// Answered by `OK` alone.
    private static let plain = [
        "AT", "ATV1", "ATQ0", "ATZ", "AT&F", "AT&W", "AT+CPIN=?", "AT+CPIN=\"1234\"", "AT+CSCS=\"IRA\"", "AT+CNMP=2",
        "AT+CREG=1", "AT+CGREG=1", "AT+CEREG=2", "AT+COPS=0", "AT+CPSI=5", "AT+CGDCONT=1,\"IP\",\"iot\"",
        "AT+CGSOCKCONT=1,\"IP\",\"iot\"", "AT+CGAUTH=1,1,\"p\",\"u\"", "AT+CSOCKAUTH=1,1,\"u\",\"p\"", "AT+CGATT=1",
        "AT+CGACT=1,1", "AT+CSOCKSETPN=1", "AT+CIPMODE=0", "AT+CFUN=1", "AT+CMEE=2", "AT+IPR=115200", "AT+IPREX=115200",
        "AT+IFC=0,0", "AT+CATR=0", "AT+CURCD=0,1", "AT+CTZU=1", "AT+CCLK=\"26/03/01,09:38:02+04\"", "AT+CCLK=?",
        "AT+CNTP=\"pool\",0", "AT+CRESET=?", "AT+CPOF=?", "AT+CPOF", "AT+CGMI=?", "AT+CGMM=?", "AT+CGMR=?", "AT+GMR=?",
        "AT+CGSN=?", "AT+GSN=?", "AT+CIMI=?", "AT+CICCID=?", "AT+GCAP=?",
    ].map { ModuleAnswer($0, ["OK"]) }

    /// One line, then `OK`.
    private static let reads =
        [
            ("AT+CGMI", "SIMCOM INCORPORATED"), ("AT+CGMM", "A7600C"), ("AT+CGMR", "+CGMR: A35B01A7600C"),
            ("AT+GMR", "+GMR: A35B01A7600C"), ("AT+CGSN", "867584030000018"), ("AT+GSN", "867584030000018"),
            ("AT+CIMI", "001010000000018"), ("AT+CICCID", "+ICCID: 89001010000000000018"),
            ("AT+GCAP", "+GCAP: +CGSM,+FCLASS,+DS"), ("AT+CSCS?", "+CSCS: \"IRA\""), ("AT+CSCS=?", "+CSCS: (\"IRA\")"),
            ("AT+CNMP?", "+CNMP: 2"), ("AT+CNMP=?", "+CNMP: (2,38)"), ("AT+CPIN?", "+CPIN: READY"),
            ("AT+CSQ", "+CSQ: 23,0"),
            ("AT+CSQ=?", "+CSQ: (0-31,99),(0-7,99)"), ("AT+CREG?", "+CREG: 0,1"), ("AT+CREG=?", "+CREG: (0-2)"),
            ("AT+CGREG?", "+CGREG: 0,1"), ("AT+CGREG=?", "+CGREG: (0-2)"), ("AT+CEREG?", "+CEREG: 2,1,\"1\",\"2\",7"),
            ("AT+CEREG=?", "+CEREG: (0-2)"), ("AT+COPS?", "+COPS: 0,2,\"00101\",7"),
            ("AT+CPSI?", "+CPSI: NO SERVICE,Online"),
            ("AT+CPSI=?", "+CPSI: (0-255)"), ("AT+CGDCONT=?", "+CGDCONT: (1-15),\"IP\""),
            ("AT+CGSOCKCONT=?", "+CGSOCKCONT: (1-15),\"IP\""), ("AT+CGAUTH=?", "+CGAUTH: (1-15),(0-3)"),
            ("AT+CGATT?", "+CGATT: 1"), ("AT+CGATT=?", "+CGATT: (0,1)"), ("AT+CGACT=?", "+CGACT: (0,1)"),
            ("AT+CGPADDR=?", "+CGPADDR: (1)"), ("AT+CSOCKSETPN?", "+CSOCKSETPN: 1,1"),
            ("AT+CSOCKSETPN=?", "+CSOCKSETPN: (1-16)"),
            ("AT+NETOPEN?", "+NETOPEN: 1"), ("AT+IPADDR", "+IPADDR: 10.0.0.2"), ("AT+CIPMODE?", "+CIPMODE: 0"),
            ("AT+CIPMODE=?", "+CIPMODE: (0-1)"), ("AT+CFUN?", "+CFUN: 1"), ("AT+CFUN=?", "+CFUN: (0-1,4-8),(0-1)"),
            ("AT+CMEE?", "+CMEE: 2"), ("AT+CMEE=?", "+CMEE: (0-2)"), ("AT+IPR?", "+IPR: 115200"),
            ("AT+IPR=?", "+IPR: (300)"),
            ("AT+IPREX?", "+IPREX: 115200"), ("AT+IPREX=?", "+IPREX: (300)"), ("AT+IFC?", "+IFC: 0,0"),
            ("AT+IFC=?", "+IFC: (0,2),(0,2)"), ("AT+CATR?", "+CATR: 0"), ("AT+CATR=?", "+CATR: (0-9)"),
            ("AT+CURCD?", "+CURCD: 0,1"), ("AT+CURCD=?", "+CURCD: (0-10000)"), ("AT+CTZU?", "+CTZU: 0"),
            ("AT+CTZU=?", "+CTZU: (0,1)"), ("AT+CCLK?", "+CCLK: \"26/03/01,09:38:02+04\""),
            ("AT+CNTP?", "+CNTP: \"pool\",0"),
            ("AT+CNTP=?", "+CNTP: \"HOST\",(-96~96)"),
        ].map { ModuleAnswer($0, [$1, "OK"]) }
}
