import CLuaShim

/// The measurements of the runtime: the same Lua source under a plain C host on the same library and under this runtime,
/// in turns, so that a busy machine disturbs both alike.
public enum LuaBenchmark {
    public struct Measurement: Sendable {
        public var name: String
        /// Nanoseconds per operation, medians of all rounds.
        public var plain: Double
        public var runtime: Double
        /// Median, least and greatest of the rounds' ratios.
        public var ratio: Double
        public var leastRatio: Double
        public var greatestRatio: Double
        /// What the specification asks for.
        public var target: Double

        /// One JSON object.
        public var json: String {
            """
            {"name":"\(name)","plain_ns":\(plain),"runtime_ns":\(runtime),"ratio":\(ratio),\
            "least":\(leastRatio),"greatest":\(greatestRatio),"target":\(target)}
            """
        }
    }

    struct Subject {
        var name: String
        var operations: Int
        var target: Double
        /// Waits go to another thread and back.
        var hops: Bool
        var source: String
    }

    static let subjects = [
        Subject(
            name: "synchronous host call",
            operations: 1_000_000,
            target: 2.5,
            hops: false,
            source: "local add = add for i = 1, 1000000 do add(i, i) end"
        ),
        Subject(
            name: "wait, no hop",
            operations: 300_000,
            target: 3,
            hops: false,
            source: "local wait = wait for i = 1, 300000 do wait(i) end"
        ),
        Subject(
            name: "wait, thread and back",
            operations: 20_000,
            target: 3,
            hops: true,
            source: "local wait = wait for i = 1, 20000 do wait(i) end"
        ),
        Subject(
            name: "match +CSQ line",
            operations: 300_000,
            target: 1.5,
            hops: false,
            source: "local s = '+CSQ: 23,99' for i = 1, 300000 do local a, b = s:match('^%+CSQ: (%d+),(%d+)$') end"
        ),
        Subject(
            name: "lazy scan",
            operations: 2_000,
            target: 1.5,
            hops: false,
            source: "local s = ('x'):rep(5000) .. 'end' for i = 1, 2000 do s:find('.-end') end"
        ),
    ]

    /// Takes some seconds. At least nine rounds make a median worth reading.
    public static func run(rounds: Int = 9) async -> [Measurement] {
        var measurements: [Measurement] = []
        for subject in subjects {
            measurements.append(await measure(subject, rounds: rounds))
        }
        return measurements
    }

    private static func measure(_ subject: Subject, rounds: Int) async -> Measurement {
        var plain: [Double] = []
        var runtime: [Double] = []
        for _ in 0..<rounds {
            let source = Array(subject.source.utf8)
            let elapsed = source.withUnsafeBytes { bytes in
                mwl_bench_plain(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, subject.hops)
            }
            plain.append(Double(elapsed) / Double(subject.operations))
            runtime.append(await underRuntime(subject) / Double(subject.operations))
        }
        let ratios = zip(runtime, plain).map { $0 / $1 }.sorted()
        return Measurement(
            name: subject.name,
            plain: median(plain),
            runtime: median(runtime),
            ratio: median(ratios),
            leastRatio: ratios.first ?? 0,
            greatestRatio: ratios.last ?? 0,
            target: subject.target
        )
    }

    private static func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    /// The script measures itself, so that booting the VM does not count.
    private static func underRuntime(_ subject: Subject) async -> Double {
        let timed = "local start = time.monotonic() \(subject.source) return (time.monotonic() - start) * 1e9"
        var program = LuaProgram(source: Array(timed.utf8), name: "bench.lua", output: Discard())
        program.limits.burst = .seconds(60)
        program.modules = [module(hops: subject.hops)]
        guard case .finished(let values) = await LuaVM(program).run().ending else { return .nan }
        return values.first?.number ?? .nan
    }

    private static func module(hops: Bool) -> LuaModule {
        let other = Echo()
        let wait: LuaFunction.Body =
            hops
            ? .async { call in await other.echo(call.arguments.values) }
            : .waiting { call, completion in
                completion.succeed(call.arguments.values)
                return nil
            }
        return LuaModule(
            "bench",
            "What the measurements call.",
            placement: .globals,
            functions: [
                .synchronous("add", LuaDocumentation("The sum of two integers.")) { call throws(LuaFailure) in
                    call.push(integer: try call.integer(0) &+ (try call.integer(1)))
                },
                LuaFunction("wait", LuaDocumentation("Waits and gives its arguments back."), body: wait),
            ]
        )
    }

    private actor Echo {
        func echo(_ values: [LuaValue]) -> [LuaValue] { values }
    }

    private struct Discard: LuaOutput {
        func write(_ bytes: [UInt8]) {}
        func log(_ record: LuaLogRecord) {}
    }
}
