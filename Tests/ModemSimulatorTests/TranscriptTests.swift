import A7600
import Testing

@testable import ModemSimulator

/// The dialects of real modules, as their logs show them.
@Suite struct TranscriptTests {
    @Test("SIM7600EI: the result of START stands before its OK, that of CONNECT behind it") func mutualTLS() {
        var bench = Bench(.sim7600)
        _ = bench.send("ATE0\r")
        #expect(bench.at("AT+CGMM") == Answers.ok("SIMCOM_SIM7600G"))
        #expect(bench.at("AT+NETOPEN") == Answers.okThen("+NETOPEN: 0"))
        #expect(bench.at("AT+CMQTTSTART") == Answers.thenOK("+CMQTTSTART: 0"))
        #expect(bench.at("AT+CMQTTACCQ=0,\"SIMCom_client01\",1") == Answers.ok)
        #expect(bench.at("AT+CMQTTSSLCFG=0,0") == Answers.ok)
        #expect(
            bench.at("AT+CMQTTCONNECT=0,\"tcp://x.amazonaws.com:8883\",60,1") == Answers.okThen("+CMQTTCONNECT: 0,0")
        )
        #expect(bench.at("AT+CMQTTSUBTOPIC=0,31,1", data: "aws/things/simcom7600_device01\r") == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTSUB=0") == Answers.okThen("+CMQTTSUB: 0,0"))
    }

    @Test("SIM7600EI: a publish that the policy forbids is 6, then the connection is lost") func forbidden() {
        var bench = Bench.connected(.sim7600)
        _ = bench.at("AT+CMQTTTOPIC=0,3", data: "pub")
        bench.uplink.leaveUnanswered(.publish)
        #expect(bench.at("AT+CMQTTPUB=0,1,60") == Answers.ok)
        #expect(
            bench.deliver(bench.uplink.breakConnection(0, .closedByPeer))
                == Answers.urc("+CMQTTPUB: 0,6") + Answers.urc("+CMQTTCONNLOST: 0,1")
        )
    }

    @Test("A7670G: REL without a client, the read form of DISC, no data echo") func a7670g() {
        var bench = Bench(.a7670)
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.send("AT+CMQTTREL=0\r") == "AT+CMQTTREL=0\r" + Answers.thenError("+CMQTTREL: 0,20"))
        _ = bench.at("AT+CMQTTACCQ=0,\"MyDevice\",1")
        #expect(bench.at("AT+CMQTTCFG=\"version\",0,4") == Answers.ok)
        let user = "x.azure-devices.net/MyDevice/?api-version=2021-04-12"
        let token = "SharedAccessSignature sr=x.azure-devices.net%2Fdevices%2FMyDevice&sig=z&se=1755875053"
        #expect(
            bench.at("AT+CMQTTCONNECT=0,\"tcp://x.azure-devices.net:8883\",60,1,\"\(user)\",\"\(token)\"")
                == Answers.okThen("+CMQTTCONNECT: 0,0")
        )
        #expect(bench.at("AT+CMQTTDISC?") == Answers.ok("+CMQTTDISC: 0,0", "+CMQTTDISC: 1,1"))
        #expect(
            bench.at("AT+CMQTTSUB=0,39,0,0", data: "devices/MyDevice/messages/devicebound/#")
                == "\r\n>" + Answers.okThen("+CMQTTSUB: 0,0")
        )
    }

    @Test("SIM7670G: typed data come back, SUBTOPIC is unknown") func sim7670g() {
        var profile = Profile.a7670
        profile.dataEcho = .always
        profile.subtopicSupported = false
        var bench = Bench.connected(profile)
        #expect(bench.at("AT+CMQTTSUBTOPIC=0,21,0") == Answers.error)
        #expect(
            bench.at("AT+CMQTTTOPIC=0,19", data: "GsmMqttTest/publish") == "\r\n>GsmMqttTest/publish\r\n" + Answers.ok
        )
        #expect(bench.at("AT+CMQTTPUB=0,0,60,0,0") == Answers.okThen("+CMQTTPUB: 0,0"))
    }

    @Test("SIM7600G: a failed negotiation is 32 behind OK; spaces behind commas are taken") func sim7600g() {
        var bench = Bench(.sim7600)
        #expect(bench.at("AT+CSSLCFG=\"ignorelocaltime\", 0, 1") == Answers.ok)
        #expect(bench.at("AT+CSSLCFG=\"ciphersuites\", 0, 0xFFFF") == Answers.ok)
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTTREL=0") == Answers.ok)
        _ = bench.at("AT+CMQTTACCQ=0,\"device_002\",1")
        bench.uplink.fail(.connect, with: .negotiation)
        #expect(
            bench.at("AT+CMQTTCONNECT=0,\"tcp://b-devices.net:8883\", 60, 1, \"b/device_002\", \"secret\"")
                == Answers.okThen("+CMQTTCONNECT: 0,32")
        )
    }

    @Test("SIM7600: START twice is 23") func startTwice() {
        var bench = Bench(.sim7600)
        _ = bench.at("AT+CMQTTSTART")
        #expect(bench.at("AT+CMQTTSTART") == Answers.thenError("+CMQTTSTART: 23"))
    }

    @Test("A7670: START failing with 1 behind OK") func startFails() throws {
        var bench = try Bench.withFaults("result=1@AT+CMQTTSTART", profile: .a7670)
        #expect(bench.at("AT+CMQTTSTART") == Answers.okThen("+CMQTTSTART: 1"))
    }

    @Test("SIM7600CE: the byte counts of a host program") func byteCounts() {
        var profile = Profile.sim7600
        profile.startOrder = .okThenResult
        var bench = Bench(profile)
        #expect(bench.send("ATE0\r").utf8.count == 11)
        #expect(bench.send("AT+CICCID\r").utf8.count == 38)
        #expect(bench.send("AT+CMQTTSTART\r").utf8.count == 24)
        #expect(bench.send("AT+CMQTTACCQ=0,\"WM_xxxxxxxxxxxxxxxxxxxx\"\r").utf8.count == 6)
        #expect(bench.send("AT+CMQTTWILLTOPIC=0,13\r").utf8.count == 3)
        #expect(bench.send("/root_offline").utf8.count == 6)
        #expect(bench.send("AT+CMQTTCONNECT=0,\"tcp://faye.weixinxk.net:1883\",60,1\r").utf8.count == 28)
        #expect(bench.send("AT+CMQTTSUB=0,23,1,0\r") == "\r\n>")
        #expect(bench.send("WM_xxxxxxxxxxxxxxxxxxxx\r\n").utf8.count == 24)
        #expect(bench.send("AT+CMQTTTOPIC=0,12\r") == "\r\n>")
        #expect(bench.send("/root_online\r\n").utf8.count == 6)
        #expect(bench.send("AT+CMQTTPAYLOAD=0,24\r") == "\r\n>")
        #expect(bench.send("WM_xxxxxxxxxxxxxxxxxxxx\r\n").utf8.count == 6)
        #expect(bench.send("AT+CMQTTPUB=0,1,60\r").utf8.count == 24)
    }

    @Test("A7670E: an address that cannot be reached is a result and ERROR, and CONNECT may follow at once")
    func unreachable() {
        var bench = Bench(.a7670)
        bench.uplink.reachable = []
        bench.startAndAcquire()
        #expect(bench.at("AT+CMQTTCFG=\"argtopic\",0,1,1") == Answers.ok)
        for address in ["tcp://192.168.43.128:1883", "tcp://192.168.43.128"] {
            #expect(bench.at("AT+CMQTTCONNECT=0,\"\(address)\",20,1") == Answers.thenError("+CMQTTCONNECT: 0,3"))
        }
    }
}
