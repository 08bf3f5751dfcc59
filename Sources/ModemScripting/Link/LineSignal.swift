import ATProtocol
import LuaRuntime
import Synchronization

/// Wakes a call when the module says something that may concern it, or when some time has passed.
final class LineSignal: ModemListener {
    private struct State {
        var isRaised = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let prefixes: [[UInt8]]
    private let state = Mutex(State())

    /// - Parameter prefixes: of the lines that wake it; a restart always does.
    init(_ prefixes: [String]) {
        self.prefixes = prefixes.map { Array($0.utf8) }
    }

    func heard(_ event: ModemEvent) {
        switch event {
        case .urc(let line):
            if prefixes.contains(where: { line.bytes.starts(with: $0) }) { raise() }
        case .restarted: raise()
        case .message, .lost, .late, .anomaly, .port: break
        }
    }

    func disarmed() { raise() }

    private func raise() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            state.isRaised = state.waiter == nil
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns at once when it was raised since the last wait; also when the task is cancelled. One call at a time.
    func wait(atMost time: Duration, host: LuaHost) async {
        let timer = host.after(time) { self.raise() }
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRaised = state.withLock { state in
                    defer { state.isRaised = false }
                    if !state.isRaised { state.waiter = continuation }
                    return state.isRaised
                }
                if isRaised { continuation.resume() }
            }
        } onCancel: {
            raise()
        }
    }
}
