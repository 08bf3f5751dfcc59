import ATProtocol

/// What has to happen later, soonest first; of equal moments the one entered first.
struct Agenda: Sendable {
    typealias Deferred = @Sendable (inout ModuleState) -> Void

    enum Task: Sendable {
        /// Part of the module's state; a restart forgets it. The ticket, if any, cancels it.
        case module(Ticket?, Deferred)
        /// The command line whose answer was held back by the pace or a delay.
        case execute
        case boot
        case output
        /// Bytes of the host have passed a line of some speed.
        case input
        /// An echo that comes late.
        case echo([UInt8])
        /// Somebody types: what has come of a line is echoed.
        case typing
        case fault(FaultEngine.Appointment)
        /// The prompt of a command that was held back.
        case prompt
        /// The answer to data takes its time.
        case complete
    }

    private var entries: [(moment: Moment, task: Task)] = []

    var next: Moment? { entries.first?.moment }

    mutating func add(_ task: Task, at moment: Moment) {
        let index = entries.lastIndex { $0.moment <= moment }.map { $0 + 1 } ?? 0
        entries.insert((moment, task), at: index)
    }

    /// The first task that is due.
    mutating func takeDue(at now: Moment) -> Task? {
        guard let first = entries.first, first.moment <= now else { return nil }
        entries.removeFirst()
        return first.task
    }

    mutating func cancel(_ ticket: Ticket) {
        entries.removeAll {
            if case .module(ticket, _) = $0.task { true } else { false }
        }
    }

    mutating func removeModuleTasks() {
        entries.removeAll {
            if case .module = $0.task { true } else { false }
        }
    }

    mutating func remove(where isMeant: (Task) -> Bool) {
        entries.removeAll { isMeant($0.task) }
    }
}

extension ModuleState {
    mutating func later(_ delay: Duration, ticket: Ticket? = nil, _ action: @escaping Agenda.Deferred) {
        agenda.add(.module(ticket, action), at: now + delay)
    }
}
