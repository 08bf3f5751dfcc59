import A7600
import Testing

@testable import ModemSimulator

@Suite("The flows of chapter 3, at the AT port")
struct FlowTests {
    @Test("9.1 plain") func plain() {
        var bench = Bench()
        _ = bench.send("ATE0\r")
        #expect(bench.at("AT+CMQTTSTART") == "\r\nOK\r\n\r\n+CMQTTSTART: 0\r\n")
        #expect(bench.at("AT+CMQTTACCQ=0,\"client test0\"") == "\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTWILLTOPIC=0,10", data: "0123456789") == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTWILLMSG=0,6,1", data: "qwerty") == "\r\n>\r\nOK\r\n")
        #expect(
            bench.at("AT+CMQTTCONNECT=0,\"tcp://test.mosquitto.org:1883\",60,1")
                == "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n"
        )
        #expect(bench.at("AT+CMQTTSUB=0,9,1", data: "simcommsg") == "\r\n>\r\nOK\r\n\r\n+CMQTTSUB: 0,0\r\n")
        #expect(bench.at("AT+CMQTTTOPIC=0,9", data: "simcommsg") == "\r\n>\r\nOK\r\n")
        let payload = String(repeating: "0123456789", count: 6)
        #expect(bench.at("AT+CMQTTPAYLOAD=0,60", data: payload) == "\r\n>\r\nOK\r\n")
        #expect(
            bench.at("AT+CMQTTPUB=0,1,60")
                == "\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n\r\n+CMQTTRXSTART: 0,9,60\r\n+CMQTTRXTOPIC: 0,9\r\nsimcommsg\r\n"
                + "+CMQTTRXPAYLOAD: 0,60\r\n\(payload)\r\n+CMQTTRXEND: 0\r\n"
        )
        #expect(bench.at("AT+CMQTTSUBTOPIC=0,9,1", data: "123456789") == "\r\n>\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTSUB=0") == "\r\nOK\r\n\r\n+CMQTTSUB: 0,0\r\n")
        #expect(bench.at("AT+CMQTTUNSUB=0,9,0", data: "simcommsg") == "\r\n>\r\nOK\r\n\r\n+CMQTTUNSUB: 0,0\r\n")
        #expect(bench.at("AT+CMQTTDISC=0,120") == "\r\nOK\r\n\r\n+CMQTTDISC: 0,0\r\n")
        #expect(bench.at("AT+CMQTTREL=0") == "\r\nOK\r\n")
        #expect(bench.at("AT+CMQTTSTOP") == "\r\nOK\r\n\r\n+CMQTTSTOP: 0\r\n")
    }
}
