internal import A7600
internal import ATProtocol
internal import ModemSimulator

/// Somebody who uses the session: one command after the other, each random choice from a generator of its own.
struct User {
    enum Role: Equatable {
        /// Works with this MQTT client: connects, subscribes, publishes to itself, starts over after a failure.
        case client(Int)
        /// Asks and writes what concerns no client; the number tells its questions from another one's.
        case general(Int)
        /// Sends `AT` until it succeeds.
        case last
        /// Connects and publishes until one message is acknowledged, however often it takes.
        case proof
    }

    enum Step {
        case command(String, data: [UInt8]?)
        case pause(Duration)
        case done
    }

    let role: Role
    private(set) var isDone = false
    /// Set by the world before `next`.
    var outcome: Result<Reply, ATFailure>?
    /// Payloads and whether their PUB succeeded.
    private(set) var published: [(payload: [UInt8], isAcknowledged: Bool)] = []

    private var random: SplitMix64
    private var script: [(line: String, data: [UInt8]?, isVital: Bool)] = []
    private var rounds = 6
    private var questions = 0
    private var failures = 0
    private var isConnected = false
    private var isPublishing = false

    init(_ role: Role, seed: UInt64) {
        self.role = role
        random = SplitMix64(
            seed: seed &* 31 &+ UInt64(truncatingIfNeeded: "\(role)".utf8.reduce(7) { $0 &* 31 &+ Int($1) })
        )
    }

    mutating func next(_ outcome: Result<Reply, ATFailure>?, _ profile: Profile) -> Step {
        if isDone { return .done }
        if let outcome { take(outcome) }
        if script.isEmpty {
            guard role == .proof || rounds > 0 && failures < 12 else {
                isDone = true
                return .done
            }
            plan(profile)
            if random.next() % 3 == 0 { return .pause(.milliseconds(Int64(random.next() % 1500))) }
        }
        let step = script.removeFirst()
        isPublishing = step.line.contains("PUB=")
        vital = step.isVital
        return .command(step.line, data: step.data)
    }

    private var vital = false

    private mutating func take(_ outcome: Result<Reply, ATFailure>) {
        switch outcome {
        case .success:
            if role == .last { isDone = true }
            if isPublishing, let last = published.indices.last {
                published[last].isAcknowledged = true
                if role == .proof { isDone = true }
            }
        case .failure:
            guard vital else { return }
            failures += 1
            script = []
            isConnected = false
        }
    }

    private mutating func plan(_ profile: Profile) {
        switch role {
        case .client(let index):
            guard isConnected else { return planConnection(index) }
            rounds -= 1
            planWork(index)
        case .general(let number):
            rounds -= 1
            planGeneral(number)
        case .last: script = [("AT", nil, false)]
        case .proof:
            if isConnected { planPublish(0) } else { planConnection(0) }
        }
    }

    private mutating func planConnection(_ index: Int) {
        isConnected = true
        script = [
            ("AT+CMQTTSTART", nil, false), ("AT+CMQTTDISC=\(index),60", nil, false),
            ("AT+CMQTTREL=\(index)", nil, false),
            ("AT+CMQTTACCQ=\(index),\"unit\(index)\"", nil, true),
            ("AT+CMQTTCONNECT=\(index),\"tcp://broker:1883\",60,1", nil, true),
            ("AT+CMQTTSUB=\(index),5,1", Array("t/\(index)/#".utf8), true),
        ]
    }

    private mutating func planWork(_ index: Int) {
        switch random.next() % 4 {
        case 0: script = [("AT+CMQTTDISC?", nil, false)]
        case 1:
            script = [
                ("AT+CMQTTSUBTOPIC=\(index),3,1", Array("x/y".utf8), true), ("AT+CMQTTSUB=\(index)", nil, true),
                ("AT+CMQTTUNSUB=\(index),3,0", Array("x/y".utf8), true),
            ]
        default: planPublish(index)
        }
    }

    private mutating func planPublish(_ index: Int) {
        // Looks like the protocol on purpose; role and number make it unique.
        let text = "\r\nOK\r\n> +CMQTTRXEND: 0\r\n\(role)-\(published.count)-"
        let filler = [UInt8](repeating: UInt8(ascii: "\r"), count: Int(random.next() % 200))
        let payload = Array(text.utf8) + filler
        published.append((payload, false))
        script = [
            ("AT+CMQTTTOPIC=\(index),5", Array("t/\(index)/a".utf8), true),
            ("AT+CMQTTPAYLOAD=\(index),\(payload.count)", payload, true),
            ("AT+CMQTTPUB=\(index),\(1 + random.next() % 2),60", nil, true),
        ]
    }

    private mutating func planGeneral(_ number: Int) {
        for _ in 0..<4 {
            switch random.next() % 6 {
            case 0: script.append(("AT+CSQ", nil, false))
            case 1: script.append(("AT+CREG?;+CSQ", nil, false))
            case 2: script.append(("AT+CPIN?", nil, false))
            case 3:
                let data = [UInt8](repeating: UInt8(ascii: "\r"), count: 1 + Int(random.next() % 40))
                script.append(("AT+CCERTDOWN=\"file.pem\",\(data.count)", data, false))
            default:
                // The answer names the contexts that were asked for: a counter that no two questions share.
                questions += 1
                let digits = [number, questions / 100 % 10, questions / 10 % 10, questions % 10]
                script.append(("AT" + digits.map { "+CSSLCFG=\($0)" }.joined(separator: ";"), nil, false))
            }
        }
    }
}
