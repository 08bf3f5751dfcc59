/// All exchanges that are not settled: in order of submission until they are written, then by what they wait for.
struct ExchangeQueue: ~Copyable, Sendable {
    /// Not written yet, in order of submission.
    var waiting: [Exchange] = []
    /// Between its first written byte and its final result code; its caller may have been answered already.
    var active: Exchange?
    /// Accepted by the module, waiting for their asynchronous results, oldest first.
    var pending: [Exchange] = []
    /// Answered towards their callers, but not by the module, oldest first.
    var zombies: [Exchange] = []

    var isEmpty: Bool { active == nil && isSettled }

    /// Whether anything but the active exchange may own a line.
    var hasForeign: Bool { !pending.isEmpty || !zombies.isEmpty }

    /// Takes one out of the waiting; most of the time there is one only.
    mutating func takeWaiting(_ index: Int) -> Exchange {
        waiting.count == 1 ? waiting.removeLast() : waiting.remove(at: index)
    }

    /// What keeps the waiting exchanges from being written.
    enum Candidate: Equatable, Sendable {
        case write(Int)
        /// Only a barrier is missing.
        case barrier
        case nothing
    }

    /// The first waiting exchange whose lanes are free; nothing overtakes within a lane.
    func candidate(at now: Moment) -> Candidate {
        guard !waiting.isEmpty else { return .nothing }
        if !hasForeign { return .write(0) }
        var taken = Lanes()
        for index in pending.indices { taken.formUnion(pending[index].command.spec.lanes) }
        var lacksBarrier = false
        for index in waiting.indices {
            let exchange = waiting[index]
            let lanes = exchange.command.spec.lanes
            if taken.isDisjoint(with: lanes) {
                switch zombieHold(on: lanes.subtracting(exchange.command.spec.clears), at: now) {
                case .free: return .write(index)
                case .lacksBarrier: lacksBarrier = true
                case .held: break
                }
            }
            taken.formUnion(lanes)
        }
        return lacksBarrier ? .barrier : .nothing
    }

    private enum ZombieHold { case free, lacksBarrier, held }

    private func zombieHold(on lanes: Lanes, at now: Moment) -> ZombieHold {
        var hold = ZombieHold.free
        for exchange in zombies {
            guard let zombie = exchange.zombie, !exchange.spec.lanes.isDisjoint(with: lanes) else { continue }
            if zombie.lanesUntil > now { return .held }
            if zombie.awaitsBarrier { hold = .lacksBarrier }
        }
        return hold
    }

    /// The oldest zombie that a final result code may belong to.
    var zombieOwedFinal: Int? { zombies.firstIndex { $0.zombie?.owesFinal == true } }

    /// The oldest zombie that a prompt may belong to.
    var zombieOwedPrompt: Int? { zombies.firstIndex { $0.zombie?.owesPrompt == true } }

    /// Whether there is none but the active one.
    @inline(__always)
    var isSettled: Bool { !hasForeign && waiting.isEmpty }

    /// Earliest moment at which something has to happen to the active exchange.
    @inline(__always)
    var deadlineOfActive: Moment? {
        guard let active else { return nil }
        return .earlier(active.zombie == nil ? active.deadline : nil, active.phaseDeadline)
    }

    /// Earliest moment at which something here has to happen.
    var deadline: Moment? {
        var earliest = deadlineOfActive
        for index in waiting.indices { earliest = .earlier(earliest, waiting[index].deadline) }
        for index in pending.indices { earliest = .earlier(earliest, pending[index].deadline) }
        for index in zombies.indices { earliest = .earlier(earliest, zombies[index].zombie?.graceEnd) }
        return earliest
    }

    /// When the next lane held by a zombie may become free.
    func laneRelease(after now: Moment) -> Moment? {
        guard !waiting.isEmpty else { return nil }
        var earliest: Moment?
        for exchange in zombies {
            if let until = exchange.zombie?.lanesUntil, until > now { earliest = .earlier(earliest, until) }
        }
        return earliest
    }
}

extension Moment {
    static func earlier(_ first: Moment?, _ second: Moment?) -> Moment? {
        guard let first else { return second }
        guard let second else { return first }
        return min(first, second)
    }
}
