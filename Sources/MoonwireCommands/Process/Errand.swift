internal import Dispatch

/// Work on a thread of its own that may never come to its end, and is left behind then.
struct Errand {
    private let isDone = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () -> Void) {
        let isDone = isDone
        DispatchQueue(label: "moonwire.errand").async {
            body()
            isDone.signal()
        }
    }

    /// Waits in short pieces and counts them: of the time in which the whole process stood still, one piece is lost.
    /// - Returns: whether it came to its end; asked once.
    func ends(within pieces: Int, of milliseconds: Int = 20) -> Bool {
        for _ in 0..<pieces where isDone.wait(timeout: .now() + .milliseconds(milliseconds)) == .success { return true }
        return false
    }
}
