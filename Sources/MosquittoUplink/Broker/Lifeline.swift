/// Something that is cut once, and a task that waits for it.
actor Lifeline {
    private var isCut = false
    private var waiter: CheckedContinuation<Void, Never>?

    /// Returns when the line is cut, whether or not the waiting task is cancelled. One task may wait.
    func wait() async {
        if isCut { return }
        await withCheckedContinuation { waiter = $0 }
    }

    func cut() {
        isCut = true
        waiter?.resume()
        waiter = nil
    }
}
