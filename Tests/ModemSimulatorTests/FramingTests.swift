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
}
