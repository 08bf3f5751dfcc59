internal import Glibc

/// Wakes one sleeping thread; a ring that comes before the sleep is kept.
final class Bell: @unchecked Sendable {
    // Sendable because a POSIX semaphore may be used by any thread; it lives at one address until deinit.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func ring() { sem_post(semaphore) }

    /// Waits for a ring.
    func wait() {
        while sem_wait(semaphore) != 0 {}
    }

    /// An end of a wait that begins now.
    struct Pause {
        fileprivate var end = timespec()

        init(milliseconds: Int) {
            clock_gettime(CLOCK_REALTIME, &end)
            end.tv_nsec += milliseconds * 1_000_000
            end.tv_sec += end.tv_nsec / 1_000_000_000
            end.tv_nsec %= 1_000_000_000
        }
    }

    /// Waits for a ring until the pause is over.
    ///
    /// - Returns: whether there was a ring.
    func wait(until pause: Pause) -> Bool {
        var end = pause.end
        while sem_timedwait(semaphore, &end) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }
}
