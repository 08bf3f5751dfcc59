import A7600
import Testing

@testable import ModemSimulator

/// General commands and boot (`a7600.md` section 6).
@Suite struct GeneralCommandTests {
    @Test(
        "What the default module answers",
        arguments: [
            (
                "ATI",
                [
                    "Manufacturer: INCORPORATED", "Model: A7600C", "Revision: A7600C_V1.0", "IMEI: 867584030000018",
                    "+GCAP: +CGSM,+FCLASS,+DS",
                ]
            ),
            ("AT+CGMI", ["SIMCOM INCORPORATED"]), ("AT+CGMM", ["A7600C"]), ("AT+CGSN", ["867584030000018"]),
            ("AT+GSN", ["867584030000018"]), ("AT+CIMI", ["001010000000018"]), ("AT+CGMR", ["+CGMR: A35B01A7600C"]),
            ("AT+CICCID", ["+ICCID: 89001010000000000018"]), ("AT+GCAP", ["+GCAP: +CGSM,+FCLASS,+DS"]),
            ("AT+CSCS?", ["+CSCS: \"IRA\""]), ("AT+CNMP?", ["+CNMP: 2"]), ("AT+CPIN?", ["+CPIN: READY"]),
            ("AT+CSQ", ["+CSQ: 23,0"]), ("AT+CREG?", ["+CREG: 0,1"]), ("AT+CGREG?", ["+CGREG: 0,1"]),
            ("AT+CEREG?", ["+CEREG: 0,1"]), ("AT+CREG=?", ["+CREG: (0-2)"]), ("AT+COPS?", ["+COPS: 0,2,\"00101\",7"]),
            ("AT+CPSI?", ["+CPSI: LTE,Online,001-01,0x0001,1,1,EUTRAN-BAND3,1650,5,5,21,67,55,19"]),
            ("AT+CGDCONT?", ["+CGDCONT: 1,\"IP\",\"iot\",\"10.0.0.2\",0,0,,,,"]), ("AT+CGATT?", ["+CGATT: 1"]),
            ("AT+CGACT?", ["+CGACT: 1,1"]), ("AT+CGPADDR", ["+CGPADDR: 1,10.0.0.2"]),
            ("AT+CGPADDR=1", ["+CGPADDR: 1,10.0.0.2"]), ("AT+CGPADDR=2", []), ("AT+CSOCKSETPN?", ["+CSOCKSETPN: 1,1"]),
            ("AT+NETOPEN?", ["+NETOPEN: 0"]), ("AT+CFUN?", ["+CFUN: 1"]), ("AT+CFUN=?", ["+CFUN: (0-1,4-8),(0-1)"]),
            ("AT+CMEE?", ["+CMEE: 2"]), ("AT+IPR?", ["+IPR: 115200"]), ("AT+IFC?", ["+IFC: 0,0"]),
            ("AT+CATR?", ["+CATR: 0"]), ("AT+CURCD?", ["+CURCD: 0,1"]), ("AT+CTZU?", ["+CTZU: 0"]),
            ("AT+CCLK?", ["+CCLK: \"26/03/01,09:30:00+00\""]), ("AT+CGSOCKCONT=1,\"IP\",\"CMNET\"", []),
            ("AT+CSOCKAUTH=1,0", []), ("AT+CGAUTH=1,1,\"password\",\"user\"", []), ("AT&W", []), ("ATZ", []),
            ("AT+CSCS=\"GSM\"", []), ("AT+CNMP=38", []), ("AT+CGACT=1,1", []), ("AT+CGATT=1", []), ("AT+CTZU=1", []),
        ]
    )
    func answers(command: String, lines: [String]) {
        var bench = Bench()
        #expect(bench.at(command) == (lines.isEmpty ? "" : Answers.block(lines)) + Answers.ok)
    }

