import Testing

@testable import ATProtocol

@Suite("Acceptance vectors")
struct VectorTests {
    @Test("A dialogue gives the events its vector lists", arguments: try AcceptanceVectors.all())
    func whole(_ vector: Vector) throws {
        #expect(try vector.run(.whole) == vector.expected)
    }

    @Test("Byte by byte and at every single cut the actions are the same", arguments: try AcceptanceVectors.all())
    func cuts(_ vector: Vector) throws {
        var vector = vector
        vector.configuration.tracing = .off
        let tables = ATEngine.Tables(vector.configuration)
        let whole = try vector.actions(.whole, tables)
        #expect(try vector.actions(.single, tables) == whole)
        for position in 1..<max(vector.length, 2) {
            let cut = try vector.actions(.one(at: position), tables)
            if cut != whole { Issue.record("differs when cut behind byte \(position)") }
        }
    }

    @Test(
        "With records and without, the short way and the long one, the actions are the same",
        arguments: try AcceptanceVectors.all()
    )
    func tracing(_ vector: Vector) throws {
        var traced = vector
        traced.configuration.tracing = .on
        var untraced = vector
        untraced.configuration.tracing = .off
        let (long, short) = (ATEngine.Tables(traced.configuration), ATEngine.Tables(untraced.configuration))
        for cuts in [Vector.Cuts.whole, .single, .random(seed: 1)] {
            #expect(try vector.actions(cuts, short) == vector.actions(cuts, long))
        }
    }

    @Test("1000 seeded random splits give the same actions", arguments: try AcceptanceVectors.all())
    func randomSplits(_ vector: Vector) throws {
        var vector = vector
        vector.configuration.tracing = .off
        let tables = ATEngine.Tables(vector.configuration)
        let whole = try vector.actions(.whole, tables)
        for seed in 0..<1000 {
            let split = try vector.actions(.random(seed: UInt64(seed)), tables)
            if split != whole { Issue.record("differs with seed \(seed)") }
        }
    }
}
