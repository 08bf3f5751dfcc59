import Glibc

/// Work that may block for good, such as reading from a network mount: each piece on a thread of its own that nobody
/// joins, so that a run can end without it.
enum BlockingWork {
    private final class Box: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// False when no thread can be had; then `body` never runs.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 512 << 10)
        defer { pthread_attr_destroy(&attributes) }
        let box = Unmanaged.passRetained(Box(body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
                return nil
            },
            box.toOpaque()
        )
        if status != 0 { box.release() }
        return status == 0
    }
}

extension LuaCompletion {
    /// Completes with what `body` gives, computed on a thread that may block.
    func completeBlocking(_ body: @escaping @Sendable () throws(LuaFailure) -> [LuaValue]) {
        let hasStarted = BlockingWork.start {
            do throws(LuaFailure) {
                succeed(try body())
            } catch {
                fail(error)
            }
        }
        if !hasStarted { fail(LuaFailure(.internal, "no thread for a blocking operation")) }
    }
}