    @Test("SIMCOMATI has the fields of the field log") func simcomati() {
        var bench = Bench(.a7670)
        #expect(
            bench.at("AT+SIMCOMATI")
                == Answers.ok(
                    "Manufacturer: INCORPORATED",
                    "Model: A7670E",
                    "Revision: A7670E_V1.0",
                    "A35B01A7670E",
                    "QCN: ",
                    "IMEI: 867584030000018",
                    "MEID: ",
                    "+GCAP: +CGSM,+FCLASS,+DS",
                    "DeviceInfo: "
                )
        )
    }

    @Test("IMEI, IMSI and ICCID go together") func identity() {
        var bench = Bench { $0.imei = "867584030000026" }
        #expect(bench.at("AT+CGSN") == Answers.ok("867584030000026"))
        #expect(bench.at("AT+CIMI") == Answers.ok("001010000000026"))
        #expect(bench.at("AT+CICCID") == Answers.ok("+ICCID: 89001010000000000026"))
    }

    @Test("A locked SIM takes its PIN, and asks for the PUK after three wrong ones") func pin() {
        var bench = Bench { $0.sim = .locked(pin: "1234") }
        #expect(bench.at("AT+CPIN?") == Answers.ok("+CPIN: SIM PIN"))
        #expect(bench.at("AT+CREG?") == Answers.ok("+CREG: 0,0"))
        #expect(bench.at("AT+CIMI") == "\r\n+CME ERROR: SIM PIN required\r\n")
        #expect(bench.at("AT+CPIN=\"0000\"") == "\r\n+CME ERROR: incorrect password\r\n")
        #expect(bench.at("AT+CPIN=\"1234\"") == Answers.ok + Answers.urc("+CPIN: READY"))
        #expect(bench.at("AT+CREG?") == Answers.ok("+CREG: 0,1"))
        bench = Bench { $0.sim = .locked(pin: "1234") }
        for _ in 0..<3 { _ = bench.at("AT+CPIN=0000") }
        #expect(bench.at("AT+CPIN?") == Answers.ok("+CPIN: SIM PUK"))
        #expect(bench.at("AT+CPIN=1234") == "\r\n+CME ERROR: SIM PUK required\r\n")
    }

    @Test("Without a SIM") func noSIM() {
        var bench = Bench { $0.sim = .absent }
        #expect(bench.at("AT+CPIN?") == "\r\n+CME ERROR: SIM not inserted\r\n")
        #expect(bench.at("AT+CIMI") == "\r\n+CME ERROR: SIM not inserted\r\n")
        #expect(bench.at("AT+COPS?") == Answers.ok("+COPS: 0"))
        #expect(bench.at("AT+CPSI?") == Answers.ok("+CPSI: NO SERVICE,Online"))
        #expect(bench.at("AT+CGPADDR") == Answers.ok)
        #expect(bench.at("AT+CGATT=1") == "\r\n+CME ERROR: no network service\r\n")
    }

    @Test("Registration is reported as asked for") func registration() {
        var bench = Bench()
        _ = bench.at("AT+CREG=1;+CEREG=2")
        #expect(bench.at("AT+CEREG?") == Answers.ok("+CEREG: 2,1,\"0001\",\"00000001\",7"))
        #expect(bench.at("AT+CFUN=0") == Answers.ok + Answers.urc("+CREG: 0") + Answers.urc("+CEREG: 0"))
        #expect(bench.at("AT+CSQ") == Answers.ok("+CSQ: 99,99"))
        #expect(
            bench.at("AT+CFUN=1") == Answers.ok + Answers.urc("+CREG: 1")
                + Answers.urc("+CEREG: 1,\"0001\",\"00000001\",7")
        )
        #expect(bench.at("AT+CREG=3") == "\r\n+CME ERROR: Incorrect parameters\r\n")
    }

    @Test("PDP contexts are saved, and have addresses of their type") func contexts() {
        var bench = Bench()
        #expect(bench.at("AT+CGDCONT=2,\"IPV4V6\",\"ims\"") == Answers.ok)
        #expect(bench.persisted == [.setting(name: "CGDCONT.2", value: "IPV4V6,ims")])
        #expect(bench.at("AT+CGACT=1,2") == Answers.ok)
        #expect(bench.at("AT+CGPADDR=2") == Answers.ok("+CGPADDR: 2,10.0.0.3,254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.3"))
        #expect(bench.at("AT+CGDCONT=2") == Answers.ok)
        #expect(bench.at("AT+CGDCONT?").components == 1)
        #expect(bench.at("AT+CGDCONT=16,\"IP\",\"x\"") == "\r\n+CME ERROR: Incorrect parameters\r\n")
        #expect(bench.at("AT+CGDCONT=1,\"PPP\",\"x\"") == "\r\n+CME ERROR: Incorrect parameters\r\n")
        bench = Bench { $0.settings = ["CGDCONT.1": "IPV6,other", "CTZU": "1"] }
        #expect(bench.at("AT+CGPADDR") == Answers.ok("+CGPADDR: 1,254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.2"))
        #expect(bench.at("AT+CTZU?") == Answers.ok("+CTZU: 1"))
    }

    @Test(
        "A7670 lacks the legacy socket commands",
        arguments: ["CGSOCKCONT=1,\"IP\",\"a\"", "CGSOCKCONT?", "CSOCKAUTH=1,0"]
    )
    func legacy(form: String) {
        var bench = Bench(.a7670)
        #expect(bench.at("AT+\(form)") == Answers.error)
    }

    @Test("NETOPEN and NETCLOSE") func sockets() {
        var bench = Bench()
        #expect(bench.at("AT+IPADDR") == Answers.thenError("+IP ERROR: Network not opened"))
        #expect(bench.at("AT+NETCLOSE") == Answers.thenError("+NETCLOSE: 2"))
        #expect(bench.at("AT+NETOPEN") == Answers.okThen("+NETOPEN: 0"))
        #expect(bench.at("AT+NETOPEN") == Answers.thenError("+IP ERROR: Network is already opened"))
        #expect(bench.at("AT+NETOPEN?") == Answers.ok("+NETOPEN: 1"))
        #expect(bench.at("AT+IPADDR") == Answers.ok("+IPADDR: 10.0.0.2"))
        #expect(bench.at("AT+CSOCKSETPN=1") == Answers.error)
        #expect(bench.at("AT+NETCLOSE") == Answers.okThen("+NETCLOSE: 0"))
        #expect(bench.at("AT+CSOCKSETPN=1,6") == Answers.ok)
    }

    @Test("The clock runs, can be set, and begins in 1970 when it never was") func clock() {
        var bench = Bench { $0.clock = .unset }
        _ = bench.pass(.seconds(5))
        #expect(bench.at("AT+CCLK?") == Answers.ok("+CCLK: \"70/01/01,00:00:05+00\""))
        #expect(bench.at("AT+CCLK=\"28/02/28,23:59:59+04\"") == Answers.ok)
        _ = bench.pass(.seconds(1))
        #expect(bench.at("AT+CCLK?") == Answers.ok("+CCLK: \"28/02/29,00:00:00+04\""))
        for wrong in [
            "28/02/30,00:00:00+00", "28/13/01,00:00:00", "28-02-28,00:00:00+00", "28/02/28", "28/02/28,00:00:00*00",
        ] {
            #expect(bench.at("AT+CCLK=\"\(wrong)\"") == Answers.error)
        }
    }

    @Test("CNTP sets the clock from the network") func ntp() {
        var bench = Bench { $0.clock = .unset }
        #expect(bench.at("AT+CNTP") == Answers.okThen("+CNTP: 2"))
        #expect(bench.at("AT+CNTP=\"pool.ntp.org\",-8") == Answers.ok)
        #expect(bench.at("AT+CNTP?") == Answers.ok("+CNTP: \"pool.ntp.org\",-8"))
        #expect(bench.at("AT+CNTP") == Answers.okThen("+CNTP: 0"))
        #expect(bench.at("AT+CCLK?") == Answers.ok("+CCLK: \"26/03/01,07:30:00-08\""))
        _ = bench.at("AT+CFUN=4")
        #expect(bench.at("AT+CNTP") == Answers.okThen("+CNTP: 4"))
    }

    @Test(
        "The boot sequence of each family",
        arguments: [
            (Profile.a7600, ["*ATREADY: 1", "+CPIN: READY", "+CGEV: EPS PDN ACT 1", "SMS DONE", "PB DONE"]),
            (.sim7600, ["RDY", "+CPIN: READY", "SMS DONE", "PB DONE"]),
        ]
    )
    func boot(profile: Profile, lines: [String]) {
        var bench = Bench(profile) { $0.start = .cold }
        #expect(bench.send("AT\r") == "")
        #expect(bench.pass(.milliseconds(50)) == lines.map(Answers.urc).joined())
        #expect(bench.at("AT+CREG?") == Answers.ok("+CREG: 0,1"))
        if profile.bootFamily == .rdy { #expect(lines.map(Answers.urc).joined().utf8.count == 46) }
    }

    @Test("Boot at real pace: silence, then answers, then the SIM, then the network") func realBoot() {
        var bench = Bench(.a7600) {
            $0.start = .cold
            $0.profile.pace = .real
        }
        #expect(bench.pass(.milliseconds(4999)) == "")
        #expect(bench.send("AT\r") == "")
        #expect(bench.pass(.milliseconds(1)) == Answers.urc("*ATREADY: 1"))
        #expect(bench.send("AT+CPIN?\r") + bench.pass(.milliseconds(20)) == "AT+CPIN?\r\r\n+CME ERROR: SIM busy\r\n")
        #expect(bench.pass(.seconds(4)).hasSuffix("SMS DONE\r\n"))
        #expect(bench.send("AT+CREG?\r") + bench.pass(.milliseconds(20)) == "AT+CREG?\r" + Answers.ok("+CREG: 0,2"))
        _ = bench.pass(.seconds(7))
        #expect(bench.send("AT+CREG?\r") + bench.pass(.milliseconds(20)) == "AT+CREG?\r" + Answers.ok("+CREG: 0,1"))
    }

    @Test("Boot without SIM, without SMS, with NUL bytes") func bootVariants() {
        var bench = Bench {
            $0.start = .cold
            $0.sim = .absent
        }
        #expect(bench.pass(.seconds(1)) == ["*ATREADY: 1", "+CPIN: SIM REMOVED", "PB DONE"].map(Answers.urc).joined())
        bench = Bench {
            $0.start = .cold
            $0.profile.smsDone = false
            $0.profile.nulBeforeBoot = true
        }
        let boot = bench.pass(.seconds(1))
        #expect(boot.hasPrefix("\0\0\r\n*ATREADY: 1\r\n"))
        #expect(!boot.contains("SMS DONE"))
    }

    @Test("A restart forgets everything but files and saved settings") func restart() {
        var bench = Bench.connected()
        _ = bench.at("ATE0;+CMEE=0")
        _ = bench.at("AT+CCERTDOWN=\"ca.pem\",1", data: "x")
        _ = bench.at("AT+CSSLCFG=\"authmode\",0,1;+CGDCONT=1,\"IP\",\"saved\"")
        #expect(bench.at("AT+CRESET") == Answers.ok)
        #expect(!bench.uplink.isConnected(0))
        #expect(bench.pass(.milliseconds(50)).hasPrefix(Answers.urc("*ATREADY: 1")))
        #expect(bench.send("AT+CMEE?\r") == "AT+CMEE?\r" + Answers.ok("+CMEE: 2"))
        #expect(bench.at("AT+CMQTTACCQ?") == Answers.error)
        #expect(bench.at("AT+CSSLCFG=0").contains("+CSSLCFG: 0,4,0,"))
        #expect(bench.at("AT+CCERTLIST") == Answers.ok("+CCERTLIST: \"ca.pem\""))
        #expect(bench.at("AT+CGDCONT?").contains("\"saved\""))
    }

    @Test("SIM7600 says good-bye before it restarts") func resetUrcs() {
        var bench = Bench.connected(.sim7600)
        _ = bench.at("AT+NETOPEN")
        #expect(
            bench.at("AT+CRESET")
                == Answers.ok
                + ["+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY", "+CMQTTCONNLOST: 0,3", "+CMQTTNONET"].map(Answers.urc)
                .joined()
        )
        #expect(bench.pass(.seconds(1)).hasPrefix(Answers.urc("RDY")))
    }

    @Test("CFUN=1,1 and CFUN=6 restart, CPOF is the end") func power() {
        for command in ["AT+CFUN=1,1", "AT+CFUN=6"] {
            var bench = Bench()
            #expect(bench.at(command) == Answers.ok)
            #expect(bench.pass(.seconds(1)).hasPrefix(Answers.urc("*ATREADY: 1")))
        }
        var bench = Bench()
        #expect(bench.at("AT+CPOF") == Answers.ok + Answers.urc("+CGEV: ME DETACH"))
        #expect(bench.send("AT\r") == "")
        #expect(bench.pass(.seconds(3600)) == "")
    }

    @Test("Real pace: START takes its time") func pace() {
        var bench = Bench { $0.profile.pace = .real }
        #expect(bench.send("AT+CMQTTSTART\r") == "AT+CMQTTSTART\r")
        #expect(bench.pass(.milliseconds(20)) == Answers.ok)
        #expect(bench.pass(.milliseconds(399)) == "")
        #expect(bench.pass(.milliseconds(1)) == Answers.urc("+CMQTTSTART: 0"))
    }

    @Test("Real pace: a certificate is answered a while after its data, and lines wait behind it") func storingPace() {
        var bench = Bench.connected()
        bench.module.module.profile.pace = .real
        #expect(bench.send("AT+CCERTDOWN=\"ca.pem\",3\r").hasSuffix("\r"))
        #expect(bench.pass(.milliseconds(20)) == Answers.prompt)
        #expect(bench.send("abcAT+CCERTLIST\r") == "")
        #expect(bench.deliver(bench.uplink.breakConnection(0, .closedByPeer)) == "")
        #expect(bench.pass(.milliseconds(199)) == "")
        let answer = bench.pass(.milliseconds(1))
        #expect(answer == Answers.ok + Answers.urc("+CMQTTCONNLOST: 0,1") + "AT+CCERTLIST\r")
        #expect(bench.pass(.milliseconds(20)) == Answers.ok("+CCERTLIST: \"ca.pem\""))
    }

    @Test(
        "What other programs set is what they read back",
        arguments: [
            ("AT+CSCS=\"GSM\"", "AT+CSCS?", "+CSCS: \"GSM\""), ("AT+IFC=2,2", "AT+IFC?", "+IFC: 2,2"),
            ("AT+CNMP=38", "AT+CNMP?", "+CNMP: 38"), ("AT+CATR=3", "AT+CATR?", "+CATR: 3"),
            ("AT+IPREX=9600", "AT+IPREX?", "+IPREX: 9600"), ("AT+IPREX=9600;Z", "AT+IPREX?", "+IPREX: 9600"),
        ]
    )
    func remembered(set: String, read: String, expected: String) {
        var bench = Bench()
        _ = bench.send("ATE0\r")
        #expect(bench.at(set) == Answers.ok)
        #expect(bench.send("ATE0;\(read.dropFirst(2))\r").contains("\r\n\(expected)\r\n"))
    }

    @Test("A saved rate is the rate after a power cut") func savedRate() {
        var bench = Bench { $0.settings = ["IPREX": "9600"] }
        #expect(bench.at("AT+IPR?").contains("+IPR: 9600\r\n"))
        #expect(bench.at("AT+IPREX=?").contains("+IPREX: (0,300,"))
    }
}

extension String {
    /// How many information lines an answer has.
    fileprivate var components: Int { split(separator: "\r\n").count - 1 }
}
