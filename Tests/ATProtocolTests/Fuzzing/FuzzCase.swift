import ATProtocol

/// One input of the fuzzer: options and a list of operations.
struct FuzzCase: Equatable, Sendable {
    enum Operation: Equatable, Sendable {
        /// Index into `commandNames`, and a total timeout in milliseconds, 0: none.
        case submit(Int, Int)
        /// The exchange submitted this many before the last one.
        case cancel(Int)
        case receive([UInt8])
        /// The oldest write that has not left leaves.
        case written
        case wait(milliseconds: Int)
        case close
        case open
    }

    static let commandNames = Catalog.commands.keys.sorted()

    /// Index into `FuzzEngines`.
    var engine: Int
    var operations: [Operation]

    init(engine: Int, operations: [Operation]) {
        self.engine = engine
        self.operations = operations
    }

    /// The dialogue of a vector, with the opening before it.
    init(_ vector: Vector) {
        engine = vector.isEchoOn ? 0 : 1
        operations = [.open, .written, .receive(Array((vector.isEchoOn ? "AT\r\r\nOK\r\n" : "\r\nOK\r\n").utf8))]
        if !vector.isEchoOn { operations.append(.wait(milliseconds: 200)) }
        for item in vector.items {
            switch item {
            case .submit(_, let name, let timeout):
                let index = Self.commandNames.firstIndex(of: name) ?? 0
                let milliseconds = timeout.map { Int($0 / .milliseconds(1)) } ?? 0
                operations.append(.submit(index, milliseconds))
            case .cancel: operations.append(.cancel(0))
            case .written: operations.append(.written)
            case .receive(let bytes): operations.append(.receive(bytes))
            case .wait(let duration): operations.append(.wait(milliseconds: Int(duration / .milliseconds(1))))
            case .close: operations.append(.close)
            case .open: operations.append(.open)
            }
        }
    }
}
