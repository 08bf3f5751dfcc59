/// The script as the operator named it.
struct ScriptFile: Sendable {
    let path: String
    let source: [UInt8]

    /// As messages show it: the file's own name.
    var name: String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Where `require` and relative names of files start.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
