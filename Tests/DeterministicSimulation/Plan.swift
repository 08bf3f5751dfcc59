internal import A7600
internal import ATProtocol
internal import ModemSimulator

/// What a run consists of, drawn from its seed: profile, start, faults.
struct Plan {
    let profile: Profile
    let start: ModuleConfiguration.Start
    let faults: [(at: Duration, fault: Fault)]
    /// What the broker and the network to it do.
    let mishaps: [(at: Duration, mishap: Mishap)]
    /// From here on nothing goes wrong any more.
    let calm: Moment
    /// Bytes are lost or changed: contents cannot be compared.
    let isNoisy: Bool

    enum Mishap {
        case loss(client: Int, UplinkLoss)
        case silence(InMemoryUplink.Stage)
        case failure(InMemoryUplink.Stage, UplinkFailure)
    }

    private static let kinds: [Fault.Kind] = [
        .mute, .noAnswer, .delay(.milliseconds(700)), .delay(.seconds(8)), .lateEcho(.milliseconds(20)),
        .lateEcho(.milliseconds(120)), .promptStall(.seconds(7)), .promptStall(.milliseconds(900)), .promptLost, .error,
        .cme(13), .result(17), .lostResult, .dropByte, .duplicateByte, .garble, .nul, .wrongBaud, .chunk(3),
        .speed(9600), .speed(115_200), .reboot, .vanish, .detach, .noSIM, .brokerGone, .clock1970, .storeFull,
        .urcStorm(40), .busyWhileReceiving,
    ]

    init(random: inout SplitMix64) {
        let profiles: [Profile] = [.a7600, .a7670, .sim7600]
        var profile = profiles[Int(random.next() % 3)]
        if random.next() % 4 == 0 { profile.pace = .real }
        self.profile = profile
        start = random.next() % 3 == 0 ? .cold : .booted
        var faults: [(Duration, Fault)] = []
        var calm = Moment(nanoseconds: 0) + .seconds(20)
        for _ in 0..<(random.next() % 4) {
            let at = Duration.milliseconds(Int64(random.next() % 20_000))
            let fault = Self.fault(Self.kinds[Int(random.next() % UInt64(Self.kinds.count))], &random)
            faults.append((at, fault))
            let end = Moment(nanoseconds: 0) + at + (fault.place.lasting ?? .zero)
            // A reboot at real pace takes a quarter of a minute.
            calm = max(calm, end + .seconds(20))
        }
        self.faults = faults
        mishaps = (0..<(random.next() % 3)).map { _ in
            (.milliseconds(Int64(random.next() % 20_000)), Self.mishap(&random))
        }
        self.calm = calm
        isNoisy = faults.contains { $0.1.kind.damagesBytes }
    }

    private static func mishap(_ random: inout SplitMix64) -> Mishap {
        let stages: [InMemoryUplink.Stage] = [.connect, .disconnect, .publish, .subscribe, .unsubscribe]
        let stage = stages[Int(random.next() % 5)]
        switch random.next() % 4 {
        case 0: return .loss(client: Int(random.next() % 2), .closedByPeer)
        case 1: return .loss(client: Int(random.next() % 2), .reset)
        case 2: return .silence(stage)
        default: return .failure(stage, random.next() % 2 == 0 ? .closedByPeer : .timeout)
        }
    }

    private static func fault(_ kind: Fault.Kind, _ random: inout SplitMix64) -> Fault {
        var place = Fault.Place()
        place.lasting = .milliseconds(Int64(500 + random.next() % 8000))
        switch kind {
        case .mute, .noAnswer, .error, .cme, .result, .lostResult, .promptLost, .promptStall, .delay, .lateEcho:
            place.count = 1 + Int(random.next() % 3)
            if kind == .lostResult { place.command = "AT+CMQTT" }
        case .dropByte, .duplicateByte, .garble, .nul:
            place.probability = 0.01
            if random.next() % 3 == 0 { place.direction = .toModule }
        case .reboot, .vanish:
            place.count = 1
            if random.next() % 4 == 0 { place.isInFrame = true }
        case .detach, .noSIM, .brokerGone, .clock1970, .storeFull, .urcStorm, .busyWhileReceiving, .wrongBaud, .chunk,
            .speed:
            break
        }
        return Fault(kind, place)
    }
}

extension Fault.Kind {
    fileprivate var damagesBytes: Bool {
        switch self {
        case .dropByte, .duplicateByte, .garble, .nul, .wrongBaud: true
        case .mute, .noAnswer, .delay, .lateEcho, .promptStall, .promptLost, .error, .cme, .result, .lostResult, .chunk,
            .speed, .reboot, .vanish, .detach, .noSIM, .brokerGone, .clock1970, .storeFull, .urcStorm,
            .busyWhileReceiving:
            false
        }
    }
}
