import A7600
import Testing

@testable import ModemSimulator

/// What the MQTT commands refuse, with which code, and in which order they check (`a7600.md` 2.0).
@Suite struct MQTTRuleTests {
    @Test(
        "Syntax comes before everything else",
        arguments: [
            "ACCQ=0", "ACCQ=\"0\",\"c\"", "ACCQ=0,1,1", "ACCQ=5,c", "ACCQ=0,\"c\",0,3", "ACCQ=", "REL=", "REL=0,1",
            "REL=x", "REL=-1", "WILLTOPIC=0", "WILLTOPIC=0,1,1", "WILLMSG=0,1", "CONNECT=0,\"tcp://b:1\",60",
            "CONNECT=0,tcp://b:1,60,1", "CONNECT=0,\"tcp://b:1\",60,1,user", "CONNECT=0,\"tcp://b:1\",60,1,,\"p\"",
            "CONNECT=0,\"tcp://b:1\",60,1,\"u\",\"p\",1", "DISC=0", "DISC=0,60,1", "TOPIC=0", "TOPIC=0,1,1",
            "PAYLOAD=0", "PUB=0,0", "PUB=0", "PUB=0,0,60,0,0,0", "SUBTOPIC=0,1", "SUB=", "SUB=0,1,0,0,0",
            "UNSUBTOPIC=0",
            "UNSUB=0", "UNSUB=0,1,0,0", "SSLCFG=0", "SSLCFG=0,10", "SSLCFG=2,0", "TOPIC", "PUB", "SUB", "REL",
        ]
    )
    func syntax(form: String) {
        var bench = Bench()
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTT\(form)") == Answers.error)
    }

    @Test(
        "An index other than 0 or 1 is code 10, with the index as given",
        arguments: [
            "ACCQ=2,\"\"", "REL=2", "WILLTOPIC=2,0", "WILLMSG=2,0,9", "CONNECT=2,\"x\",0,9", "DISC=2,1", "TOPIC=2,0",
            "PAYLOAD=2,0", "PUB=2,9,1", "SUBTOPIC=2,0,9", "SUB=2", "SUB=2,0,9", "UNSUBTOPIC=2,0", "UNSUB=2,0",
            "UNSUB=2,0,9",
        ]
    )
    func index(form: String) {
        var bench = Bench()
        _ = bench.at("AT+CMQTTSTART")
        let name = form.prefix { $0 != "=" }
        #expect(bench.at("AT+CMQTT\(form)") == Answers.thenError("+CMQTT\(name): 2,10"))
    }

    @Test(
        "A client that is not acquired is code 20",
        arguments: [
            "REL=0", "WILLTOPIC=0,0", "WILLMSG=0,0,9", "CONNECT=0,\"x\",0,9", "DISC=0,1", "TOPIC=0,0", "PAYLOAD=0,0",
            "PUB=0,9,1", "SUBTOPIC=0,0,9", "SUB=0", "SUB=0,0,9", "UNSUBTOPIC=0,0", "UNSUB=0,0", "UNSUB=0,0,9",
        ]
    )
    func notAcquired(form: String) {
        var bench = Bench()
        _ = bench.at("AT+CMQTTSTART")
        let name = form.prefix { $0 != "=" }
        #expect(bench.at("AT+CMQTT\(form)") == Answers.thenError("+CMQTT\(name): 0,20"))
    }

    @Test(
        "A client that is not connected is code 11",
        arguments: [
            "DISC=0,1", "TOPIC=0,0", "PAYLOAD=0,0", "PUB=0,9,1", "SUBTOPIC=0,0,9", "SUB=0", "SUB=0,0,9",
            "UNSUBTOPIC=0,0", "UNSUB=0,0", "UNSUB=0,0,9",
        ]
    )
    func notConnected(form: String) {
        var bench = Bench()
        bench.startAndAcquire()
        let name = form.prefix { $0 != "=" }
        #expect(bench.at("AT+CMQTT\(form)") == Answers.thenError("+CMQTT\(name): 0,11"))
    }

