import A7600
import Testing

@testable import ModemSimulator

/// Test and read forms of the MQTT and TLS commands, profile by profile.
@Suite struct CommandFormTests {
    @Test(
        "Test forms of the MQTT commands",
        arguments: [
            ("ACCQ", "+CMQTTACCQ: (0-1),(1-128)[,(0-1)]"),
            ("REL", "+CMQTTREL: (0-1)"),
            ("SSLCFG", "+CMQTTSSLCFG: (0,1),(0-9)"),
            ("WILLTOPIC", "+CMQTTWILLTOPIC: (0-1),(1-1024)"),
            ("WILLMSG", "+CMQTTWILLMSG: (0-1),(1-1024),(0-2)"),
            ("CONNECT", "+CMQTTCONNECT: (0-1),(9-256),(1-64800),(0-1)[,<user_name>,<pass_word>]"),
            ("DISC", "+CMQTTDISC: (0-1),(0, 60-180)"),
            ("TOPIC", "+CMQTTTOPIC: (0-1),(1-1024)"),
            ("PAYLOAD", "+CMQTTPAYLOAD: (0-1),(1-10240)"),
            ("PUB", "+CMQTTPUB: (0-1),(0-2),(60-180),(0-1),(0-1)"),
            ("SUBTOPIC", "+CMQTTSUBTOPIC: (0-1),(1-1024),(0-2)"),
            ("SUB", "+CMQTTSUB: (0-1),(0-1024),(0-2),(0-1)"),
            ("UNSUBTOPIC", "+CMQTTUNSUBTOPIC: (0-1),(1-1024)"),
            ("UNSUB", "+CMQTTUNSUB: (0-1),(0-1024),(0-1)"),
        ]
    )
    func testForms(name: String, line: String) {
        var bench = Bench()
        // Answered in any state of the service.
        #expect(bench.at("AT+CMQTT\(name)=?") == Answers.ok(line))
    }

    @Test(
        "Test forms that other profiles word in their own way",
        arguments: [
            (Profile.a7670, "DISC", "+CMQTTDISC: (0-1),(0,1-180)"),
            (.a7670, "PUB", "+CMQTTPUB: (0-1),(0-2),(1-180),(0-1),(0-1)"),
            (.a7670, "SUB", "+CMQTTSUB: (0-1),(1-1024),(0-2),(0-1)"),
            (.a7670, "UNSUB", "+CMQTTUNSUB: (0-1),(1-1024),(0-1)"),
            (.sim7600, "ACCQ", "+CMQTTACCQ: (0-1),(1-128),(0-1),(3-4)"),
            (.sim7600, "CONNECT", "+CMQTTCONNECT: (0-1),(9-256),(1-64800),(0-1)"),
            (.sim7600, "DISC", "+CMQTTDISC: (0-1),(0,60-180)"),
        ]
    )
    func otherTestForms(profile: Profile, name: String, line: String) {
        var bench = Bench(profile)
        #expect(bench.at("AT+CMQTT\(name)=?") == Answers.ok(line))
    }

