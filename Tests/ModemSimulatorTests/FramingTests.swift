import A7600
import Testing

@testable import ModemSimulator

@Suite struct FramingTests {
    @Test(
        "The exact bytes of the framing table",
        arguments: [
            (setup: [String](), sent: "AT\r", expected: "AT\r\r\nOK\r\n"),
            ([], "ATE0\r", "ATE0\r\r\nOK\r\n"),
            (["ATE0\r"], "AT+CICCID\r", "\r\n+ICCID: 89001010000000000018\r\n\r\nOK\r\n"),
            (["ATE0\r", "AT+CMQTTSTART\r"], "AT+CMQTTDISC?\r", "\r\n+CMQTTDISC: 0,1\r\n+CMQTTDISC: 1,1\r\n\r\nOK\r\n"),
            (["ATE0\r"], "AT+CMQTTSTART\r", "\r\nOK\r\n\r\n+CMQTTSTART: 0\r\n"),
            (["ATE0\r"], "AT+NONSENSE\r", "\r\nERROR\r\n"),
        ]
    )
    func exactBytes(setup: [String], sent: String, expected: String) {
        var bench = Bench()
        for line in setup { _ = bench.send(line) }
        #expect(bench.send(sent) == expected)
    }

    @Test(
        "Command lines in all their spellings",
        arguments: [
            ("at+csq\r", "at+csq\r\r\n+CSQ: 23,0\r\n\r\nOK\r\n"),
            ("AT+CSQ\r\n", "AT+CSQ\r\r\n+CSQ: 23,0\r\n\r\nOK\r\n"),
            ("\r\nAT\r\n", "\rAT\r\r\nOK\r\n"),
            ("   \u{1B}xAT\r", "   \u{1B}xAT\r\r\nOK\r\n"),
            ("hello\r", "hello\r"),
            ("\r", "\r"),
            ("ATX\u{08}E1\r", "ATX\u{08}E1\r\r\nOK\r\n"),
            ("AT+CMEE= 1\r", "AT+CMEE= 1\r\r\nOK\r\n"),
            ("ATE1V1Q0\r", "ATE1V1Q0\r\r\nOK\r\n"),
            ("AT&F\r", "AT&F\r\r\nOK\r\n"),
            ("AT;\r", "AT;\r\r\nOK\r\n"),
            ("AT+\r", "AT+\r\r\nERROR\r\n"),
            ("AT1\r", "AT1\r\r\nERROR\r\n"),
            ("AT+CSQx\r", "AT+CSQx\r\r\nERROR\r\n"),
            ("AT+CSQ?junk\r", "AT+CSQ?junk\r\r\nERROR\r\n"),
        ]
    )
    func spellings(sent: String, expected: String) {
        var bench = Bench()
        #expect(bench.send(sent) == expected)
    }

    @Test(
        "Joined commands run from left to right and give one final result code",
        arguments: [
            ("ATE0;+CMEE=2;+CSQ", "\r\n+CSQ: 23,0\r\n\r\nOK\r\n"),
            ("AT+CREG?;+CSQ", "\r\n+CREG: 0,1\r\n\r\n+CSQ: 23,0\r\n\r\nOK\r\n"),
            ("AT+CSQ;+NONSENSE;+CREG?", "\r\n+CSQ: 23,0\r\n\r\nERROR\r\n"),
            ("AT+CSQ;+CPIN=\"1\";+CREG?", "\r\n+CSQ: 23,0\r\n\r\n+CME ERROR: operation not allowed\r\n"),
            ("AT+CSQ;+CMQTTSTART", "\r\n+CSQ: 23,0\r\n\r\nERROR\r\n"),
            ("AT+CSQ;+CCERTDOWN=\"ca.pem\",3", "\r\n+CSQ: 23,0\r\n\r\nERROR\r\n"),
            ("AT+CGDCONT=1,\"IP\",\"a;b\";+CSQ", "\r\n+CSQ: 23,0\r\n\r\nOK\r\n"),
        ]
    )
    func joined(line: String, expected: String) {
        var bench = Bench()
        #expect(bench.at(line) == expected)
    }

    @Test("The first failure ends a joined line, and what stood before it holds")
    func joinedFailure() {
        var bench = Bench()
        _ = bench.at("AT+CMEE=1;+NONSENSE;+CMEE=0")
        #expect(bench.at("AT+CMEE?") == Answers.ok("+CMEE: 1"))
    }

    @Test(
        "A missing or stray quote is an error",
        arguments: ["\"client", "client\"", "cli\"ent", "\"cli\"ent\"", "client"]
    )
    func quotes(text: String) {
        var bench = Bench()
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTTACCQ=0,\(text)") == Answers.error)
        #expect(bench.at("AT+CMQTTACCQ=0,  \"client\" , 1") == Answers.ok)
    }

    @Test("SIM7600 takes strings without quotes") func unquoted() {
        var bench = Bench(.sim7600)
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTTACCQ=0,client") == Answers.ok)
        #expect(bench.at("AT+CMQTTACCQ?").contains("+CMQTTACCQ: 0,\"client\",0,3\r\n"))
    }

    @Test("A line over the limit is refused and not carried out", arguments: [Profile.a7600, .sim7600])
    func overLong(profile: Profile) {
        var bench = Bench(profile)
        let longest = "AT+CMEE=0;" + String(repeating: ";", count: profile.lineLimit - 8)
        #expect(longest.utf8.count == profile.lineLimit + 2)
        #expect(bench.at(longest) == Answers.ok)
        #expect(bench.at("AT+CMEE=1;" + String(repeating: ";", count: profile.lineLimit - 7)) == Answers.error)
        #expect(bench.at("AT+CMEE?") == Answers.ok("+CMEE: 0"))
        #expect(bench.send(String(repeating: "AT+CMEE=1;", count: 100_000) + "\r").hasSuffix(Answers.error))
        #expect(bench.at("AT") == Answers.ok)
    }

