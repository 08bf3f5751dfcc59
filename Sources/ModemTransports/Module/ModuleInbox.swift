internal import ATProtocol

/// What reaches a simulated module; kept until somebody takes it.
struct ModuleInbox {
    private var handler: (@Sendable ([UInt8], Moment) -> Void)?
    private var waiting: [(bytes: [UInt8], at: Moment)] = []

    /// - Returns: what to call now, outside of exclusive access to the inbox.
    mutating func receive(_ bytes: [UInt8], at moment: Moment) -> (@Sendable ([UInt8], Moment) -> Void)? {
        if handler == nil { waiting.append((bytes, moment)) }
        return handler
    }

    /// - Returns: what came before there was a handler, in order.
    mutating func open(_ handler: @escaping @Sendable ([UInt8], Moment) -> Void) -> [(bytes: [UInt8], at: Moment)] {
        self.handler = handler
        defer { waiting.removeAll() }
        return waiting
    }
}
