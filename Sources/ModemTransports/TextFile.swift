internal import Glibc

/// Small files that the kernel makes, which have no size to ask for.
enum TextFile {
    /// The whole file; nil if it cannot be read. Invalid UTF-8 becomes U+FFFD.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
            bytes += piece[..<count]
        }
    }

    /// Names in a folder, sorted; empty if it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What a symbolic link says; nil if it is none.
    static func target(of link: String) -> String? {
        var characters = [CChar](repeating: 0, count: 4096)
        let count = readlink(link, &characters, characters.count)
        guard count > 0 else { return nil }
        return String(decoding: characters.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
