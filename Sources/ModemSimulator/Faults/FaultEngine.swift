import ATProtocol

/// Decides which faults strike, from their places and seeds.
struct FaultEngine: Sendable {
    /// What the agenda keeps for a fault.
    enum Appointment: Sendable {
        case begin(Int)
        case end(Int)
    }

    private struct Entry: Sendable {
        var fault: Fault
        var begins: Moment
        var ends: Moment?
        var remaining: Int?
        var random: SplitMix64
    }

    private var entries: [Entry] = []
    private let seed: UInt64
    private(set) var affectsInput = false
    private(set) var affectsOutput = false

    init(seed: UInt64) {
        self.seed = seed
    }

    subscript(index: Int) -> Fault { entries[index].fault }

    /// - Returns: the fault's index.
    mutating func add(_ fault: Fault, at now: Moment) -> Int {
        let place = fault.place
        let begins = now + place.after
        entries.append(
            Entry(
                fault: fault,
                begins: begins,
                ends: place.lasting.map { begins + $0 },
                remaining: place.count,
                random: SplitMix64(seed: place.seed ?? seed &+ UInt64(entries.count) &* 0x1_0000_0001)
            )
        )
        switch fault.kind {
        case .wrongBaud:
            affectsInput = true
            affectsOutput = true
        case .dropByte, .duplicateByte, .garble, .nul:
            if place.direction == .toModule { affectsInput = true } else { affectsOutput = true }
        default: break
        }
        return entries.count - 1
    }

    /// - Returns: the kinds of those that had not ended before.
    mutating func endAll(at now: Moment) -> [Fault.Kind] {
        var ended: [Fault.Kind] = []
        for index in entries.indices where entries[index].ends.map({ $0 > now }) ?? true {
            entries[index].ends = now
            ended.append(entries[index].fault.kind)
        }
        return ended
    }

    /// Whether the fault strikes here, by time, chance and count; counts it.
    private mutating func strikes(_ index: Int, at now: Moment) -> Bool {
        guard entries[index].begins <= now, entries[index].ends.map({ now < $0 }) ?? true else { return false }
        if let remaining = entries[index].remaining, remaining <= 0 { return false }
        if let chance = entries[index].fault.place.probability, entries[index].random.unit() >= chance { return false }
        entries[index].remaining? -= 1
        return true
    }

    // MARK: Bytes

    mutating func inbound(_ byte: UInt8, at now: Moment) -> [UInt8] {
        damage([byte], .toModule, at: now)
    }

    mutating func outbound(_ bytes: some Collection<UInt8>, at now: Moment) -> [UInt8] {
        affectsOutput ? damage(bytes, .toHost, at: now) : Array(bytes)
    }

    private mutating func damage(
        _ bytes: some Collection<UInt8>,
        _ direction: Fault.Direction,
        at now: Moment
    ) -> [UInt8] {
        var current = Array(bytes)
        for index in entries.indices {
            let isBoth = entries[index].fault.kind == .wrongBaud
            guard isBoth || entries[index].fault.place.direction == direction else { continue }
            var damaged: [UInt8] = []
            for byte in current {
                damaged += damage(byte, index, at: now)
            }
            current = damaged
        }
        return current
    }

    private mutating func damage(_ byte: UInt8, _ index: Int, at now: Moment) -> [UInt8] {
        switch entries[index].fault.kind {
        case .dropByte: strikes(index, at: now) ? [] : [byte]
        case .duplicateByte: strikes(index, at: now) ? [byte, byte] : [byte]
        case .nul: strikes(index, at: now) ? [0, byte] : [byte]
        case .garble, .wrongBaud:
            strikes(index, at: now) ? [byte ^ UInt8(1 + entries[index].random.next() % 255)] : [byte]
        default: [byte]
        }
    }

    /// The pieces and pauses of a line with `chunk`. Nil: no such fault.
    mutating func piece(at now: Moment) -> (bytes: Int, pause: Duration)? {
        for index in entries.indices {
            guard case .chunk(let limit) = entries[index].fault.kind, strikes(index, at: now) else { continue }
            let bytes = 1 + Int(entries[index].random.next() % UInt64(limit))
            return (bytes, .microseconds(Int64(entries[index].random.next() % 3000)))
        }
        return nil
    }

    // MARK: Commands

    /// What happens to this command line, given without its `AT`.
    mutating func fate(of body: [UInt8], at now: Moment) -> LineFate {
        var fate = LineFate()
        guard !entries.isEmpty else { return fate }
        let line = [UInt8(ascii: "A"), UInt8(ascii: "T")] + body.map(\.uppercased)
        for index in entries.indices {
            let fault = entries[index].fault
            if let command = fault.place.command, !line.starts(with: command.utf8) { continue }
            guard fault.kind.isOfCommands || (fault.place.command != nil && fault.kind.isOfMoments) else { continue }
            guard strikes(index, at: now) else { continue }
            fate.suffer(fault.kind, index)
        }
        return fate
    }

    // MARK: Moments

    /// The fault that cuts the received message which is about to be sent.
    mutating func frameStrike(at now: Moment) -> Int? {
        entries.indices.first { entries[$0].fault.place.isInFrame && strikes($0, at: now) }
    }

    /// Whether the moment that has come counts.
    mutating func takesPlace(_ index: Int, at now: Moment) -> Bool {
        strikes(index, at: now)
    }

    /// When a repeated fault happens again.
    func next(_ index: Int, after now: Moment) -> Moment? {
        guard entries[index].remaining != 0 else { return nil }
        return entries[index].fault.place.every.map { now + $0 }
    }
}

extension LineFate {
    fileprivate mutating func suffer(_ kind: Fault.Kind, _ index: Int) {
        switch kind {
        case .mute: isMute = true
        case .noAnswer: isUnanswered = true
        case .delay(let duration): delay += duration
        case .lateEcho(let duration): echoDelay = duration
        case .promptStall(let duration): prompt = .late(duration)
        case .promptLost: prompt = .lost
        case .error: refusal = .error
        case .cme(let number): refusal = .cme(.numbered(number))
        case .result(let code): resultCode = code
        case .lostResult: losesResult = true
        case .reboot, .vanish, .detach, .noSIM, .brokerGone, .clock1970, .storeFull, .urcStorm: strikes.append(index)
        case .dropByte, .duplicateByte, .garble, .nul, .wrongBaud, .chunk, .speed, .busyWhileReceiving: break
        }
    }
}

extension Fault.Kind {
    /// It concerns single command lines.
    var isOfCommands: Bool {
        switch self {
        case .mute, .noAnswer, .delay, .lateEcho, .promptStall, .promptLost, .error, .cme, .result, .lostResult: true
        case .dropByte, .duplicateByte, .garble, .nul, .wrongBaud, .chunk, .speed, .reboot, .vanish, .detach, .noSIM,
            .brokerGone, .clock1970, .storeFull, .urcStorm, .busyWhileReceiving:
            false
        }
    }

    /// It happens at a moment, or is a state that begins and ends.
    var isOfMoments: Bool {
        switch self {
        case .reboot, .vanish, .detach, .noSIM, .brokerGone, .clock1970, .storeFull, .urcStorm, .busyWhileReceiving,
            .speed:
            true
        case .mute, .noAnswer, .delay, .lateEcho, .promptStall, .promptLost, .error, .cme, .result, .lostResult,
            .dropByte, .duplicateByte, .garble, .nul, .wrongBaud, .chunk:
            false
        }
    }
}