    @Test(
        "Lengths are code 22, other values 12, lengths first",
        arguments: [
            ("WILLTOPIC=0,0", 22), ("WILLTOPIC=0,1025", 22), ("WILLTOPIC=0,99999999999999999999", 22),
            ("WILLMSG=0,0,9", 22), ("WILLMSG=0,1025,0", 22), ("WILLMSG=0,1,3", 12), ("TOPIC=0,0", 22),
            ("TOPIC=0,1025", 22), ("PAYLOAD=0,0", 22), ("PAYLOAD=0,10241", 22), ("PUB=0,3,60", 12), ("PUB=0,0,59", 12),
            ("PUB=0,0,181", 12), ("PUB=0,0,60,2", 12), ("PUB=0,0,60,0,2", 12), ("PUB=0,0,60", 18),
            ("SUBTOPIC=0,0,9", 22),
            ("SUBTOPIC=0,1025,0", 22), ("SUBTOPIC=0,1,3", 12), ("SUB=0", 18), ("SUB=0,1", 18), ("SUB=0,9", 12),
            ("SUB=0,0,0", 22), ("SUB=0,1025,0", 22), ("SUB=0,1,3", 12), ("SUB=0,1,0,2", 12), ("UNSUBTOPIC=0,0", 22),
            ("UNSUB=0,0", 18), ("UNSUB=0,9", 12), ("UNSUB=0,0,9", 22), ("UNSUB=0,1,2", 12), ("DISC=0,1", 12),
            ("DISC=0,59", 12), ("DISC=0,181", 12), ("CONNECT=0,\"x\",0,9", 13), ("REL=0", 14),
        ]
    )
    func values(form: String, code: Int) {
        var bench = Bench.connected()
        let name = form.prefix { $0 != "=" }
        #expect(bench.at("AT+CMQTT\(form)") == Answers.thenError("+CMQTT\(name): 0,\(code)"))
    }

    @Test(
        "What CONNECT refuses at once",
        arguments: [
            ("\"tcp://b:\",0,9", 22), ("\"tcp://\(String(repeating: "b", count: 251))\",60,1", 22),
            ("\"http://b:1\",60,1", 12), ("\"mqtts://broker\",60,1", 12), ("\"tcp://b:99999\",60,1", 12),
            ("\"tcp://:1883\",60,1", 12), ("\"tcp://b:1\",0,1", 12), ("\"tcp://b:1\",64801,1", 12),
            ("\"tcp://b:1\",60,2", 12), ("\"tcp://b:1\",60,1,\"\"", 22),
            ("\"tcp://b:1\",60,1,\"u\",\"\(String(repeating: "p", count: 257))\"", 22),
        ]
    )
    func connectValues(arguments: String, code: Int) {
        var bench = Bench()
        bench.startAndAcquire()
        #expect(bench.at("AT+CMQTTCONNECT=0,\(arguments)") == Answers.thenError("+CMQTTCONNECT: 0,\(code)"))
        #expect(bench.requests.isEmpty)
    }

