import LuaRuntime
import Testing

/// Values go to Lua and come back as they were, synchronously and through a wait, up to the caps.
@Suite struct CodecTests {
    private static let functions: [LuaFunction] = [
        .synchronous("echo", LuaDocumentation("Gives back its arguments.")) { call throws(LuaFailure) in
            try call.push(try call.arguments.values)
        },
        .waiting("wait_echo", LuaDocumentation("The same, as a wait.")) { call, completion in
            completion.succeed(call.arguments.values)
            return nil
        },
    ]

    private func run(_ source: String, constants: [LuaModule.Constant] = []) async -> Run {
        await lua(source) { program in
            program.limits.memory = 256 << 20
            program.modules = [
                LuaModule(
                    "codec",
                    "Values under test.",
                    placement: .globals,
                    functions: Self.functions,
                    constants: constants
                )
            ]
        }
    }

    @Test(arguments: UInt64(1)...20)
    func generatedValuesComeBackAsTheyWere(seed: UInt64) async {
        var generator = ValueGenerator(seed: seed)
        let values = (0..<60).map { _ in generator.value(depth: Int(seed % 5)) }
        let constant = LuaModule.Constant("sent", "table", "Generated.", .list(values.map { .list([$0]) }))
        let run = await run(
            """
            local back = {}
            for i, box in ipairs(sent) do
              back[i] = { echo(box[1]), (wait_echo(box[1])) }
            end
            return back
            """,
            constants: [constant]
        )
        guard case .finished(let results) = run.outcome.ending, let back = results.first?.table?.items else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(back.count == values.count)
        for (value, pair) in zip(values, back) {
            let expected: [LuaValue] = value.isNil ? [] : [value, value]
            #expect((pair.table?.items ?? []).map(\.sorted) == expected.map(\.sorted), "seed \(seed)")
        }
    }

    @Test func numbersKeepTheirKindAndTheirBits() async {
        let run = await run(
            """
            local function same(x)
              for _, f in ipairs { echo, wait_echo } do
                local y = f(x)
                assert(math.type(x) == math.type(y), x)
                assert(string.pack("n", x) == string.pack("n", y) or x ~= x and y ~= y, x)
              end
            end
            for _, x in ipairs { 0, -1, 1, math.maxinteger, math.mininteger, 0.0, -0.0, 1.5, 1e308, -1e308, 5e-324,
              1/0, -1/0, 0/0, 2^53, 2^63, -2^63 } do same(x) end
            """
        )
        #expect(run.isFinished, "\(run.outcome)")
    }

    @Test func stringsOfEveryByteAreKept() async {
        let run = await run(
            """
            local bytes = {}
            for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
            local all = table.concat(bytes)
            for _, f in ipairs { echo, wait_echo } do
              assert(f(all) == all and f("") == "" and f("\\0") == "\\0" and f(all:rep(100)) == all:rep(100))
              for _, byte in ipairs(bytes) do assert(f(byte) == byte and f({ [byte] = byte })[byte] == byte) end
            end
            """
        )
        #expect(run.isFinished, "\(run.outcome)")
    }

    /// Each cap at n, where it passes, and at n + 1, where it is refused.
    @Test(arguments: [
        ("local t = {} for i = 2, %d do t = { t } end", 16, "tables nested deeper than 16"),
        ("local t = {} for i = 2, %d do t[i - 1] = i end", 10_000, "more than 10000 values in one call"),
        (
            "local t = {} for i = 1, (%d - 1) // 2 do t['k' .. i] = i end if %d %% 2 == 0 then t[1] = 0 end", 10_000,
            "more than 10000 values in one call"
        ),
        ("local t = ('x'):rep(%d)", 4 << 20, "more than 4 MiB of bytes in one call"),
        (
            "local t = { ('x'):rep(1 << 20), ('y'):rep(%d - (1 << 20)) }", 4 << 20,
            "more than 4 MiB of bytes in one call"
        ),
    ])
    func eachCapHoldsExactly(_ build: String, _ cap: Int, _ refusal: String) async {
        for function in ["echo", "wait_echo"] {
            for (size, isRefused) in [(cap, false), (cap + 1, true)] {
                let source = build.replacing("%d", with: "\(size)").replacing("%%", with: "%")
                let run = await run("\(source) local ok, e = pcall(\(function), t) return ok, ok or e.message")
                guard case .finished(let values) = run.outcome.ending else {
                    Issue.record("\(run.outcome)")
                    continue
                }
                #expect(values.first == .boolean(!isRefused), "\(function), \(size): \(values.last?.shown ?? "")")
                guard isRefused else { continue }
                let message = values.last?.text ?? ""
                #expect(message.contains("bad argument #1 to '\(function)' (\(refusal)"), "\(message)")
            }
        }
    }