    @Test("Data are exactly as many bytes as announced, whatever they are") func dataBytes() {
        var bench = Bench()
        let data: [UInt8] = [0, 13, 26, 27, 10, 8, 255, 65]
        #expect(
            bench.at("AT+CCERTDOWN=\"ca.pem\",8", data: data + Array("AT\r".utf8)) == "\r\n>\r\nOK\r\nAT\r\r\nOK\r\n"
        )
        #expect(bench.module.module.files.content(of: Array("ca.pem".utf8)) == data)
        #expect(bench.persisted == [.file(name: Array("ca.pem".utf8), content: data)])
    }

    @Test("With too few data the next command line is swallowed") func tooFewData() {
        var bench = Bench()
        #expect(bench.at("AT+CCERTDOWN=\"ca.pem\",8", data: "abc") == Answers.prompt)
        #expect(bench.pass(.seconds(3600)) == "")
        #expect(bench.send("AT+CSQ\r") == "\r\nOK\r\nQ\r")
    }

    @Test("Data come back where the profile says so") func dataEcho() {
        var bench = Bench(.sim7600)
        #expect(bench.at("AT+CCERTDOWN=\"ca.pem\",3", data: "abc") == "\r\n>abc\r\n\r\nOK\r\n")
        _ = bench.at("ATE0")
        #expect(bench.at("AT+CCERTDOWN=\"ca.pem\",3", data: "abc") == "\r\n>\r\nOK\r\n")
        var profile = Profile.a7600
        profile.dataEcho = .always
        bench = Bench(profile)
        _ = bench.at("ATE0")
        #expect(bench.at("AT+CCERTDOWN=\"ca.pem\",3", data: "abc") == "\r\n>abc\r\n\r\nOK\r\n")
    }

    @Test("Unsolicited lines wait for the end of a data phase") func urcInDataPhase() {
        var bench = Bench.connected()
        #expect(bench.at("AT+CMQTTTOPIC=0,3", data: "ab") == Answers.prompt)
        #expect(bench.deliver(bench.uplink.breakConnection(0, .closedByPeer)) == "")
        #expect(bench.send("c") == Answers.thenError("+CMQTTTOPIC: 0,11") + Answers.urc("+CMQTTCONNLOST: 0,1"))
    }

    @Test("Input before the final result code is kept, 3072 bytes of it") func typeAhead() {
        var bench = Bench { $0.profile.pace = .real }
        #expect(bench.send("AT+CSQ\rAT+CMEE?\r") == "AT+CSQ\r")
        #expect(bench.pass(.milliseconds(20)) == "\r\n+CSQ: 23,0\r\n\r\nOK\r\nAT+CMEE?\r")
        #expect(bench.pass(.milliseconds(20)) == Answers.ok("+CMEE: 2"))
        _ = bench.send("AT\r" + String(repeating: "x", count: 3070) + "AT\r")
        #expect(bench.pass(.seconds(1)).hasSuffix("OK\r\n" + String(repeating: "x", count: 3070) + "AT"))
    }

    @Test(
        "+CME ERROR as number, text or ERROR",
        arguments: [
            ("AT+CMEE=2", "\r\n+CME ERROR: SIM not inserted\r\n"), ("AT+CMEE=1", "\r\n+CME ERROR: 10\r\n"),
            ("AT+CMEE=0", "\r\nERROR\r\n"),
        ]
    )
    func cme(setup: String, expected: String) {
        var bench = Bench { $0.sim = .absent }
        _ = bench.at(setup)
        #expect(bench.at("AT+CPIN?") == expected)
    }

    @Test("A7670 breaks one line less before +CME ERROR") func shortBreak() {
        var bench = Bench(.a7670) { $0.sim = .absent }
        #expect(bench.send("AT+CPIN?\r") == "AT+CPIN?\r\n+CME ERROR: SIM not inserted\r\n")
    }

    @Test("ATV0 gives numbers, ATQ1 none at all") func verbosity() {
        var bench = Bench()
        #expect(bench.send("ATV0\r") == "ATV0\r0\r")
        #expect(bench.send("AT+CSQ\r") == "AT+CSQ\r+CSQ: 23,0\r\n0\r")
        #expect(bench.send("AT+NONSENSE\r") == "AT+NONSENSE\r4\r")
        #expect(bench.send("ATV1\r") == "ATV1\r\r\nOK\r\n")
        #expect(bench.send("ATQ1\r") == "ATQ1\r")
        #expect(bench.send("AT+CSQ\r") == "AT+CSQ\r\r\n+CSQ: 23,0\r\n")
        #expect(bench.send("ATZ\r") == "ATZ\r\r\nOK\r\n")
    }

    @Test("Half a line is echoed after a moment, for people who type") func typing() {
        var bench = Bench()
        #expect(bench.send("AT+C") == "")
        #expect(bench.pass(.milliseconds(50)) == "AT+C")
        #expect(bench.send("SQ\r") == "SQ\r\r\n+CSQ: 23,0\r\n\r\nOK\r\n")
        #expect(bench.pass(.seconds(1)) == "")
    }

    @Test("IPR is answered and remembered; unknown rates are refused") func rate() {
        var bench = Bench()
        #expect(bench.at("AT+IPR?") == Answers.ok("+IPR: 115200"))
        #expect(bench.at("AT+IPR=921600") == Answers.ok)
        #expect(bench.at("AT+IPR?") == Answers.ok("+IPR: 921600"))
        #expect(bench.at("AT+IPR=12345") == "\r\n+CME ERROR: Incorrect parameters\r\n")
    }
}
