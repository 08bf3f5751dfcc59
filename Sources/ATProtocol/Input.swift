/// One call of the engine as a value, for replay, simulation and fuzzing.
public enum Input: Equatable, Sendable {
    case opened(PortGeneration)
    case received([UInt8])
    case written(WriteID)
    case submitted(ExchangeID, Command)
    case cancelled(ExchangeID)
    case timerFired
    case closed(PortLoss)
}

extension ATEngine {
    public mutating func apply(_ input: Input, at now: Moment, into out: inout [Action]) {
        switch input {
        case .opened(let port): opened(port, at: now, into: &out)
        case .received(let bytes): received(bytes.span, at: now, into: &out)
        case .written(let write): written(write, at: now, into: &out)
        case .submitted(let id, let command): submitted(id, command, at: now, into: &out)
        case .cancelled(let id): cancelled(id, at: now, into: &out)
        case .timerFired: timerFired(at: now, into: &out)
        case .closed(let loss): closed(loss, at: now, into: &out)
        }
    }
}
