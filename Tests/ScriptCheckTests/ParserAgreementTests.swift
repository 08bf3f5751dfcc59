import LuaRuntime
import LuaSyntax
import SeededRandom
import Testing

/// The parser accepts exactly what Lua itself compiles. The judge is `load` in the runtime.
@Suite struct ParserAgreementTests {
    /// Asks `load` about many texts in one run; true: it compiles.
    private static func judge(_ sources: [[UInt8]]) async throws -> [Bool] {
        var program = LuaProgram(
            source: Array(
                "for _, text in ipairs(arg_texts) do print(load(hex.decode(text), '=x') and 'yes' or 'no') end".utf8
            ),
            name: "judge.lua",
            output: Verdicts()
        )
        let output = Verdicts()
        program.output = output
        program.limits.burst = .seconds(60)
        program.limits.memory = 256 << 20
        let list = LuaTable(items: sources.map { .text(hexadecimal($0)) })
        program.modules = [
            LuaModule(
                "judge",
                "Texts.",
                placement: .globals,
                constants: [.init("arg_texts", "string[]", "Texts.", .table(list))]
            )
        ]
        let outcome = await LuaVM(program).run()
        guard case .finished = outcome.ending else { throw Problem(ending: "\(outcome.ending)") }
        return output.text.split(separator: "\n").map { $0 == "yes" }
    }

    private struct Problem: Error { var ending: String }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func accepts(_ source: [UInt8]) -> Bool {
        do {
            _ = try Chunk(parsing: source, isFile: false)
            return true
        } catch {
            return false
        }
    }

    private static func compare(_ sources: [[UInt8]]) async throws -> (yes: Int, no: Int) {
        var (yes, no) = (0, 0)
        for start in stride(from: 0, to: sources.count, by: 500) {
            let batch = Array(sources[start..<min(start + 500, sources.count)])
            let verdicts = try await judge(batch)
            #expect(verdicts.count == batch.count)
            for (source, verdict) in zip(batch, verdicts) {
                if verdict { yes += 1 } else { no += 1 }
                #expect(accepts(source) == verdict, "\(String(decoding: source, as: UTF8.self))")
            }
        }
        return (yes, no)
    }

    @Test func `what compiles is accepted, one construct at a time`() async throws {
        let result = try await Self.compare(LuaCorpus.accepted.map { Array($0.utf8) })
        #expect(result.no == 0, "the corpus itself compiles")
    }

    @Test func `what does not compile is refused, one mistake at a time`() async throws {
        let result = try await Self.compare(LuaCorpus.refused.map { Array($0.utf8) })
        #expect(result.yes == 0, "the corpus itself does not compile")
    }

    @Test func `bytes changed at random make no difference between the two`() async throws {
        var generator = SeededRandom(seed: 20_260_301)
        let programs = LuaCorpus.accepted.map { Array($0.utf8) }
        let mutants = (0..<8000).map { _ in
            LuaMutation.bytes(of: programs[Int.random(in: 0..<programs.count, using: &generator)], &generator)
        }
        let result = try await Self.compare(mutants)
        #expect(result.yes > 500 && result.no > 500, "\(result)")
    }

    @Test func `words moved, doubled and dropped at random make no difference between the two`() async throws {
        var generator = SeededRandom(seed: 7)
        let programs = LuaCorpus.accepted
        let mutants = (0..<8000).map { _ in
            LuaMutation.words(of: programs[Int.random(in: 0..<programs.count, using: &generator)], &generator)
        }
        let result = try await Self.compare(mutants)
        #expect(result.yes > 500 && result.no > 500, "\(result)")
    }

    @Test func `nesting ends where Lua's does, give or take a few levels`() {
        for (open, close) in [
            ("(", ")"), ("{", "}"), ("do ", " end"), ("f(", ")"), ("- ", ""), ("function() return ", " end"),
        ] {
            func program(_ depth: Int) -> [UInt8] {
                let inner = open == "do " ? "" : "1"
                let text = String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
                return Array((open == "do " ? text : "return " + text).utf8)
            }
            #expect(Self.accepts(program(60)), "\(open)")
            #expect(!Self.accepts(program(400)), "\(open)")
            #expect(!Self.accepts(program(60_000)), "\(open)")
        }
    }

    @Test func `what is long and flat is no nesting`() {
        let chain = "return t" + String(repeating: ".a", count: 60_000)
        let sum = "return 1" + String(repeating: "+1", count: 60_000)
        let branches = "if a then" + String(repeating: " elseif a then", count: 10_000) + " end"
        for text in [chain, sum, branches] { #expect(Self.accepts(Array(text.utf8))) }
    }
}

/// Collects what `print` says.
private final class Verdicts: LuaOutput, @unchecked Sendable {
    // Written on the VM's thread, read when its run is over.
    private(set) var text = ""

    func write(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }
    func log(_ record: LuaLogRecord) {}
}
