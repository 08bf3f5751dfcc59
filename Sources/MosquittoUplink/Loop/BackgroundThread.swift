import Glibc

/// A thread of its own for work that blocks.
enum BackgroundThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs the body on a new, detached thread with a small stack and all signals blocked: signals belong to the
    /// threads of the program, and a write to a socket that is gone must not end it (SIGPIPE).
    ///
    /// - Throws: `UplinkThreadError` if the system gives no thread.
    static func start(_ body: @escaping @Sendable () -> Void) throws(UplinkThreadError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 512 * 1024)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        let context = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            context.toOpaque()
        )
        guard code == 0 else {
            context.release()
            throw UplinkThreadError(errno: code)
        }
    }
}

/// The system gave no thread or no descriptor for the network side of a module.
package struct UplinkThreadError: Error, Equatable, CustomStringConvertible {
    package var errno: Int32

    package var description: String { "no thread for the MQTT side of the simulated module: \(String(errno: errno))" }
}

extension String {
    /// The system's words for an error number.
    init(errno code: Int32) {
        var buffer = [CChar](repeating: 0, count: 128)
        let known = strerror_r(code, &buffer, buffer.count) == 0
        self =
            known
            ? String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "error \(code)"
    }
}
