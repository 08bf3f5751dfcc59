import Synchronization

/// The log of a private broker, line by line as it is written; the last thousand lines are kept.
package final class BrokerLog: Sendable {
    private struct Waiter {
        let matches: @Sendable (String) -> Bool
        let continuation: CheckedContinuation<String?, Never>
    }

    private struct State {
        var lines: [String] = []
        var ended = false
        var waiters: [UInt64: Waiter] = [:]
        var nextWaiter: UInt64 = 0
    }

    private static let kept = 1000
    private let state = Mutex(State())

    init() {}

    package var lines: [String] { state.withLock { $0.lines } }

    /// Waits for a line that satisfies the predicate, one that is there already included.
    ///
    /// - Throws: `PrivateBrokerError` `.ended` with the last lines when the broker ends first; `CancellationError`.
    package func first(where matches: @escaping @Sendable (String) -> Bool) async throws -> String {
        let number = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        let line = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = Waiter(matches: matches, continuation: continuation)
                let (answer, found) = state.withLock { state in
                    if let line = state.lines.first(where: matches) { return (true, Optional(line)) }
                    if state.ended || Task.isCancelled { return (true, nil) }
                    state.waiters[number] = waiter
                    return (false, nil)
                }
                if answer { continuation.resume(returning: found) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume(returning: nil)
        }
        guard let line else {
            try Task.checkCancellation()
            throw PrivateBrokerError(.ended, detail: lines.suffix(3).joined(separator: " | "))
        }
        return line
    }

    func append(_ line: String) {
        let satisfied = state.withLock { state in
            state.lines.append(line)
            if state.lines.count > 2 * Self.kept {
                state.lines.removeFirst(Self.kept)
            }
            let keys = state.waiters.filter { $0.value.matches(line) }.keys
            return keys.compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for waiter in satisfied {
            waiter.continuation.resume(returning: line)
        }
    }

    func end() {
        let left = state.withLock { state in
            defer { state.waiters = [:] }
            state.ended = true
            return Array(state.waiters.values)
        }
        for waiter in left {
            waiter.continuation.resume(returning: nil)
        }
    }
}
