import Glibc
import MosquittoUplink

/// A folder with the files that documentation examples name: `ca.pem`, `unit.pem`, `unit.key`, and `out` to write to;
/// the latter two as the examples of the repository name them, too: `client.pem`, `client.key`; and `other.key`, which
/// belongs to another unit.
struct ExampleFolder {
    let path: String

    static func with<Result>(_ body: (ExampleFolder) async throws -> Result) async throws -> Result {
        let folder = try ExampleFolder()
        do {
            let result = try await body(folder)
            folder.remove()
            return result
        } catch {
            folder.remove()
            throw error
        }
    }

    private init() throws {
        var template = Array("/tmp/moonwire-doc-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Problem(errno: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard mkdir(path + "/out", 0o700) == 0 else { throw Problem(errno: errno) }
        try write(Self.credentials.authority, to: "ca.pem")
        try write(Self.credentials.certificate, to: "unit.pem")
        try write(Self.credentials.key, to: "unit.key")
        try write(Self.credentials.certificate, to: "client.pem")
        try write(Self.credentials.key, to: "client.key")
        try write(Self.credentials.otherKey, to: "other.key")
    }

    struct Problem: Error { var errno: Int32 }

    func write(_ bytes: [UInt8], to name: String) throws {
        guard let file = fopen(path + "/" + name, "w") else { throw Problem(errno: errno) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Problem(errno: errno) }
    }

    static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Problem(errno: errno) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    private func remove() {
        for folder in [path + "/out", path] {
            guard let directory = opendir(folder) else { continue }
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != "." && name != ".." { unlink(folder + "/" + name) }
            }
            closedir(directory)
            rmdir(folder)
        }
    }

    /// Made once: keys take time.
    private static let credentials:
        (
            authority: [UInt8], certificate: [UInt8], key: [UInt8], otherKey: [UInt8]
        ) = {
            do {
                let authority = try TestAuthority()
                let unit = try authority.issueClient("unit-001")
                let other = try authority.issueClient("unit-002")
                return (authority.certificate, unit.certificate, unit.key, other.key)
            } catch {
                preconditionFailure("no test certificates: \(error)")
            }
        }()
}
