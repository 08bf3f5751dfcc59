import Testing

@testable import ATProtocol

/// One engine plays all dialogues, one behind the other: nothing of one may reach into the next.
@Suite("Dialogues in a row")
struct ConcatenationTests {
    private static let divisions: [(name: String, cuts: Vector.Cuts)] = [
        ("whole", .whole), ("byte by byte", .single), ("random, seed 1", .random(seed: 1)),
        ("random, seed 2", .random(seed: 2)), ("random, seed 3", .random(seed: 3)),
    ]

    @Test("Every dialogue of a row gives the events it gives alone, however the bytes are cut")
    func row() throws {
        let rows = Dictionary(grouping: try AcceptanceVectors.all(), by: \.options)
        #expect(rows.values.contains { $0.count > 30 })
        for row in rows.values {
            for division in Self.divisions { try play(row, division.cuts, division.name) }
        }
    }

    @Test("The order of the dialogues does not matter")
    func backwards() throws {
        // Whether the module echoes data is learnt once, whichever dialogue shows it.
        let vectors = try AcceptanceVectors.all().filter { !$0.options.contains("option dataecho unknown") }
        for row in Dictionary(grouping: vectors, by: \.options).values {
            try play(row.reversed(), .random(seed: 4), "backwards")
        }
    }

    private func play(_ row: [Vector], _ cuts: Vector.Cuts, _ division: String) throws {
        guard let first = row.first else { return }
        var bench = try Bench(first.configuration, isEchoOn: first.isEchoOn)
        for vector in row {
            try vector.run(on: &bench, cuts)
            let log = bench.log
            #expect(log == vector.expected, "\(vector.name), \(division)")
            try bench.startOver(isEchoOn: vector.isEchoOn)
        }
    }
}
