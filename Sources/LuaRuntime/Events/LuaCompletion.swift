/// The right to end one waiting call, once, from any thread. What comes after the call was cancelled, or a second time,
/// is dropped and counted as late.
public struct LuaCompletion: Sendable, Hashable {
    let slot: UInt32
    let generation: UInt32
    let sequence: UInt64
    let host: LuaHost

    /// Through the VM's own port. An operation of a session whose events must keep their order posts
    /// ``LuaEventPort/Event/complete(_:_:)`` at the session's port instead.
    public func complete(_ result: Result<[LuaValue], LuaFailure>) {
        host.complete(self, result)
    }

    public func succeed(_ values: [LuaValue] = []) {
        complete(.success(values))
    }

    public func fail(_ failure: LuaFailure) {
        complete(.failure(failure))
    }

    public static func == (left: LuaCompletion, right: LuaCompletion) -> Bool {
        left.slot == right.slot && left.generation == right.generation && left.sequence == right.sequence
            && left.host === right.host
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(sequence)
    }
}
