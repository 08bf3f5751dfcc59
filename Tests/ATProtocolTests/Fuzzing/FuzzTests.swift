import SeededRandom
import Testing

@testable import ATProtocol

#if canImport(Glibc)
    import Glibc
#endif

/// Mutated dialogues. `MOONWIRE_FUZZ_SECONDS` or `MOONWIRE_FUZZ_INPUTS` make the run longer, `MOONWIRE_FUZZ_SEED`
/// another one; a broken case is reported with the seed and number that give it again. The corpus is the acceptance
/// vectors. A long run wants a release build: `MOONWIRE_FUZZ_INPUTS=2500000 MOONWIRE_FUZZ_SEED=2026 swift test
/// -c release -Xswiftc -enable-testing --filter FuzzTests/fuzz`.
@Suite("Fuzzing")
struct FuzzTests {
    @Test("Mutated dialogues break no invariant and read the same whole and in pieces, with records and without")
    func fuzz() throws {
        var fuzzer = try Fuzzer(seed: Self.number("MOONWIRE_FUZZ_SEED") ?? 1)
        if let seconds = Self.number("MOONWIRE_FUZZ_SECONDS") {
            let end = ContinuousClock.now + .seconds(Int64(seconds))
            while ContinuousClock.now < end { try fuzzer.run(1000) }
        } else {
            try fuzzer.run(Int(Self.number("MOONWIRE_FUZZ_INPUTS") ?? 2000))
        }
        #expect(fuzzer.inputs > 0)
        if Self.number("MOONWIRE_FUZZ_SECONDS") != nil || Self.number("MOONWIRE_FUZZ_INPUTS") != nil {
            print("fuzz: \(fuzzer.inputs) inputs, \(fuzzer.actions) actions, longest case \(fuzzer.longest) operations")
        }
    }

    @Test("The seeds themselves break no invariant", arguments: try AcceptanceVectors.all())
    func seeds(_ vector: Vector) throws {
        let fuzzer = try Fuzzer(seed: 0)
        try fuzzer.check(FuzzCase(vector), splitSeed: 1)
    }

    private static func number(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }
}

/// Makes cases and checks them.
struct Fuzzer {
    struct Failure: Error, CustomStringConvertible {
        let seed: UInt64
        let input: Int
        let fuzzCase: FuzzCase
        let reason: String

        var description: String { "seed \(seed), input \(input): \(reason)\n\(fuzzCase)" }
    }

    private let seed: UInt64
    private let engines: [ATEngine.Tables]
    /// The same with records: such an engine has no short way for plain lines.
    private let traced: [ATEngine.Tables]
    private var mutator: Mutator
    private(set) var inputs = 0
    private(set) var actions = 0
    private(set) var longest = 0

    init(seed: UInt64) throws {
        self.seed = seed
        let configurations = Self.configurations()
        engines = configurations.map { ATEngine.Tables($0) }
        traced = configurations.map { configuration in
            var configuration = configuration
            configuration.tracing = .on
            return ATEngine.Tables(configuration)
        }
        let seeds = try AcceptanceVectors.all().map { FuzzCase($0) }
        mutator = Mutator(seeds: seeds, engines: engines.count, seed: seed)
    }

    mutating func run(_ count: Int) throws {
        for _ in 0..<count {
            let fuzzCase = mutator.next()
            inputs += 1
            longest = max(longest, fuzzCase.operations.count)
            do {
                actions += try check(fuzzCase, splitSeed: UInt64(inputs))
            } catch {
                throw Failure(seed: seed, input: inputs, fuzzCase: fuzzCase, reason: "\(error)")
            }
        }
    }

    struct SplitDiffers: Error {
        let whole: [Action]
        let split: [Action]
    }

    /// - Returns: number of actions.
    @discardableResult
    func check(_ fuzzCase: FuzzCase, splitSeed: UInt64) throws -> Int {
        let engine = fuzzCase.engine % engines.count
        var whole = FuzzRun(engines[engine])
        try whole.run(fuzzCase, splitBy: nil)
        var split = FuzzRun(splitSeed.isMultiple(of: 2) ? engines[engine] : traced[engine])
        try split.run(fuzzCase, splitBy: SeededRandom(seed: splitSeed))
        guard whole.actions == split.actions else {
            throw SplitDiffers(whole: whole.actions, split: split.actions)
        }
        return whole.actions.count
    }

    private static func configurations() -> [Configuration] {
        var plain = Catalog.configuration()
        plain.tracing = .off
        var small = plain
        small.lineLimit = 64
        small.quotedLimit = 24
        small.holdLimit = 3
        small.dataEcho = .unknown
        small.ladder = [.toggleDTR, .escape, .reopen, .reset]
        var next = plain
        next.barrier = .nextCommand
        next.dataEcho = .always
        next.postFinalQuiet = .milliseconds(20)
        var probing = plain
        probing.barrier = .probe
        probing.dataEcho = .withEcho
        probing.preamble = [Command(line: Array("ATE1".utf8))]
        probing.tracing = .on
        return [plain, plain, small, next, probing]
    }
}
