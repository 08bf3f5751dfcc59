internal import Glibc
internal import LuaRuntime
internal import ModemSession
internal import Synchronization

/// Carries signals to the VM: the first one cancels, the second one kills. A first one that comes before there is a VM
/// waits for it; a second one does not. A modem that is gone for good ends the run as a first signal does.
/// SIGQUIT ends nothing: it shows what every task does.
final class InterruptRelay: Sendable {
    private struct State {
        var first: Int32?
        var count = 0
        var vm: LuaVM?
        var hadVM = false
        var abandonment: TransportError?
    }

    private let state = Mutex(State())
    private let leave: @Sendable (_ signal: Int32) -> Void

    /// - Parameter leave: called for a second signal as long as there was no VM.
    init(leave: @escaping @Sendable (_ signal: Int32) -> Void) {
        self.leave = leave
    }

    /// The signal that came first; nil: none did.
    var first: Int32? { state.withLock { $0.first } }

    func signal(_ number: Int32) {
        if number == SIGQUIT {
            state.withLock { $0.vm }?.describeTasks { StandardError.say($0) }
            return
        }
        let (vm, hadVM, first, count) = state.withLock { state in
            let first = state.first ?? number
            state.first = first
            state.count += 1
            return (state.vm, state.hadVM, first, state.count)
        }
        if count > 1, !hadVM { return leave(first) }
        if count == 1 { StandardError.say("ending the run; again: stop now") }
        vm?.interrupt(count == 1 ? .cancel : .kill)
    }

    /// Why the port was given up; nil: it was not.
    var abandonment: TransportError? { state.withLock { $0.abandonment } }

    func portAbandoned(_ error: TransportError) {
        let vm = state.withLock { state in
            state.abandonment = state.abandonment ?? error
            return state.vm
        }
        vm?.interrupt(.cancel)
    }

    func attach(_ vm: LuaVM) {
        let count = state.withLock { state in
            state.vm = vm
            state.hadVM = true
            return state.abandonment == nil ? state.count : max(1, state.count)
        }
        if count > 0 { vm.interrupt(count == 1 ? .cancel : .kill) }
    }

    func detach() {
        state.withLock { $0.vm = nil }
    }
}
