import LuaRuntime
import Synchronization

/// The deadline of a call while it waits at a gate: its commands have their own.
final class FlowExpiry: Sendable {
    private struct State {
        var timer: LuaTimer?
        var isDisarmed = false
        var hasExpired = false
    }

    private let state = Mutex(State())

    var hasExpired: Bool { state.withLock { $0.hasExpired } }

    func arm(_ timer: LuaTimer) {
        let isLate = state.withLock { state in
            state.timer = timer
            return state.isDisarmed
        }
        if isLate { timer.cancel() }
    }

    func disarm() {
        let timer = state.withLock { state in
            state.isDisarmed = true
            return state.timer
        }
        timer?.cancel()
    }

    func expire(_ task: Task<Void, Never>) {
        let isExpired = state.withLock { state in
            guard !state.isDisarmed else { return false }
            state.hasExpired = true
            return true
        }
        if isExpired { task.cancel() }
    }
}
