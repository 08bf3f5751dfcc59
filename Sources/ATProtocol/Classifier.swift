/// Decides what a complete line is: section 4 of the engine's specification, the first step that fits wins.
/// A class, so that it is lent at the cost of one reference.
final class Classifier: Sendable {
    let urcs: URCTable
    let finals: FinalReader

    init(_ configuration: Configuration) {
        urcs = URCTable(configuration.urcs)
        finals = FinalReader(texts: configuration.errorTexts)
    }

    enum Owner: Equatable, Sendable {
        case active
        case pending(Int)
        case zombie(Int)
        /// The engine's own probe or padding.
        case link
        case nobody
    }

    enum Reading: Equatable, Sendable {
        case restart(URCSpec.ID)
        case quarantined
        case final(FinalCode, Owner)
        case information
        /// An answer or an unsolicited line: both accept it.
        case ambiguous
        case result(Int, Owner)
        /// It may answer the active exchange once its gate opens.
        case held
        /// An information line of a zombie.
        case late(Int)
        case unsolicited(URCSpec.ID?)

        /// The step of section 4 that fitted.
        var rule: Int {
            switch self {
            case .quarantined: 1
            case .held: 2
            case .final, .information, .late: 3
            case .result: 4
            case .ambiguous: 5
            case .restart: 6
            case .unsolicited: 7
            }
        }
    }

    /// What else a reading depends on.
    struct Context: Sendable {
        var isTerse: Bool
        var echo: EchoState
        var isQuarantined: Bool
        /// Finals go to a probe or to padding.
        var linkTakesFinals: Bool
        /// False: the line is known not to answer the active exchange.
        var mayBeOwn: Bool
    }

    /// - Parameters:
    ///   - name: of this line.
    ///   - active: that of the queue.
    @inline(__always)
    func read(
        _ line: Span<UInt8>,
        named name: LineName,
        _ queue: borrowing ExchangeQueue,
        active: Exchange?,
        _ context: Context
    ) -> Reading {
        let urc = urcs.first(accepting: line, named: name)
        if let urc {
            switch urcs.meaning(of: urc) {
            case .restart: return .restart(urc)
            case .blockEnd: if context.isQuarantined { return .unsolicited(urc) }
            case .ordinary, .bootEnd: break
            }
        }
        if context.isQuarantined { return .quarantined }
        if let reading = readFinal(line, queue, active, context) { return reading }
        if queue.hasForeign, let result = readForeignResult(line, queue, active, context),
            !ownShapePrevails(line, name, active, context)
        {
            return result
        }
        if context.mayBeOwn, let active, !isOlder(active, queue),
            let reading = active.read(line, named: name, urc, context)
        {
            return reading
        }
        if urc == nil, !queue.zombies.isEmpty, let late = readLate(line, name, queue) { return .late(late) }
        return .unsolicited(urc)
    }

    @inline(__always)
    private func readFinal(
        _ line: Span<UInt8>,
        _ queue: borrowing ExchangeQueue,
        _ active: Exchange?,
        _ context: Context
    ) -> Reading? {
        let code =
            FinalReader.mayRead(line) ? finals.read(line, isTerse: context.isTerse || context.linkTakesFinals) : nil
        // Most lines, and most commands: no final result code, and none of a command's own.
        if code == nil, queue.zombies.isEmpty, active?.traits.hasFinals != true { return nil }
        return readFinal(code, line, queue, active, context)
    }

    private func readFinal(
        _ usual: FinalCode?,
        _ line: Span<UInt8>,
        _ queue: borrowing ExchangeQueue,
        _ active: Exchange?,
        _ context: Context
    ) -> Reading? {
        let zombie = queue.zombies.isEmpty ? nil : queue.zombieOwedFinal
        var code = usual
        if code == nil, let zombie { code = queue.zombies[zombie].special(line) }
        if context.linkTakesFinals { return code.map { .final($0, .link) } }
        let foreign = zombie.map { Owner.zombie($0) } ?? .nobody
        guard context.mayBeOwn, let active, active.phase != .tail else {
            return code.map { .final($0, foreign) }
        }
        guard let code = code ?? active.special(line) else { return nil }
        if active.phase.isBehindGate {
            // Without an echo nothing tells the two apart, and the module answers in order.
            return .final(code, context.echo == .off && zombie != nil ? foreign : .active)
        }
        let mayBeHeld = zombie == nil && context.echo != .off && active.writtenAt != nil
        return mayBeHeld ? .held : .final(code, foreign)
    }

