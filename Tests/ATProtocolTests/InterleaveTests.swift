import Testing

@testable import ATProtocol

/// Every unsolicited line, a received message and an unknown line at every legal place of every kind of exchange.
@Suite("Interleaving")
struct InterleaveTests {
    struct Dialogue: Sendable, CustomTestStringConvertible {
        let command: String
        /// Pieces of the answer, from the echo on; something may stand between any two and at both ends.
        let pieces: [String]
        /// Index of the piece behind which the data are written.
        var promptAt: Int?
        var testDescription: String { command }
    }

    struct Guest: Sendable, CustomTestStringConvertible {
        let bytes: String
        let events: [String]
        var testDescription: String { bytes }
    }

    static let dialogues = [
        Dialogue(command: "at", pieces: ["\r\nOK\r\n"]),
        Dialogue(command: "csq", pieces: ["\r\n+CSQ: 20,99\r\n", "\r\nOK\r\n"]),
        Dialogue(command: "cpin?", pieces: ["\r\n+CPIN: READY\r\n", "\r\nOK\r\n"]),
        Dialogue(command: "creg;csq", pieces: ["\r\n+CREG: 0,1\r\n", "\r\n+CSQ: 20,99\r\n", "\r\nOK\r\n"]),
        Dialogue(command: "cops?", pieces: ["\r\n+CME ERROR: 30\r\n"]),
        Dialogue(command: "connect0", pieces: ["\r\nOK\r\n", "\r\n+CMQTTCONNECT: 0,0\r\n"]),
        Dialogue(command: "start", pieces: ["\r\n+CMQTTSTART: 0\r\n", "\r\nOK\r\n"]),
        Dialogue(command: "connect1", pieces: ["\r\n+CMQTTCONNECT: 1,34\r\n", "\r\nERROR\r\n"]),
        Dialogue(command: "topic0", pieces: ["\r\n>", "\r\nOK\r\n"], promptAt: 0),
        Dialogue(command: "cert", pieces: ["\r\nERROR\r\n"]),
        Dialogue(
            command: "connect?",
            pieces: ["\r\n+CMQTTCONNECT: 0,\"tcp://b:1883\",60,1\r\n", "\r\n+CMQTTCONNECT: 1\r\n", "\r\nOK\r\n"]
        ),
    ]

    static let guests = [
        Guest(bytes: "\r\n+CMQTTCONNLOST: 3,1\r\n", events: ["urc +CMQTTCONNLOST: 3,1"]),
        Guest(bytes: "\r\n+CMQTTRXSTART: 0,3,5\r\n", events: ["urc +CMQTTRXSTART: 0,3,5"]),
        Guest(bytes: "\r\n+CREG: 5\r\n", events: ["urc +CREG: 5"]),
        Guest(bytes: "\r\n+CGEV: NW DETACH\r\n", events: ["urc +CGEV: NW DETACH"]),
        Guest(bytes: "\r\nSMS DONE\r\n", events: ["urc SMS DONE"]),
        Guest(bytes: "\r\nPB DONE\r\n", events: ["urc PB DONE"]),
        Guest(bytes: "\r\n+CUSD: 1,\"a\r\nOK\r\n\",15\r\n", events: ["urc +CUSD: 1,\"a\\r\\nOK\\r\\n\",15"]),
        Guest(bytes: "\r\n%UNHEARD: 7\r\n", events: ["unknown %UNHEARD: 7"]),
        Guest(
            bytes: "\r\n+CMQTTRXTOPIC: 0,3\r\na/b\r\n+CMQTTRXPAYLOAD: 0,6\r\n\r\nOK\r\n\r\n+CMQTTRXEND: 0\r\n",
            events: [
                "frame +CMQTTRXTOPIC: 0,3 | a/b", "frame +CMQTTRXPAYLOAD: 0,6 | \\r\\nOK\\r\\n", "urc +CMQTTRXEND: 0",
            ]
        ),
    ]

    @Test("The answer is unchanged and the guest is delivered once", arguments: dialogues, guests)
    func everywhere(_ dialogue: Dialogue, _ guest: Guest) throws {
        for isEchoOn in [true, false] {
            let alone = try run(dialogue, isEchoOn: isEchoOn, nil, at: 0)
            let places = dialogue.pieces.count + (isEchoOn ? 1 : 0)
            for place in 0...places {
                // Data follow the prompt at once: until they are written the module says nothing.
                let events = try run(dialogue, isEchoOn: isEchoOn, guest, at: place)
                let visit = events.filter { guest.events.contains($0) }
                #expect(visit == guest.events, "\(dialogue.command) echo \(isEchoOn) place \(place): \(events)")
                #expect(events.filter { !guest.events.contains($0) } == alone)
            }
        }
    }

    @Test(
        "A line that is answer and unsolicited line alike is delivered once, at every place",
        arguments: [true, false]
    )
    func alike(_ isEchoOn: Bool) throws {
        let dialogue = Self.dialogues[2]
        let guest = Guest(bytes: "\r\n+CPIN: SIM PIN\r\n", events: [])
        for place in 0...dialogue.pieces.count + (isEchoOn ? 1 : 0) {
            let events = try run(dialogue, isEchoOn: isEchoOn, guest, at: place)
            let both = events.joined(separator: "\n")
            #expect(both.components(of: "+CPIN: READY") == 1, "\(events)")
            #expect(both.components(of: "+CPIN: SIM PIN") == 1, "\(events)")
            #expect(events.contains { $0.hasPrefix("ok 1 | +CPIN") })
        }
    }

    private func run(_ dialogue: Dialogue, isEchoOn: Bool, _ guest: Guest?, at place: Int) throws -> [String] {
        var bench = try Bench(Catalog.configuration(), isEchoOn: isEchoOn)
        let command = try #require(Catalog.command(dialogue.command))
        try bench.submit(1, command)
        try bench.written(command.line + [0x0D])
        let echo = isEchoOn ? [String(decoding: command.line, as: UTF8.self) + "\r"] : []
        for (index, piece) in (echo + dialogue.pieces).enumerated() {
            if let guest, index == place { try bench.receive(Array(guest.bytes.utf8)) }
            try bench.receive(Array(piece.utf8))
            if dialogue.promptAt.map({ $0 + echo.count }) == index { try bench.written(command.data ?? []) }
        }
        if let guest, place == echo.count + dialogue.pieces.count { try bench.receive(Array(guest.bytes.utf8)) }
        try bench.wait(.milliseconds(200))
        return bench.log
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