    @Test(arguments: [
        ("t.self = t", "table contains itself at .self"),
        ("t[1] = t", "table contains itself at [1]"),
        ("t.a = { b = { t } }", "table contains itself at .a.b[1]"),
        ("t.chain = { 1, t }", "table contains itself at .chain[2]"),
        ("t[print] = 1", "a table key is neither string nor integer"),
        ("t[1.5] = 1", "a table key is a fraction"),
        ("t.co = coroutine.create(print)", "a thread cannot be given to the host at .co"),
        ("t.f = { print }", "a function cannot be given to the host at .f[1]"),
    ])
    func whatCannotGoSaysWhereItStands(_ change: String, _ refusal: String) async {
        for function in ["echo", "wait_echo"] {
            let run = await run("local t = {} \(change) \(function)(t)")
            #expect(run.failure?.message == "bad argument #1 to '\(function)' (\(refusal))", "\(run.outcome)")
        }
    }

    @Test func aTableReachedTwiceIsCopiedTwiceAndNoMetamethodRuns() async {
        let run = await run(
            """
            local shared = { 1 }
            local function trap() error("a metamethod ran") end
            local t = setmetatable({ shared, shared }, { __index = trap, __len = trap, __pairs = trap })
            local back = echo(t)
            assert(back[1] ~= back[2] and back[1][1] == 1 and back[2][1] == 1 and getmetatable(back) == nil)
            """
        )
        #expect(run.isFinished, "\(run.outcome)")
    }
}

/// Makes values of all kinds, always the same for a seed.
private struct ValueGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func value(depth: Int) -> LuaValue {
        switch next(depth > 0 ? 8 : 6) {
        case 0: return .nil
        case 1: return .boolean(next(2) == 0)
        case 2: return .integer(Int64(bitPattern: word()) >> Int64(next(64)))
        case 3: return .number(Double(Int64(bitPattern: word())) / Double(1 + next(1000)))
        case 4, 5: return .string(bytes())
        default: return .table(table(depth: depth - 1))
        }
    }

    private mutating func table(depth: Int) -> LuaTable {
        var table = LuaTable(items: (0..<next(5)).map { _ in present(depth: depth) })
        var names: Set<[UInt8]> = []
        for _ in 0..<next(5) {
            let name = bytes()
            if names.insert(name).inserted {
                table.pairs.append(LuaTable.Pair(key: .string(name), value: present(depth: depth)))
            }
        }
        // No item: those count from 1.
        if next(3) == 0 {
            table.pairs.append(LuaTable.Pair(key: .integer(-Int64(next(1000))), value: present(depth: depth)))
        }
        return table
    }

    /// What a table can hold.
    private mutating func present(depth: Int) -> LuaValue {
        let value = value(depth: depth)
        return value.isNil ? .boolean(true) : value
    }

    private mutating func bytes() -> [UInt8] {
        (0..<next(next(8) == 0 ? 300 : 12)).map { _ in UInt8(truncatingIfNeeded: word()) }
    }

    private mutating func next(_ bound: Int) -> Int { Int(word() % UInt64(bound)) }

    /// SplitMix64.
    private mutating func word() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}

extension LuaValue {
    /// With the pairs of all tables in an order of their own: Lua gives them in any.
    fileprivate var sorted: LuaValue {
        guard case .table(let table) = self else { return self }
        var ordered = LuaTable(items: table.items.map(\.sorted))
        ordered.pairs = table.pairs.map { LuaTable.Pair(key: $0.key, value: $0.value.sorted) }
            .sorted { "\($0.key)" < "\($1.key)" }
        return .table(ordered)
    }
}
