import SeededRandom

@testable import ATProtocol

/// Runs one fuzz case and checks what must hold whatever happens.
struct FuzzRun: ~Copyable {
    enum Broken: Error, Equatable {
        case completedTwice(UInt64)
        case completedUnasked(UInt64)
        case bufferGrew(Int)
        case timerDoesNotMove
    }

    /// A line, a frame and its header, and what may wait behind a held line.
    private static let bufferLimit = 65 * (10_240 + 4096)
    private static let longestWait = 64

    private var engine: ATEngine
    private var now = Moment(nanoseconds: 0)
    private var out: [Action] = []
    private var writes: [WriteID] = []
    private var deadline: Moment?
    private var submitted: UInt64 = 0
    private var open: Set<UInt64> = []
    private var generation: UInt32 = 0
    private(set) var actions: [Action] = []

    init(_ tables: ATEngine.Tables) { engine = ATEngine(tables) }

    /// - Parameter random: divides the bytes into reads; nil: they stay whole.
    mutating func run(_ fuzzCase: FuzzCase, splitBy random: SeededRandom?) throws {
        var random = random
        for operation in fuzzCase.operations {
            switch operation {
            case .submit(let index, let milliseconds): try submit(index, milliseconds)
            case .cancel(let back) where submitted > UInt64(back):
                try apply(.cancelled(ExchangeID(submitted - UInt64(back))))
            case .cancel: break
            case .receive(let bytes): try receive(bytes, &random)
            case .written: if !writes.isEmpty { try apply(.written(writes.removeFirst())) }
            case .wait(let milliseconds): try wait(milliseconds)
            case .close: try apply(.closed(.vanished))
            case .open:
                generation += 1
                try apply(.opened(PortGeneration(generation)))
            }
        }
    }

    private mutating func submit(_ index: Int, _ milliseconds: Int) throws {
        let name = FuzzCase.commandNames[index % FuzzCase.commandNames.count]
        guard var command = Catalog.command(name) else { return }
        if milliseconds > 0 { command.timeout = .milliseconds(milliseconds) }
        submitted += 1
        open.insert(submitted)
        try apply(.submitted(ExchangeID(submitted), command))
    }

    private mutating func receive(_ bytes: [UInt8], _ random: inout SeededRandom?) throws {
        guard var generator = random else {
            try apply(.received(bytes))
            return
        }
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + 1 + generator.below(20))
            try apply(.received(Array(bytes[start..<end])))
            start = end
        }
        random = generator
    }

    private mutating func wait(_ milliseconds: Int) throws {
        let end = now + .milliseconds(milliseconds)
        var fired = 0
        while let due = deadline, due <= end, fired < Self.longestWait {
            if due > now { fired = 0 }
            now = max(now, due)
            deadline = nil
            fired += 1
            try apply(.timerFired)
        }
        if fired == Self.longestWait { throw Broken.timerDoesNotMove }
        now = end
    }

    private mutating func apply(_ input: Input) throws {
        engine.apply(input, at: now, into: &out)
        for action in out {
            switch action {
            case .write(let id, _): writes.append(id)
            case .setDeadline(let moment): deadline = moment
            case .complete(let id, _):
                guard id.number <= submitted else { throw Broken.completedUnasked(id.number) }
                guard open.remove(id.number) != nil else { throw Broken.completedTwice(id.number) }
            case .acknowledge, .deliver, .link, .trace: break
            }
            if case .setDeadline = action { continue }
            if case .trace = action { continue }
            actions.append(action)
        }
        out.removeAll(keepingCapacity: true)
        let buffered = engine.bufferedBytes
        guard buffered <= Self.bufferLimit else { throw Broken.bufferGrew(buffered) }
    }
}
