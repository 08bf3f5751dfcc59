extension Fault {
    /// Reads the text form. Errors name what is known.
    package init(parsing text: String) throws(FaultSyntaxError) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let head = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = head.count > 1 ? head[1] : nil
        guard let entry = Self.entries.first(where: { $0.name == head[0] }) else {
            throw FaultSyntaxError(
                .unknownFault,
                "unknown fault \"\(head[0])\"; known: \(Self.names.joined(separator: ", "))"
            )
        }
        guard let kind = entry.make(value) else {
            throw FaultSyntaxError(.badValue, "\(entry.name)\(value.map { "=\($0)" } ?? ""): \(entry.help)")
        }
        self.init(kind, entry.place)
        guard parts.count > 1 else { return }
        for condition in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
            try place.add(String(condition))
        }
    }

    /// The names that `init(parsing:)` takes, in alphabetical order.
    package static let names = entries.map(\.name).sorted()

    /// Name and one line of help for each fault, in alphabetical order.
    package static var descriptions: [(name: String, help: String)] {
        entries.map { ($0.name, $0.help) }.sorted { $0.0 < $1.0 }
    }

    private struct Entry: Sendable {
        var name: String
        var help: String
        /// The place when none is given.
        var place = Place()
        /// Nil: this value cannot be.
        var make: @Sendable (Substring?) -> Kind?
    }

    private static func plain(_ name: String, _ kind: Kind, _ help: String, place: Place = Place()) -> Entry {
        Entry(name: name, help: help, place: place) { $0 == nil ? kind : nil }
    }

    private static func timed(
        _ name: String,
        _ standard: Duration,
        _ help: String,
        _ make: @escaping @Sendable (Duration) -> Kind
    ) -> Entry {
        Entry(name: name, help: help) { text in
            guard let text else { return make(standard) }
            return Duration(faultText: text).map(make)
        }
    }

    private static func counted(
        _ name: String,
        _ standard: Int?,
        _ range: ClosedRange<Int>,
        _ help: String,
        _ make: @escaping @Sendable (Int) -> Kind
    ) -> Entry {
        Entry(name: name, help: help) { text in
            guard let text else { return standard.map(make) }
            guard let number = Int(text), range.contains(number) else { return nil }
            return make(number)
        }
    }

    private static func place(_ change: (inout Place) -> Void) -> Place {
        var place = Place()
        change(&place)
        return place
    }

    private static let rare = place { $0.probability = 0.001 }
    private static let once = place { $0.count = 1 }

    private static let entries: [Entry] = [
        plain("mute", .mute, "commands are swallowed: no echo, no answer"),
        plain("no-answer", .noAnswer, "commands are echoed and carried out, and not answered"),
        timed("delay", .seconds(1), "answers come later: delay=300ms") { .delay($0) },
        timed("late-echo", .milliseconds(100), "the echo comes behind the answer: late-echo=100ms") { .lateEcho($0) },
        timed("prompt-stall", .seconds(10), "the prompt comes late: prompt-stall=10s") { .promptStall($0) },
        plain("prompt-lost", .promptLost, "the prompt never comes, data are expected all the same"),
        plain("error", .error, "commands give ERROR"),
        counted("cme", nil, 0...9999, "commands give a +CME ERROR: cme=13") { .cme($0) },
        counted("result", nil, 0...99, "results have this code: result=4@AT+CMQTTCONNECT") { .result($0) },
        plain("lost-result", .lostResult, "the line with the result never comes"),
        plain(
            "lost-connect-result",
            .lostResult,
            "the line with the result of CONNECT never comes",
            place: place { $0.command = "AT+CMQTTCONNECT=" }
        ),
        plain("drop-byte", .dropByte, "bytes get lost: drop-byte@p=0.001", place: rare),
        plain("dup-byte", .duplicateByte, "bytes come twice: dup-byte@p=0.001", place: rare),
        plain("garble", .garble, "bytes change: garble@p=0.001,dir=in", place: rare),
        plain("nul", .nul, "NUL bytes between the others: nul@p=0.01", place: rare),
        plain("wrong-baud", .wrongBaud, "every byte is garbage, both ways: wrong-baud@5s,for=2s"),
        counted("chunk", 3, 1...4096, "bytes come in small pieces: chunk=3") { .chunk($0) },
        counted("speed", nil, 300...3_686_400, "a real line's pace in bits per second: speed=9600") { .speed($0) },
        plain("reboot", .reboot, "the module restarts: reboot@5s, reboot@AT+CMQTTPUB, reboot@frame", place: once),
        plain("vanish", .vanish, "the port disappears for 2 s: vanish@5s,for=2s", place: once),
        plain("detach", .detach, "the network is lost: detach@10s,for=30s", place: once),
        plain("no-sim", .noSIM, "the SIM is taken out: no-sim@5s", place: once),
        plain("broker-gone", .brokerGone, "the broker cannot be reached: broker-gone@5s,for=10s", place: once),
        plain("clock-1970", .clock1970, "the clock forgets the time", place: once),
        plain("store-full", .storeFull, "the certificate store takes no more files", place: once),
        counted("urc-storm", 100, 1...100_000, "numbered unsolicited lines: urc-storm=100@2s,every=5s") {
            .urcStorm($0)
        },
        plain("busy-rx", .busyWhileReceiving, "error 14 while a message is being received"),
    ]
}

extension Fault.Place {
    fileprivate mutating func add(_ text: String) throws(FaultSyntaxError) {
        if text.uppercased().hasPrefix("AT") {
            command = text.uppercased()
            return
        }
        if text == "frame" {
            isInFrame = true
            return
        }
        if let duration = Duration(faultText: text[...]) {
            after = duration
            return
        }
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? parts[1] : ""
        switch parts[0] {
        case "p":
            guard let chance = Double(value), (0...1).contains(chance) else { throw Self.bad(text, "p=0.001, 0 to 1") }
            probability = chance
        case "n":
            guard let times = Int(value), times > 0 else { throw Self.bad(text, "n=3") }
            count = times
        case "every":
            guard let interval = Duration(faultText: value), interval > .zero else { throw Self.bad(text, "every=5s") }
            every = interval
            count = nil
        case "for":
            guard let duration = Duration(faultText: value) else { throw Self.bad(text, "for=2s") }
            lasting = duration
        case "dir":
            guard let way = Fault.Direction(rawValue: String(value)) else { throw Self.bad(text, "dir=in or dir=out") }
            direction = way
        case "seed":
            guard let number = UInt64(value) else { throw Self.bad(text, "seed=42") }
            seed = number
        default:
            throw FaultSyntaxError(
                .badCondition,
                "unknown condition \"\(text)\"; known: a time such as 5s or 300ms, AT+COMMAND, frame, p=, n=, every=, "
                    + "for=, dir=, seed="
            )
        }
    }

    private static func bad(_ text: String, _ expected: String) -> FaultSyntaxError {
        FaultSyntaxError(.badCondition, "condition \"\(text)\": expected \(expected)")
    }
}

extension Duration {
    /// `5s`, `300ms`, `1.5s`, `2m`. Nil: something else; a unit is required.
    fileprivate init?(faultText text: Substring) {
        let units: [(suffix: String, milliseconds: Double)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Double(text.dropLast(unit.suffix.count)), (0...1e9).contains(number)
        else { return nil }
        self = .nanoseconds(Int64(number * unit.milliseconds * 1_000_000))
    }
}
