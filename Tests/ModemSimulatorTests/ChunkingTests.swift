import A7600
import Testing

@testable import ModemSimulator

@Suite("Output depends on the bytes received, not on how they are cut")
struct ChunkingTests {
    /// A session with data phases, joined lines, errors and a received message. Between two parts the network answers.
    private static let session: [[UInt8]] = [
        [
            "AT", "ATE0", "AT+CMEE=1;+CSQ", "AT+CPIN=\"1\"", "AT+CMQTTSTART", "AT+CMQTTACCQ=0,\"unit\"",
            "AT+CMQTTWILLTOPIC=0,3", "w/tAT+CMQTTWILLMSG=0,4,1", "goneAT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1",
        ],
        ["AT+CMQTTSUB=0,5,1", "a/b/c"],
        ["AT+CMQTTTOPIC=0,5", "a/b/cAT+CMQTTPAYLOAD=0,6", "\r\nOK\r\nAT+CMQTTPUB=0,1,60"],
        [
            "\nATE1", "nonsense", "AT+NONSENSE\r\n", "AT+CCERTDOWN=\"ca.pem\",5", "12345AT+CCERTLIST",
            "AT+CMQTTDISC=0,60",
        ],
    ].map { Array($0.map { $0 + "\r" }.joined().utf8) }

    private func output(_ profile: Profile, _ cut: (inout Bench, [UInt8]) -> String) -> String {
        var bench = Bench(profile)
        return Self.session.map { cut(&bench, $0) }.joined() + bench.pass(.seconds(1))
    }

    @Test("Whole, byte by byte, and at every single cut", arguments: [Profile.a7600, .a7670, .sim7600])
    func cuts(profile: Profile) {
        let whole = output(profile) { $0.send($1) }
        #expect(whole.contains("+CMQTTRXEND: 0") && whole.contains("+CMQTTDISC: 0,0"))
        #expect(output(profile) { bench, bytes in bytes.map { bench.send([$0]) }.joined() } == whole)
        let longest = Self.session.map(\.count).max() ?? 0
        for position in 1..<longest {
            let cut = output(profile) { bench, bytes in
                bench.send(bytes.prefix(position)) + bench.send(bytes.dropFirst(position))
            }
            #expect(cut == whole, "cut at \(position)")
        }
    }

    @Test("Seeded random cuts", arguments: UInt64(0)..<50) func randomCuts(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = output(.a7600) { bench, bytes in
            var rest = bytes[...]
            var text = ""
            while !rest.isEmpty {
                let piece = rest.prefix(1 + Int(random.next() % 40))
                rest = rest.dropFirst(piece.count)
                text += bench.send(piece)
            }
            return text
        }
        #expect(pieces == output(.a7600) { $0.send($1) })
    }
}
