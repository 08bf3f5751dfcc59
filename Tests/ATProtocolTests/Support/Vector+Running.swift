import SeededRandom

@testable import ATProtocol

extension Vector {
    /// How the module's bytes are divided into reads.
    enum Cuts: Sendable {
        case whole
        case single
        /// One cut, behind this many bytes.
        case one(at: Int)
        case random(seed: UInt64)
    }

    /// Runs the dialogue on a bench of its own.
    func run(_ cuts: Cuts) throws -> [String] {
        var bench = try Bench(configuration, isEchoOn: isEchoOn)
        try run(on: &bench, cuts)
        return bench.log
    }

    /// Runs the dialogue and hands out the actions.
    func actions(_ cuts: Cuts, _ tables: ATEngine.Tables) throws -> [Action] {
        var bench = try Bench(tables, isEchoOn: isEchoOn)
        try run(on: &bench, cuts)
        return bench.actions
    }

    func run(on bench: inout Bench, _ cuts: Cuts, numbersFrom base: UInt64 = 0) throws {
        var offset = 0
        var random = SeededRandom(seed: 0)
        if case .random(let seed) = cuts { random = SeededRandom(seed: seed) }
        for item in items {
            switch item {
            case .submit(let number, let name, let timeout):
                guard var command = Catalog.command(name) else { throw Bench.Fault.unknownCommand(name) }
                if let timeout { command.timeout = timeout }
                try bench.submit(base + number, command)
            case .cancel(let number): try bench.apply(.cancelled(ExchangeID(base + number)))
            case .written(let bytes): try bench.written(bytes)
            case .receive(let bytes):
                try receive(bytes, from: offset, on: &bench, cuts, &random)
                offset += bytes.count
            case .wait(let duration): try bench.wait(duration)
            case .close: try bench.apply(.closed(.vanished))
            case .open: try bench.open()
            }
        }
    }

    private func receive(
        _ bytes: [UInt8],
        from offset: Int,
        on bench: inout Bench,
        _ cuts: Cuts,
        _ random: inout SeededRandom
    ) throws {
        switch cuts {
        case .whole: try bench.receive(bytes)
        case .single: for byte in bytes { try bench.receive(CollectionOfOne(byte)) }
        case .one(let position):
            let cut = min(max(position - offset, 0), bytes.count)
            if cut > 0 { try bench.receive(bytes[..<cut]) }
            if cut < bytes.count { try bench.receive(bytes[cut...]) }
        case .random:
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + 1 + Int(random.next() % 24))
                try bench.receive(bytes[start..<end])
                start = end
            }
        }
    }

    /// Length of all the module sends.
    var length: Int {
        items.reduce(0) { if case .receive(let bytes) = $1 { $0 + bytes.count } else { $0 } }
    }
}
