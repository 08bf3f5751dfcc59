public import ATProtocol
public import ModemSession

/// A line within the process: one end for a session, the other for a simulated module.
public final class InProcessLine: ModemTransport, ModuleLine {
    public let name: String
    public let executor: any LineExecutor

    public init(name: String = "sim", loop: LineLoop = .shared) { fatalError() }

    public func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result { fatalError() }

    public func onReceive(_ handler: @escaping @Sendable ([UInt8], _ at: Moment) -> Void) {}
    public func send(_ bytes: [UInt8]) {}
    public func setPresent(_ present: Bool) {}
}
