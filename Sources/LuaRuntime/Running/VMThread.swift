import Glibc
import Synchronization

/// The thread of one VM, and the executor of its actor. Between jobs it runs `turn`, which does the VM's work and says
/// when it wants to be called again.
///
/// `@unchecked Sendable`: everything mutable is behind `lock`; `turn` is set before the thread starts.
final class VMThread: SerialExecutor, @unchecked Sendable {
    static let stackSize = 16 << 20

    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var jobs: [UnownedJob] = []
    private var isRung = false
    private var isStopping = false
    private var hasStarted = false
    /// `nil` before it runs.
    private var thread: pthread_t?
    /// Who runs jobs now: the thread, or after its end whoever came with one.
    private let runner = Atomic<UInt>(0)
    private var turn: (() -> Int64?)?

    init() {
        lock = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        lock.deallocate()
        condition.deallocate()
    }

    /// - Throws: `internal` when the system gives no thread.
    func start(turn: @escaping () -> Int64?) throws(LuaFailure) {
        self.turn = turn
        hasStarted = true
        do throws(LuaFailure) {
            thread = try startThread(for: "the Lua VM", stackSize: Self.stackSize) { [self] in main() }
        } catch {
            self.turn = nil
            hasStarted = false
            throw error
        }
    }

    /// Makes the thread take a turn soon. From any thread.
    ///
    /// It is woken when the lock is free, or its first step would be to wait for the lock.
    func ring() {
        pthread_mutex_lock(lock)
        isRung = true
        pthread_mutex_unlock(lock)
        pthread_cond_signal(condition)
    }

    /// Lets the thread end when its jobs are done. From the thread itself, too.
    func stop() {
        pthread_mutex_lock(lock)
        isStopping = true
        pthread_mutex_unlock(lock)
        pthread_cond_signal(condition)
    }

    /// After ``stop()``, from another thread; once. One that never started is no error.
    func join() {
        if let thread { pthread_join(thread, nil) }
    }

    /// A thread that no longer reacts: nobody waits for it.
    func abandon() {
        if let thread { pthread_detach(thread) }
    }

    private func main() {
        runner.store(UInt(pthread_self()), ordering: .releasing)
        while let batch = nextJobs(until: turn?()) {
            for job in batch {
                job.runSynchronously(on: asUnownedSerialExecutor())
            }
        }
        turn = nil
        runner.store(0, ordering: .releasing)
    }

    /// Waits for jobs, a ring, or the deadline (monotonic ns); `nil` when the thread is to end.
    private func nextJobs(until deadline: Int64?) -> [UnownedJob]? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while jobs.isEmpty, !isRung, !isStopping {
            guard let deadline else {
                pthread_cond_wait(condition, lock)
                continue
            }
            // The kernel lets a waiter sleep for the timer's slack even when its time is over.
            if deadline <= LuaSystemClock().monotonic { break }
            var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
            if pthread_cond_timedwait(condition, lock, &time) == ETIMEDOUT { break }
        }
        if jobs.isEmpty, isStopping {
            hasStarted = false
            return nil
        }
        isRung = false
        defer { jobs = [] }
        return jobs
    }

    // MARK: SerialExecutor

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(lock)
        if hasStarted {
            jobs.append(job)
            pthread_mutex_unlock(lock)
            pthread_cond_signal(condition)
            return
        }
        // The thread has not started or is gone: the caller runs the job, one at a time thanks to the lock.
        defer { pthread_mutex_unlock(lock) }
        runner.store(UInt(pthread_self()), ordering: .releasing)
        job.runSynchronously(on: asUnownedSerialExecutor())
        runner.store(0, ordering: .releasing)
    }

    func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the thread of this Lua VM")
    }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    /// Whether the caller is the one that runs this VM's jobs now.
    var isCurrent: Bool { runner.load(ordering: .acquiring) == UInt(pthread_self()) }
}
