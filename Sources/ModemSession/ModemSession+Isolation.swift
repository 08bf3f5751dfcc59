extension ModemSession {
    /// Runs `body` in the session, at once. Only to be called on the session's executor.
    ///
    /// `assumeIsolated` asks the runtime before it asks the executor, which takes as long as reading a line does. The
    /// executor is asked here, too; the cast is the one that `assumeIsolated` makes.
    nonisolated func enter(_ body: (isolated ModemSession) -> Void) {
        precondition(executor.isCurrent, "the session was entered beside its executor")
        withoutActuallyEscaping(body) { body in
            unsafeBitCast(body, to: ((ModemSession) -> Void).self)(self)
        }
    }
}
