import A7600
import Testing

@testable import MoonwireCommands

/// What `moonwire sim --log` shows of a line that carries secrets.
@Suite struct LogRedactionTests {
    private static let password = "hunter2-and-more"

    /// A dialogue in pieces of `size` bytes, as a slow line gives them.
    private static func log(_ dialogue: [(fromHost: Bool, text: String)], pieces size: Int) -> String {
        var redaction = LogRedaction(profile: .a7600)
        var shown: [UInt8] = []
        for (isFromHost, text) in dialogue {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(size))
                rest = rest.dropFirst(size)
                if isFromHost {
                    shown += redaction.fromHost(piece)
                } else {
                    shown += redaction.begun() + redaction.toHost(piece)
                }
            }
        }
        return String(decoding: shown, as: UTF8.self)
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `a password is masked in the command, its echo and the answer that repeats it`(size: Int) {
        let connect = "AT+CMQTTCONNECT=0,\"tcp://b.example:1883\",60,1,\"u\",\"\(Self.password)\"\r"
        let text = Self.log(
            [
                (true, connect), (false, "\(connect)\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n"),
                (true, "AT+CMQTTCONNECT?\r"),
                (false, "\r\n+CMQTTCONNECT: 0,\"tcp://b.example:1883\",60,1,\"u\",\"\(Self.password)\"\r\n\r\nOK\r\n"),
            ],
            pieces: size
        )
        #expect(!text.contains("hunter2"))
        #expect(text.contains("AT+CMQTTCONNECT=0,\"tcp://b.example:1883\",60,1,\"*\",\"****************\"\r"))
        #expect(text.contains("+CMQTTCONNECT: 0,0\r\n"))
        #expect(text.contains("+CMQTTCONNECT: 0,\"tcp://b.example:1883\",60,1,"))
    }

    @Test(arguments: [1, 5, 1000])
    func `a key is told by its size, and its lines are masked where the module repeats them`(size: Int) {
        let line = "MIIEpAIBAAKCAQEAxyz0123456789abcdef"
        let key = "-----BEGIN RSA PRIVATE KEY-----\n\(line)\n-----END RSA PRIVATE KEY-----\n"
        let download = "AT+CCERTDOWN=\"k.pem\",\(key.utf8.count)\r"
        let text = Self.log(
            [(true, download), (false, "\(download)\r\n>"), (true, key), (false, "\(key)\r\nOK\r\n"), (true, "AT\r")],
            pieces: size
        )
        #expect(!text.contains("MIIE"))
        #expect(text.contains("\(download)"))
        #expect(text.contains("<\(key.utf8.count) secret bytes>"))
        #expect(text.hasSuffix("\r\nOK\r\nAT\r"))
    }

    @Test func `data that the module refuses are not waited for, and a payload is shown`() {
        let text = Self.log(
            [
                (true, "AT+CMQTTTOPIC=0,3\r"), (false, "\r\n+CMQTTTOPIC: 0,11\r\n\r\nERROR\r\n"), (true, "AT+CSQ\r"),
                (true, "AT+CMQTTPAYLOAD=0,5\r"), (false, "\r\n>"), (true, "hello"), (false, "\r\nOK\r\n"),
            ],
            pieces: 1000
        )
        #expect(text.contains("ERROR\r\nAT+CSQ\r"))
        #expect(text.hasSuffix(">hello\r\nOK\r\n"))
    }

    /// Somebody wants to see that a host stopped in the middle of a line, but not the password that it began.
    @Test func `a line that stays open is shown when the module speaks, without the secret in it`() {
        var redaction = LogRedaction(profile: .a7600)
        #expect(redaction.fromHost(Array("AT+CPIN=\"12".utf8)).isEmpty)
        #expect(String(decoding: redaction.begun(), as: UTF8.self) == "AT+CPIN=***")
        #expect(String(decoding: redaction.fromHost(Array("34\"\r".utf8)), as: UTF8.self).hasSuffix("\r"))
        #expect(redaction.fromHost(Array("AT+CS".utf8)).isEmpty)
        #expect(String(decoding: redaction.begun(), as: UTF8.self) == "AT+CS")
        #expect(String(decoding: redaction.fromHost(Array("Q\r".utf8)), as: UTF8.self) == "Q\r")
    }
}
