internal import Synchronization

/// Cuts what a script writes into whole lines, for a screen that takes nothing else.
final class LineBuffer: Sendable {
    private let rest = Mutex<[UInt8]>([])
    private let show: @Sendable (String) -> Void

    /// - Parameter show: takes whole lines.
    init(show: @escaping @Sendable (String) -> Void) {
        self.show = show
    }

    func write(_ bytes: [UInt8]) {
        let lines = rest.withLock { rest in
            rest += bytes
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return "" }
            defer { rest.removeSubrange(...end) }
            return String(decoding: rest[...end], as: UTF8.self)
        }
        if !lines.isEmpty { show(lines) }
    }

    /// Shows a line that was begun and not ended.
    func flush() {
        let line = rest.withLock { rest in
            defer { rest = [] }
            return rest
        }
        if !line.isEmpty { show(String(decoding: line, as: UTF8.self) + "\n") }
    }
}
