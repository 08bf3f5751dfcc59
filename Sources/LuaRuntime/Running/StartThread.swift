import Glibc

/// Starts a thread that runs `body` to its end, and that must be joined or detached.
/// - Parameters:
///   - purpose: whom it is for, in the words of the error.
///   - stackSize: bytes.
/// - Throws: `internal` when the system gives no thread; `body` is not called then.
func startThread(
    for purpose: String,
    stackSize: Int,
    _ body: @escaping @Sendable () -> Void
) throws(LuaFailure) -> pthread_t {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackSize)
    defer { pthread_attr_destroy(&attributes) }
    let start = Unmanaged.passRetained(ThreadStart(body))
    var thread = pthread_t()
    let error = pthread_create(&thread, &attributes, { runThread($0) }, start.toOpaque())
    guard error == 0 else {
        start.release()
        throw LuaFailure(.internal, "no thread for \(purpose): \(String(cString: strerror(error)))")
    }
    return thread
}

/// Carries the body over to its thread.
private final class ThreadStart {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runThread(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let start else { return nil }
    Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().body()
    return nil
}
