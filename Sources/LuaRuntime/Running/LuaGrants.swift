/// What a script may reach outside the VM. The script's own folder is always readable.
public struct LuaGrants: Sendable {
    /// Folders, `--allow-read`.
    public var read: [String]
    /// Folders, `--allow-write`; grants no reading.
    public var write: [String]
    /// Names, `--allow-env`.
    public var environment: Set<String>

    public init(read: [String] = [], write: [String] = [], environment: Set<String> = []) {
        self.read = read
        self.write = write
        self.environment = environment
    }
}
