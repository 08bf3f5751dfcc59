public import ATProtocol
public import ModemSession

/// Serves a simulated module on a pseudo terminal, for any program that opens serial ports.
public final class PtyModule: ModuleLine {
    public let executor: any LineExecutor
    /// The terminal to open: `/dev/pts/7`.
    public var device: String { fatalError() }

    /// Runs `body` while the terminal exists.
    ///
    /// - Parameter link: a symbolic link that leads to the terminal as long as it exists; an existing link is replaced,
    ///   any other file is an error.
    /// - Throws: `TransportError`, and whatever `body` throws.
    public static func withModule<Result>(
        link: String? = nil,
        loop: LineLoop = .shared,
        _ body: (PtyModule) async throws -> Result
    ) async throws -> Result { fatalError() }

    init() { fatalError() }

    public func onReceive(_ handler: @escaping @Sendable ([UInt8], _ at: Moment) -> Void) {}
    public func send(_ bytes: [UInt8]) {}
    public func setPresent(_ present: Bool) {}
}
