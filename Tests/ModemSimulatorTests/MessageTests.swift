import A7600
import ATProtocol
import Testing

@testable import ModemSimulator

/// Received messages on the line (`a7600.md` section 4).
@Suite struct MessageTests {
    private func received(_ profile: Profile = .a7600, topic: String, payload: String) -> String {
        var bench = Bench.connected(profile)
        return bench.deliver([.message(client: 0, UplinkMessage(topic, payload, qos: 0))])
    }

    @Test("The message of a real module, byte by byte") func exact() {
        let block = received(topic: "$PERSISTENCE/configDn/8212345678100001", payload: "{\"boardType\":0}")
        #expect(block.utf8.count == 143)
        #expect(
            block == "\r\n+CMQTTRXSTART: 0,38,15\r\n+CMQTTRXTOPIC: 0,38\r\n$PERSISTENCE/configDn/8212345678100001\r\n"
                + "+CMQTTRXPAYLOAD: 0,15\r\n{\"boardType\":0}\r\n+CMQTTRXEND: 0\r\n"
        )
    }

    @Test("SIM7600 puts an empty line before each part") func blank() {
        #expect(
            received(.sim7600, topic: "test1z", payload: "payload")
                == "\r\n+CMQTTRXSTART: 0,6,7\r\n\r\n+CMQTTRXTOPIC: 0,6\r\ntest1z\r\n\r\n+CMQTTRXPAYLOAD: 0,7\r\npayload\r\n"
                + "\r\n+CMQTTRXEND: 0\r\n"
        )
    }

    @Test("Parts above 1500 bytes come in pieces") func split() {
        let payload = String(repeating: "p", count: 1520)
        #expect(
            received(topic: "t", payload: payload)
                == "\r\n+CMQTTRXSTART: 0,1,1520\r\n+CMQTTRXTOPIC: 0,1\r\nt\r\n+CMQTTRXPAYLOAD: 0,1500\r\n"
                + String(repeating: "p", count: 1500) + "\r\n+CMQTTRXPAYLOAD: 0,20\r\n"
                + String(repeating: "p", count: 20) + "\r\n+CMQTTRXEND: 0\r\n"
        )
        var profile = Profile.a7600
        profile.rxSplit = 2
        #expect(
            received(profile, topic: "abc", payload: "d")
                == "\r\n+CMQTTRXSTART: 0,3,1\r\n+CMQTTRXTOPIC: 0,2\r\nab\r\n+CMQTTRXTOPIC: 0,1\r\nc\r\n"
                + "+CMQTTRXPAYLOAD: 0,1\r\nd\r\n+CMQTTRXEND: 0\r\n"
        )
    }

    @Test("An empty payload has no line of its own") func empty() {
        #expect(
            received(topic: "t", payload: "")
                == "\r\n+CMQTTRXSTART: 0,1,0\r\n+CMQTTRXTOPIC: 0,1\r\nt\r\n+CMQTTRXEND: 0\r\n"
        )
    }

    @Test("Messages above the limits are not reported") func tooLong() {
        #expect(received(topic: "t", payload: String(repeating: "p", count: 10_241)) == "")
        #expect(received(topic: String(repeating: "t", count: 1025), payload: "p") == "")
        #expect(received(topic: "t", payload: String(repeating: "p", count: 10_240)) != "")
    }

    @Test("Messages wait for the end of a data phase, and come between OK and a result") func places() {
        var bench = Bench.connected(clients: 2)
        _ = bench.at("AT+CMQTTSUB=0,1,0", data: "m")
        _ = bench.at("AT+CMQTTTOPIC=1,3")
        #expect(bench.deliver(bench.uplink.publish(UplinkMessage("m", "", qos: 0))) == "")
        let block = "\r\n+CMQTTRXSTART: 0,1,0\r\n+CMQTTRXTOPIC: 0,1\r\nm\r\n+CMQTTRXEND: 0\r\n"
        #expect(bench.send("abc") == Answers.ok + block)
        bench.uplink.leaveUnanswered(.publish)
        #expect(bench.at("AT+CMQTTPUB=1,1,60") == Answers.ok)
        #expect(bench.deliver(bench.uplink.publish(UplinkMessage("m", "", qos: 0))) == block)
        guard case .publish(_, let token, _)? = bench.requests.last else { return #expect(Bool(false)) }
        #expect(bench.deliver([.published(client: 1, token: token, nil)]) == Answers.urc("+CMQTTPUB: 1,0"))
    }

    @Test("With subRetainedEarly retained messages come before the result of SUB") func retainedEarly() {
        var profile = Profile.a7600
        profile.subRetainedEarly = true
        var bench = Bench.connected(profile)
        _ = bench.deliver(bench.uplink.publish(UplinkMessage("r", "kept", qos: 0, retain: true)))
        #expect(bench.at("AT+CMQTTSUB=0,1,0", data: "r").hasSuffix("\r\n+CMQTTRXEND: 0\r\n"))
        #expect(bench.pass(.milliseconds(20)) == Answers.urc("+CMQTTSUB: 0,0"))
    }

    @Test("With busyDuringRx a client is busy while its message takes the line") func busy() {
        var profile = Profile.a7600
        profile.busyDuringRx = true
        var bench = Bench.connected(profile)
        _ = bench.deliver([.message(client: 0, UplinkMessage("t", String(repeating: "p", count: 1000), qos: 0))])
        #expect(bench.at("AT+CMQTTTOPIC=0,1") == Answers.thenError("+CMQTTTOPIC: 0,14"))
        _ = bench.pass(.milliseconds(100))
        #expect(bench.at("AT+CMQTTTOPIC=0,1") == Answers.prompt)
    }
}
