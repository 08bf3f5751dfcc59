import Glibc

/// A folder below the system's temporary one that only this user can read.
///
/// The supervisor of the broker removes it; `remove` is for the time before there is one.
struct TemporaryFolder: Sendable {
    let path: String

    init() throws(PrivateBrokerError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/moonwire-broker-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw PrivateBrokerError(.files, detail: "\(parent): \(String(errno: errno))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func path(of name: String) -> String { "\(path)/\(name)" }

    func write(_ content: some Collection<UInt8>, to name: String) throws(PrivateBrokerError) {
        try writePrivateFile(content, to: path(of: name))
    }

    /// Removes the files this folder can hold, all on one level, and the folder.
    func remove() {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                unlink(self.path(of: name))
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

/// The whole content of a small file.
func readPrivateFile(_ path: String) throws(PrivateBrokerError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PrivateBrokerError(.files, detail: "\(path): \(String(errno: errno))") }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        guard count >= 0 else { throw PrivateBrokerError(.files, detail: "\(path): \(String(errno: errno))") }
        if count == 0 { return content }
        content += chunk[..<count]
    }
}

/// Writes a file that only this user can read, in place of an older one.
func writePrivateFile(_ content: some Collection<UInt8>, to path: String) throws(PrivateBrokerError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PrivateBrokerError(.files, detail: "\(path): \(String(errno: errno))") }
    defer { close(descriptor) }
    var rest = Array(content)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw PrivateBrokerError(.files, detail: "\(path): \(String(errno: errno))") }
        rest = rest.dropFirst(count)
    }
}