    /// A result that another exchange than the active one awaits.
    ///
    /// A zombie comes last: behind its gate the active exchange is being worked on by the module, so the zombie on the
    /// same resource is not, and what it was owed is lost.
    private func readForeignResult(
        _ line: Span<UInt8>,
        _ queue: borrowing ExchangeQueue,
        _ active: Exchange?,
        _ context: Context
    ) -> Reading? {
        for index in queue.pending.indices {
            if let code = queue.pending[index].resultCode(of: line) {
                return .result(code, .pending(index))
            }
        }
        guard !queue.zombies.isEmpty, !context.mayBeOwn || active?.takenResult(line) == nil else { return nil }
        for index in queue.zombies.indices where queue.zombies[index].zombie?.owesResult == true {
            if let code = queue.zombies[index].resultCode(of: line) {
                return .result(code, .zombie(index))
            }
        }
        return nil
    }

    /// Whether the active exchange declares exactly this line as information; shapes that take any line do not count.
    private func ownShapePrevails(
        _ line: Span<UInt8>,
        _ name: LineName,
        _ active: Exchange?,
        _ context: Context
    ) -> Bool {
        guard context.mayBeOwn, let active else { return false }
        guard active.phase.isBehindGate, active.phase != .tail else { return false }
        return active.takesInformation(line, named: name, isDeclared: true)
    }

    /// Whether what comes now is older than this exchange: its echo has not come, and a zombie's final has not either.
    private func isOlder(_ active: Exchange, _ queue: borrowing ExchangeQueue) -> Bool {
        !queue.zombies.isEmpty && !active.phase.isBehindGate && queue.zombieOwedFinal != nil
    }

    private func readLate(_ line: Span<UInt8>, _ name: LineName, _ queue: borrowing ExchangeQueue) -> Int? {
        queue.zombies.firstIndex { exchange in
            exchange.zombie?.owesFinal == true
                && exchange.takesInformation(line, named: name, isDeclared: false)
        }
    }
}

extension Exchange {
    /// What the line is to the active exchange; nil: nothing.
    fileprivate func read(
        _ line: Span<UInt8>,
        named name: LineName,
        _ urc: URCSpec.ID?,
        _ context: Classifier.Context
    ) -> Classifier.Reading? {
        guard phase.isBehindGate else {
            guard context.echo != .off, writtenAt != nil else { return nil }
            let isOurs =
                takesInformation(line, named: name, isDeclared: urc != nil) || resultCode(of: line) != nil
            return isOurs ? .held : nil
        }
        // A repeated echo.
        if isEcho(line) { return .unsolicited(urc) }
        if phase != .tail, takesInformation(line, named: name, isDeclared: urc != nil) {
            return traits.isSingle && urc != nil ? .ambiguous : .information
        }
        return takenResult(line).map { .result($0, .active) }
    }

    /// The code of a result that the exchange takes now.
    fileprivate func takenResult(_ line: Span<UInt8>) -> Int? {
        guard traits.hasResult, let orders = spec.result?.orders, phase.takesResult(orders, hasOne: result != nil)
        else { return nil }
        return resultCode(of: line)
    }
}

extension Exchange.Phase {
    /// Whether a result may come now.
    fileprivate func takesResult(_ orders: ResultOrders, hasOne: Bool) -> Bool {
        switch self {
        case .tail: orders.contains(.errorThenResult)
        case .prompt, .stalled, .data, .final:
            !hasOne && !orders.isDisjoint(with: [.resultThenOK, .resultThenError])
        case .result: true
        case .queued, .gate: false
        }
    }
}
