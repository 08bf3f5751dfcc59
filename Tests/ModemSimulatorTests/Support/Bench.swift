import A7600
import ATProtocol

@testable import ModemSimulator

/// A simulated module on the in-memory uplink, driven by hand: no thread, no real time.
struct Bench {
    var module: SimulatedA7600
    var uplink = InMemoryUplink()
    var now = Moment(nanoseconds: 0)
    private(set) var deadline: Moment?
    /// Everything the module has sent since it was last taken.
    private var sent: [UInt8] = []
    /// Sizes of the single transmissions.
    private(set) var transmissions: [Int] = []
    private(set) var persisted: [StoreChange] = []
    private(set) var ports: [SimulatorAction.PortPresence] = []
    private var arriving: [UplinkEvent] = []
    private(set) var requests: [UplinkRequest] = []

    init(_ profile: Profile = .a7600, _ change: (inout ModuleConfiguration) -> Void = { _ in }) {
        var configuration = ModuleConfiguration(profile: profile)
        change(&configuration)
        module = SimulatedA7600(configuration: configuration, at: now)
        var actions: [SimulatorAction] = []
        module.timerFired(at: now, into: &actions)
        execute(actions)
    }

    /// What the module sends in answer to these bytes, at once.
    mutating func send(_ bytes: some Sequence<UInt8>) -> String {
        var actions: [SimulatorAction] = []
        module.received(bytes, at: now, into: &actions)
        execute(actions)
        return take()
    }

    mutating func send(_ text: String) -> String { send(Array(text.utf8)) }

    /// As `send`, for answers that are not text.
    mutating func bytes(_ text: String) -> [UInt8] {
        var actions: [SimulatorAction] = []
        module.received(Array(text.utf8), at: now, into: &actions)
        execute(actions)
        defer { sent = [] }
        return sent
    }

    /// The answer to a command line, without its echo.
    mutating func at(_ line: String) -> String {
        let answer = send(line + "\r")
        return answer.hasPrefix(line + "\r") ? String(answer.dropFirst(line.count + 1)) : answer
    }

    /// A command with data: what came at the prompt and after the last byte.
    mutating func at(_ line: String, data: some Sequence<UInt8>) -> String {
        at(line) + send(Array(data))
    }

    mutating func at(_ line: String, data: String) -> String { at(line, data: Array(data.utf8)) }

    /// Lets time pass, firing every deadline on its way.
    mutating func pass(_ duration: Duration) -> String {
        let end = now + duration
        while let deadline, deadline <= end {
            now = max(now, deadline)
            var actions: [SimulatorAction] = []
            module.timerFired(at: now, into: &actions)
            execute(actions)
        }
        now = end
        return take()
    }

    mutating func deliver(_ events: [UplinkEvent]) -> String {
        for event in events { hand(event) }
        return take()
    }

    mutating func inject(_ fault: Fault) -> String {
        var actions: [SimulatorAction] = []
        module.inject(fault, at: now, into: &actions)
        execute(actions)
        return take()
    }

    mutating func take() -> String {
        defer { sent = [] }
        return String(decoding: sent, as: UTF8.self)
    }

    private mutating func hand(_ event: UplinkEvent) {
        var actions: [SimulatorAction] = []
        module.uplink(event, at: now, into: &actions)
        execute(actions)
    }

    private mutating func execute(_ actions: [SimulatorAction]) {
        for action in actions {
            switch action {
            case .transmit(let bytes):
                sent += bytes
                transmissions.append(bytes.count)
            case .setDeadline(let moment): deadline = moment
            case .persist(let change): persisted.append(change)
            case .port(let presence): ports.append(presence)
            case .request(let request):
                requests.append(request)
                arriving += uplink.perform(request)
            }
        }
        // Events come when all actions have been carried out, as they do from a real network.
        while !arriving.isEmpty { hand(arriving.removeFirst()) }
    }
}
