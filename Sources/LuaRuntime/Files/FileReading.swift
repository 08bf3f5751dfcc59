import Glibc

/// Whole files by descriptor.
enum FileReading {
    /// Everything from the descriptor's place on; `nil` when it is more than `limit` bytes. Fails with errno.
    static func all(_ descriptor: Int32, limit: Int) -> Result<[UInt8], ReadFailure> {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return .success(bytes) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(.system(errno))
            }
            bytes.append(contentsOf: chunk[..<count])
            if bytes.count > limit { return .failure(.tooLarge) }
        }
    }

    static func close(_ descriptor: Int32) {
        Glibc.close(descriptor)
    }

    enum ReadFailure: Error {
        case system(Int32)
        case tooLarge
    }
}

extension LuaHost {
    var files: FileAccess { FileAccess(folder: folder, grants: grants) }

    /// The file's bytes, by the rules of the sandbox. Blocks: for `.async` and waiting bodies, not for synchronous ones.
    /// Fails with kind `denied` (hint: the option that grants it), or `error` when it cannot be read or is larger
    /// than `limit` bytes.
    public func readFile(_ name: String, limit: Int = 16 << 20) throws(LuaFailure) -> [UInt8] {
        let descriptor = try files.open(name, for: .reading)
        defer { close(descriptor) }
        switch FileReading.all(descriptor, limit: limit) {
        case .success(let bytes): return bytes
        case .failure(.tooLarge): throw LuaFailure(.error, "'\(name)' is larger than \(limit) bytes")
        case .failure(.system(let error)):
            throw LuaFailure(.error, "cannot read '\(name)': \(FileAccess.words(error))", code: Int64(error))
        }
    }

    /// A granted environment variable; `nil` when it is not set. Kind `denied` when the name is not granted.
    public func environment(_ name: String) throws(LuaFailure) -> String? {
        guard grants.environment.contains(name) else {
            throw .denied("the environment variable '\(name)' is not granted", grant: "--allow-env \(name)")
        }
        return getenv(name).map { String(cString: $0) }
    }
}
