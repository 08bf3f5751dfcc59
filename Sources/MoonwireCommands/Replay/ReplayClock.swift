internal import ATProtocol
internal import Glibc
internal import LuaRuntime
internal import ModemSession
internal import Synchronization

/// The clock of a script that runs against a replayed module: the module's own, which jumps over what nobody works in.
final class ReplayClock: LuaClock {
    private let executor: any LineExecutor
    /// Seconds since 1970 at the trace's beginning.
    private let origin: Double
    private let pending = Mutex<(@Sendable () -> Void)?>(nil)
    private let timer = Mutex<(any LineTimer)?>(nil)

    /// - Parameter wall: of the trace's first line, `2026-03-01T09:38:00.000000Z`.
    init(executor: any LineExecutor, wall: String) {
        self.executor = executor
        origin = Self.seconds(wall)
        let timer = executor.makeTimer { [weak self] in
            self?.pending.withLock { pending in
                defer { pending = nil }
                return pending
            }?()
        }
        self.timer.withLock { $0 = timer }
    }

    var monotonic: Int64 { executor.now().nanoseconds }
    var wall: Double { origin + Double(monotonic) / 1e9 }

    func wake(at deadline: Int64?, _ wake: @escaping @Sendable () -> Void) {
        pending.withLock { $0 = wake }
        executor.execute { [self] in
            timer.withLock { $0 }?.set(deadline.map { Moment(nanoseconds: $0) })
        }
    }

    private static func seconds(_ text: String) -> Double {
        let numbers = text.split { !$0.isNumber }.compactMap { Int32($0) }
        guard numbers.count >= 6 else { return 0 }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
        return Double(timegm(&parts))
    }
}