    @Test("CMQTTCFG lists the keywords of the profile") func configurationKeywords() {
        var bench = Bench()
        let common = ["+CMQTTCFG: \"checkUTF8\",(0-1),(0-1)", "+CMQTTCFG: \"optimeout\",(0-1),(20-120)"]
        #expect(bench.at("AT+CMQTTCFG=?") == Answers.ok(common[0], common[1]))
        let aliauth = "+CMQTTCFG: \"aliauth\",(0-1),\"productkey\",\"devicename\",\"devicesecret\""
        bench = Bench(.sim7600)
        #expect(bench.at("AT+CMQTTCFG=?") == Answers.ok(common[0], common[1], aliauth))
        bench = Bench(.a7670)
        #expect(
            bench.at("AT+CMQTTCFG=?")
                == Answers.ok(
                    common[0],
                    common[1],
                    aliauth,
                    "+CMQTTCFG: \"version\",(0-1),(3-4)",
                    "+CMQTTCFG: \"argtopic\",(0-1),(0-1)"
                )
        )
    }

    @Test(
        "Read forms of fresh clients",
        arguments: [
            ("ACCQ", Answers.ok("+CMQTTACCQ: 0,\"\",0", "+CMQTTACCQ: 1,\"\",0")),
            ("REL", Answers.ok),
            ("SSLCFG", Answers.ok("+CMQTTSSLCFG: 0,0", "+CMQTTSSLCFG: 1,0")),
            ("CONNECT", Answers.ok("+CMQTTCONNECT: 0", "+CMQTTCONNECT: 1")),
            ("DISC", Answers.ok("+CMQTTDISC: 0,1", "+CMQTTDISC: 1,1")),
            ("CFG", Answers.ok("+CMQTTCFG: 0,1,120", "+CMQTTCFG: 1,1,120")),
            ("WILLTOPIC", Answers.error), ("WILLMSG", Answers.error), ("TOPIC", Answers.error),
            ("PAYLOAD", Answers.error), ("PUB", Answers.error), ("SUBTOPIC", Answers.error), ("SUB", Answers.error),
            ("UNSUBTOPIC", Answers.error), ("UNSUB", Answers.error), ("START", Answers.error), ("STOP", Answers.error),
        ]
    )
    func readForms(name: String, expected: String) {
        var bench = Bench()
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTT\(name)?") == expected)
    }

    @Test("Read forms of connected clients") func readFormsConnected() {
        var bench = Bench()
        _ = bench.at("AT+CMQTTSTART")
        _ = bench.at("AT+CMQTTACCQ=0,\"unit-001\",1")
        _ = bench.at("AT+CMQTTSSLCFG=0,4")
        #expect(bench.at("AT+CMQTTSSLCFG?") == Answers.ok("+CMQTTSSLCFG: 0,4", "+CMQTTSSLCFG: 1,0"))
        _ = bench.at("AT+CMQTTCONNECT=0,\"tcp://broker.example:8883\",60,1,\"user\",\"secret\"")
        #expect(bench.at("AT+CMQTTACCQ?") == Answers.ok("+CMQTTACCQ: 0,\"unit-001\",1", "+CMQTTACCQ: 1,\"\",0"))
        #expect(
            bench.at("AT+CMQTTCONNECT?")
                == Answers.ok(
                    "+CMQTTCONNECT: 0,\"tcp://broker.example:8883\",60,1,\"user\",\"secret\"",
                    "+CMQTTCONNECT: 1"
                )
        )
        #expect(bench.at("AT+CMQTTDISC?") == Answers.ok("+CMQTTDISC: 0,0", "+CMQTTDISC: 1,1"))
    }

    @Test("SUB's read form lists filters where the profile has it") func subscriptionList() {
        var bench = Bench.connected(.a7670)
        #expect(bench.at("AT+CMQTTSUB?") == Answers.ok("+CMQTTSUB:"))
        _ = bench.at("AT+CMQTTSUB=0,3,1", data: "a/b")
        _ = bench.at("AT+CMQTTSUB=0,1,1", data: "c")
        #expect(bench.at("AT+CMQTTSUB?") == Answers.ok("+CMQTTSUB:", "a/b", "c"))
        _ = bench.at("AT+CMQTTUNSUB=0,3,0", data: "a/b")
        #expect(bench.at("AT+CMQTTSUB?") == Answers.ok("+CMQTTSUB:", "c"))
    }

    @Test(
        "Before START everything but START, STOP and test forms is an error",
        arguments: [
            "ACCQ=0,\"c\"", "ACCQ?", "REL=0", "REL?", "SSLCFG=0,0", "SSLCFG?", "WILLTOPIC=0,1", "WILLMSG=0,1,0",
            "CONNECT=0,\"tcp://b:1\",1,1", "CONNECT?", "DISC=0,60", "DISC?", "TOPIC=0,1", "PAYLOAD=0,1", "PUB=0,0,60",
            "SUBTOPIC=0,1,0", "SUB=0", "SUB=0,1,0", "UNSUBTOPIC=0,1", "UNSUB=0,0", "CFG=\"checkUTF8\",0,1", "CFG?",
            "STOP", "START?", "START=?", "STOP=?", "START=1",
        ]
    )
    func beforeStart(form: String) {
        var bench = Bench()
        #expect(bench.at("AT+CMQTT\(form)") == Answers.error)
    }

    @Test("Firmware without MQTT knows none of its commands", arguments: ["START", "STOP", "ACCQ=?", "ACCQ?", "REL=0"])
    func absent(form: String) {
        var profile = Profile.a7600
        profile.mqttAbsent = true
        var bench = Bench(profile)
        #expect(bench.at("AT+CMQTT\(form)") == Answers.error)
    }

    @Test("CSSLCFG lists its keywords, profile by profile") func tlsKeywords() {
        let common = [
            "+CSSLCFG: \"sslversion\",(0-9),(0-4)", "+CSSLCFG: \"authmode\",(0-9),(0-3)",
            "+CSSLCFG: \"ignorelocaltime\",(0-9),(0,1)", "+CSSLCFG: \"negotiatetime\",(0-9),(10-300)",
        ]
        let names = ["cacert", "clientcert", "clientkey"]
        func expected(_ limit: Int, _ tail: [String]) -> String {
            let files = names.map { "+CSSLCFG: \"\($0)\",(0-9),(5-\(limit))" }
            return Answers.block(common + files + tail) + Answers.ok
        }
        var bench = Bench()
        let tail = ["+CSSLCFG: \"password\",(0-9),(5-108)", "+CSSLCFG: \"enableSNI\",(0-9),(0,1)"]
        #expect(bench.at("AT+CSSLCFG=?") == expected(108, tail))
        bench = Bench(.sim7600)
        let otherTail = [
            "+CSSLCFG: \"enableSNI\",(0-9),(0,1)", "+CSSLCFG: \"keypwd\",(0-9),(0-128)",
            "+CSSLCFG: \"ciphersuites\",(0-9),(0x002F,0Xffff)",
        ]
        #expect(bench.at("AT+CSSLCFG=?") == expected(128, otherTail))
    }
}