    @Test("ACCQ checks length, type, use and UTF-8") func acquire() {
        var bench = Bench()
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTTACCQ=0,\"\"") == Answers.thenError("+CMQTTACCQ: 0,22"))
        let long = String(repeating: "c", count: 129)
        #expect(bench.at("AT+CMQTTACCQ=0,\"\(long)\"") == Answers.thenError("+CMQTTACCQ: 0,22"))
        #expect(bench.at("AT+CMQTTACCQ=0,\"c\",2") == Answers.thenError("+CMQTTACCQ: 0,12"))
        #expect(
            bench.send([0x41, 0x54] + Array("+CMQTTACCQ=0,\"".utf8) + [0xFF] + Array("\"\r".utf8)).hasSuffix(
                Answers.thenError("+CMQTTACCQ: 0,2")
            )
        )
        #expect(bench.at("AT+CMQTTACCQ=0,\"\(long.dropLast())\"") == Answers.ok)
        #expect(bench.at("AT+CMQTTACCQ=0,\"other\"") == Answers.thenError("+CMQTTACCQ: 0,19"))
        #expect(bench.at("AT+CMQTTACCQ=1,\"other\",1") == Answers.ok)
    }

    @Test("START and STOP in the wrong state") func service() {
        var bench = Bench()
        #expect(bench.at("AT+CMQTTSTOP") == Answers.error)
        #expect(bench.at("AT+CMQTTSTART") == Answers.okThen("+CMQTTSTART: 0"))
        #expect(bench.at("AT+CMQTTSTART") == Answers.error)
        _ = bench.at("AT+CMQTTACCQ=1,\"c\"")
        #expect(bench.at("AT+CMQTTSTOP") == Answers.okThen("+CMQTTSTOP: 21"))
        _ = bench.at("AT+CMQTTREL=1")
        #expect(bench.at("AT+CMQTTSTOP") == Answers.okThen("+CMQTTSTOP: 0"))
        bench = Bench(.sim7600)
        #expect(bench.at("AT+CMQTTSTOP") == Answers.thenError("+CMQTTSTOP: 9"))
        #expect(bench.at("AT+CMQTTSTART") == Answers.thenOK("+CMQTTSTART: 0"))
        #expect(bench.at("AT+CMQTTSTART") == Answers.thenError("+CMQTTSTART: 23"))
        _ = bench.at("AT+CMQTTACCQ=1,\"c\"")
        #expect(bench.at("AT+CMQTTSTOP") == Answers.thenError("+CMQTTSTOP: 21"))
        #expect(bench.at("AT+CMQTTREL=0") == Answers.ok)
        _ = bench.at("AT+CMQTTREL=1")
        #expect(bench.at("AT+CMQTTSTOP") == Answers.thenOK("+CMQTTSTOP: 0"))
        bench = Bench(.a7670)
        _ = bench.at("AT+CMQTTSTART")
        _ = bench.at("AT+CMQTTACCQ=1,\"c\"")
        #expect(bench.at("AT+CMQTTSTOP") == Answers.thenError("+CMQTTSTOP: 21"))
    }

    @Test("START without registration is code 7, in the profile's order") func startWithoutNetwork() {
        for (profile, expected) in [
            (Profile.a7600, Answers.okThen("+CMQTTSTART: 7")), (.a7670, Answers.okThen("+CMQTTSTART: 7")),
            (.sim7600, Answers.thenError("+CMQTTSTART: 7")),
        ] {
            var bench = Bench(profile) { $0.sim = .absent }
            #expect(bench.at("AT+CMQTTSTART") == expected)
            #expect(bench.at("AT+CMQTTACCQ?") == Answers.error)
        }
    }

    @Test("CMQTTCFG refuses without a code, on SIM7600 with one and OK") func configure() {
        for (profile, refusal) in [
            (Profile.a7600, { (_: Int, _: Int) in Answers.error }), (.a7670, { _, _ in Answers.error }),
            (.sim7600, { Answers.thenOK("+CMQTTCFG: \($0),\($1)") }),
        ] {
            var bench = Bench(profile)
            _ = bench.at("AT+CMQTTSTART")
            #expect(bench.at("AT+CMQTTCFG=\"checkUTF8\",2,0") == refusal(2, 10))
            #expect(bench.at("AT+CMQTTCFG=\"checkUTF8\",0,0") == refusal(0, 20))
            _ = bench.at("AT+CMQTTACCQ=0,\"c\"")
            #expect(bench.at("AT+CMQTTCFG=\"checkUTF8\",0,2") == refusal(0, 12))
            #expect(bench.at("AT+CMQTTCFG=\"optimeout\",0,19") == refusal(0, 12))
            #expect(bench.at("AT+CMQTTCFG=\"optimeout\",0,121") == refusal(0, 12))
            #expect(bench.at("AT+CMQTTCFG=\"checkutf8\",0,0") == Answers.error)
            #expect(bench.at("AT+CMQTTCFG=\"aliauth\",0,1") == Answers.error)
            #expect(bench.at("AT+CMQTTCFG=\"checkUTF8\",0,0") == Answers.ok)
            #expect(bench.at("AT+CMQTTCFG=\"optimeout\",0,20") == Answers.ok)
            #expect(bench.at("AT+CMQTTCFG?") == Answers.ok("+CMQTTCFG: 0,0,20", "+CMQTTCFG: 1,1,120"))
            bench.connect()
            #expect(bench.at("AT+CMQTTCFG=\"checkUTF8\",0,1") == refusal(0, 13))
            _ = bench.at("AT+CMQTTDISC=0,60")
            _ = bench.at("AT+CMQTTREL=0")
            _ = bench.at("AT+CMQTTACCQ=0,\"c\"")
            #expect(bench.at("AT+CMQTTCFG?") == Answers.ok("+CMQTTCFG: 0,1,120", "+CMQTTCFG: 1,1,120"))
        }
    }

    @Test("The MQTT version goes where the profile can choose it") func version() {
        var bench = Bench()
        bench.startAndAcquire()
        #expect(bench.at("AT+CMQTTCFG=\"version\",0,4") == Answers.error)
        bench.connect()
        #expect(bench.uplink.connections[0]?.version == 3)
        bench = Bench(.a7670)
        bench.startAndAcquire()
        #expect(bench.at("AT+CMQTTCFG=\"version\",0,4") == Answers.ok)
        bench.connect()
        #expect(bench.uplink.connections[0]?.version == 4)
        bench = Bench(.sim7600)
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTTACCQ=0,\"c\",0,5") == Answers.thenError("+CMQTTACCQ: 0,12"))
        #expect(bench.at("AT+CMQTTACCQ=0,\"c\",0,4") == Answers.ok)
        bench.connect()
        #expect(bench.uplink.connections[0]?.version == 4)
    }

    @Test("Data that are not UTF-8 are code 2 after the last byte, and nothing is stored") func utf8() {
        var bench = Bench.connected()
        #expect(bench.at("AT+CMQTTTOPIC=0,2", data: [0xC3, 0x28]) == "\r\n>" + Answers.thenError("+CMQTTTOPIC: 0,2"))
        #expect(bench.at("AT+CMQTTTOPIC=0,2", data: [0x61, 0x00]) == "\r\n>" + Answers.thenError("+CMQTTTOPIC: 0,2"))
        #expect(bench.at("AT+CMQTTPUB=0,0,60") == Answers.thenError("+CMQTTPUB: 0,18"))
        #expect(bench.at("AT+CMQTTPAYLOAD=0,1", data: [0xFF]) == "\r\n>" + Answers.thenError("+CMQTTPAYLOAD: 0,2"))
        #expect(bench.at("AT+CMQTTPAYLOAD=0,1", data: [0x00]) == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTSUB=0,1,0", data: [0xFF]) == "\r\n>" + Answers.thenError("+CMQTTSUB: 0,2"))
        #expect(bench.at("AT+CMQTTWILLTOPIC=0,1", data: [0xFF]) == "\r\n>" + Answers.thenError("+CMQTTWILLTOPIC: 0,2"))
        var profile = Profile.a7600
        profile.utf8Payload = false
        bench = Bench.connected(profile)
        #expect(bench.at("AT+CMQTTPAYLOAD=0,1", data: [0xFF]) == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTTOPIC=0,1", data: [0xFF]) == "\r\n>" + Answers.thenError("+CMQTTTOPIC: 0,2"))
    }

    @Test("A busy client is code 14; the other client is not") func busy() {
        var bench = Bench.connected(clients: 2)
        _ = bench.at("AT+CMQTTTOPIC=0,1", data: "a")
        bench.uplink.leaveUnanswered(.publish)
        #expect(bench.at("AT+CMQTTPUB=0,1,60") == Answers.ok)
        #expect(bench.at("AT+CMQTTTOPIC=0,1") == Answers.thenError("+CMQTTTOPIC: 0,14"))
        #expect(bench.at("AT+CMQTTDISC=0,60") == Answers.thenError("+CMQTTDISC: 0,14"))
        #expect(bench.at("AT+CMQTTREL=0") == Answers.thenError("+CMQTTREL: 0,14"))
        #expect(bench.at("AT+CMQTTTOPIC=1,1", data: "b") == "\r\n>\r\nOK\r\n")
        #expect(bench.pass(.seconds(59)) == "")
        #expect(bench.pass(.seconds(1)) == Answers.urc("+CMQTTPUB: 0,17"))
        #expect(bench.at("AT+CMQTTTOPIC=0,1", data: "a") == "\r\n>\r\nOK\r\n")
    }

    @Test("Queues hold 10 filters and 5120 bytes") func queueLimits() {
        var bench = Bench.connected()
        for _ in 0..<10 { #expect(bench.at("AT+CMQTTSUBTOPIC=0,1,0", data: "a") == "\r\n>\r\nOK\r\n") }
        #expect(bench.at("AT+CMQTTSUBTOPIC=0,1,0") == Answers.thenError("+CMQTTSUBTOPIC: 0,22"))
        let long = String(repeating: "x", count: 1024)
        for _ in 0..<5 { #expect(bench.at("AT+CMQTTUNSUBTOPIC=0,1024", data: long) == "\r\n>\r\nOK\r\n") }
        #expect(bench.at("AT+CMQTTUNSUBTOPIC=0,1") == Answers.thenError("+CMQTTUNSUBTOPIC: 0,22"))
        #expect(bench.at("AT+CMQTTSUB=0") == Answers.okThen("+CMQTTSUB: 0,0"))
        #expect(bench.at("AT+CMQTTSUB=0") == Answers.thenError("+CMQTTSUB: 0,18"))
    }

    @Test("Wildcards in a publish and malformed filters are code 12") func topics() {
        var bench = Bench.connected()
        _ = bench.at("AT+CMQTTTOPIC=0,3", data: "a/#")
        #expect(bench.at("AT+CMQTTPUB=0,0,60") == Answers.thenError("+CMQTTPUB: 0,12"))
        for filter in ["a#", "a/#/b", "+a"] {
            #expect(
                bench.at("AT+CMQTTSUB=0,\(filter.utf8.count),0", data: filter)
                    == "\r\n>" + Answers.thenError("+CMQTTSUB: 0,12")
            )
        }
    }

    @Test("Firmware without SUBTOPIC answers ERROR to all its forms") func subtopicUnsupported() {
        var profile = Profile.a7600
        profile.subtopicSupported = false
        var bench = Bench.connected(profile)
        #expect(bench.at("AT+CMQTTSUBTOPIC=?") == Answers.error)
        #expect(bench.at("AT+CMQTTSUBTOPIC=0,21,0") == Answers.error)
        #expect(bench.at("AT+CMQTTTOPIC=0,1", data: "a") == "\r\n>\r\nOK\r\n")
    }
}
