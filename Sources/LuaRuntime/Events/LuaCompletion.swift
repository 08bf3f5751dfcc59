/// The right to end one waiting call, once, from any thread. What comes after the call was cancelled, or a second time,
/// is dropped and counted as late.
public struct LuaCompletion: Sendable, Hashable {
    /// Which wait of which task.
    struct Tag: Sendable, Hashable {
        /// Generation above slot. One word, as it is read right after it was written.
        let task: UInt64
        let sequence: UInt64
    }

    let tag: Tag
    let host: LuaHost

    /// Through the VM's own port. An operation of a session whose events must keep their order posts
    /// ``LuaEventPort/Event/complete(_:_:)`` at the session's port instead.
    public func complete(_ result: Result<[LuaValue], LuaFailure>) {
        host.complete(self, result)
    }

    public func succeed(_ values: [LuaValue] = []) {
        host.succeed(self, values)
    }

    public func fail(_ failure: LuaFailure) {
        complete(.failure(failure))
    }

    public static func == (left: LuaCompletion, right: LuaCompletion) -> Bool {
        left.tag == right.tag && left.host === right.host
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(tag)
    }
}
