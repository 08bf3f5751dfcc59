import Glibc
import Synchronization

/// A file of a script, counted against the run's limits. Used by one blocking operation at a time, on any thread.
final class OpenFile: Sendable {
    let name: String
    private let host: LuaHost
    private let state: Mutex<State>

    private struct State {
        var descriptor: Int32
        /// Read, and not yet given to the script.
        var buffer: [UInt8] = []
        var isAtEnd = false
    }

    init(_ name: String, for purpose: FileAccess.Purpose, host: LuaHost) throws(LuaFailure) {
        try host.fileCounts.open(limit: host.limits.openFiles)
        do throws(LuaFailure) {
            state = Mutex(State(descriptor: try host.files.open(name, for: purpose)))
        } catch {
            host.fileCounts.close()
            throw error
        }
        self.name = name
        self.host = host
    }

    deinit {
        close()
    }

    var isOpen: Bool { state.withLock { $0.descriptor >= 0 } }

    func close() {
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            Glibc.close(state.descriptor)
            state.descriptor = -1
            host.fileCounts.close()
        }
    }

    private func failure(_ doing: String, _ error: Int32) -> LuaFailure {
        LuaFailure(.error, "cannot \(doing) '\(name)': \(FileAccess.words(error))", code: Int64(error))
    }

    private var closed: LuaFailure { LuaFailure(.closed, "'\(name)' is closed") }

    func write(_ bytes: [UInt8]) throws(LuaFailure) {
        try host.fileCounts.write(bytes.count, limit: host.limits.filesWritten)
        let error = state.withLock { state -> Int32? in
            guard state.descriptor >= 0 else { return EBADF }
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes {
                    Glibc.write(state.descriptor, $0.baseAddress, $0.count)
                }
                if count < 0, errno != EINTR { return errno }
                written += max(0, count)
            }
            return nil
        }
        if error == EBADF { throw closed }
        if let error { throw failure("write", error) }
    }

    /// Up to `count` bytes; `nil` at the end of the file. Zero bytes: empty, or `nil` at the end.
    func read(_ count: Int) throws(LuaFailure) -> [UInt8]? {
        try consume { state in
            let isEnough = state.buffer.count >= max(count, 1)
            guard isEnough || state.isAtEnd else { return .needsMore }
            if state.buffer.isEmpty { return .done(nil) }
            return .done(Self.take(&state, min(count, state.buffer.count)))
        }
    }

    /// The rest of the file.
    func readAll(limit: Int) throws(LuaFailure) -> [UInt8] {
        let rest = try consume { state in
            if state.buffer.count > limit { return .done(nil) }
            return state.isAtEnd ? .done(Self.take(&state, state.buffer.count)) : .needsMore
        }
        guard let rest else { throw LuaFailure(.error, "'\(name)' is larger than \(limit) bytes") }
        return rest
    }

    /// The next line; `nil` at the end of the file.
    func readLine(keepingEnd: Bool) throws(LuaFailure) -> [UInt8]? {
        try consume { state in
            if let end = state.buffer.firstIndex(of: 0x0a) {
                var line = Self.take(&state, end + 1)
                if !keepingEnd { line.removeLast() }
                return .done(line)
            }
            if state.buffer.count > 4 << 20 { return .done(Self.take(&state, state.buffer.count)) }
            guard state.isAtEnd else { return .needsMore }
            return .done(state.buffer.isEmpty ? nil : Self.take(&state, state.buffer.count))
        }
    }

    /// `whence`: SEEK_SET, SEEK_CUR or SEEK_END. Returns the new place.
    func seek(_ offset: Int64, _ whence: Int32) throws(LuaFailure) -> Int64 {
        let (place, error) = state.withLock { state -> (Int64, Int32?) in
            guard state.descriptor >= 0 else { return (0, EBADF) }
            let ahead = whence == SEEK_CUR ? Int64(state.buffer.count) : 0
            let place = lseek(state.descriptor, Int(offset - ahead), whence)
            if place < 0 { return (0, errno) }
            state.buffer = []
            state.isAtEnd = false
            return (Int64(place), nil)
        }
        if error == EBADF { throw closed }
        if let error { throw failure("seek in", error) }
        return place
    }

    private enum Step {
        case done([UInt8]?)
        case needsMore
    }

    private func consume(_ step: (inout State) -> Step) throws(LuaFailure) -> [UInt8]? {
        let result = state.withLock { state -> Result<[UInt8]?, SystemError> in
            while true {
                if case .done(let bytes) = step(&state) { return .success(bytes) }
                guard state.descriptor >= 0 else { return .failure(SystemError(code: EBADF)) }
                var chunk = [UInt8](repeating: 0, count: 64 << 10)
                let count = Glibc.read(state.descriptor, &chunk, chunk.count)
                if count < 0, errno != EINTR { return .failure(SystemError(code: errno)) }
                if count == 0 { state.isAtEnd = true }
                if count > 0 { state.buffer.append(contentsOf: chunk[..<count]) }
            }
        }
        switch result {
        case .success(let bytes): return bytes
        case .failure(let error): throw error.code == EBADF ? closed : failure("read", error.code)
        }
    }

    private struct SystemError: Error {
        var code: Int32
    }

    private static func take(_ state: inout State, _ count: Int) -> [UInt8] {
        let taken = Array(state.buffer[..<count])
        state.buffer.removeFirst(count)
        return taken
    }
}

/// How many files a run has open, and how much it wrote.
final class FileCounts: Sendable {
    private let counts = Mutex((open: 0, written: 0))

    func open(limit: Int) throws(LuaFailure) {
        let isAllowed = counts.withLock { counts in
            guard counts.open < limit else { return false }
            counts.open += 1
            return true
        }
        if !isAllowed { throw LuaFailure(.error, "too many open files (\(limit))") }
    }

    func close() {
        counts.withLock { $0.open -= 1 }
    }

    func write(_ bytes: Int, limit: Int) throws(LuaFailure) {
        let isAllowed = counts.withLock { counts in
            guard counts.written + bytes <= limit else { return false }
            counts.written += bytes
            return true
        }
        if !isAllowed { throw LuaFailure(.error, "file limit: the run wrote more than \(limit) bytes") }
    }
}
