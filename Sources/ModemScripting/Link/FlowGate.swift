import Synchronization

/// Lets one call at a time through: those of one MQTT client, or those that change the module's files. First come,
/// first served. The engine's lanes keep single commands apart; a gate keeps `TOPIC PAYLOAD PUB` together.
final class FlowGate: Sendable {
    private struct Waiter {
        var id: UInt64
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var isTaken = false
        var waiters: [Waiter] = []
        var nextID: UInt64 = 0
        /// Waiters cancelled before they had begun to wait.
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())

    /// Waits for its turn. Whoever has returned from here without an error calls ``leave()``.
    /// - Throws: `CancellationError` when the task is cancelled while it waits.
    func enter() async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let entered = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return false }
                    guard state.isTaken else {
                        state.isTaken = true
                        return true
                    }
                    state.waiters.append(Waiter(id: id, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            cancel(id)
        }
        // A cancellation that came after the turn did is left to the commands that follow.
        state.withLock { _ = $0.cancelled.remove(id) }
        guard entered else { throw CancellationError() }
    }

    func leave() {
        let next: Waiter? = state.withLock { state in
            guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
            state.isTaken = false
            return nil
        }
        next?.continuation.resume(returning: true)
    }

    private func cancel(_ id: UInt64) {
        let waiter: Waiter? = state.withLock { state in
            guard let position = state.waiters.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.waiters.remove(at: position)
        }
        waiter?.continuation.resume(returning: false)
    }
}

/// The gates of one modem. A call that needs several takes them in this order.
final class FlowGates: Sendable {
    enum Name: Int, CaseIterable, Sendable, Comparable {
        /// Certificate files and SSL contexts.
        case files
        /// START, ACCQ, REL, STOP.
        case service
        case client0
        case client1

        static func client(_ index: Int) -> Name { index == 0 ? .client0 : .client1 }

        static func < (left: Name, right: Name) -> Bool { left.rawValue < right.rawValue }
    }

    private let gates = Name.allCases.map { _ in FlowGate() }

    subscript(name: Name) -> FlowGate { gates[name.rawValue] }
}
