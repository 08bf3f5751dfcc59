import LuaRuntime

/// One script of the comparison under the whole runtime: `lua FILE`. Prints what the script returns.
struct LuaScripts {
    private let path: String

    init(_ arguments: ArraySlice<String>) throws {
        guard arguments.count == 1, let path = arguments.first else { throw BenchFailure("lua FILE") }
        self.path = path
    }

    func run() async throws {
        var program = LuaProgram(source: try contents(of: path), name: path, output: NoOutput())
        program.limits.burst = .seconds(60)
        program.modules = [Self.module]
        let outcome = await LuaVM(program).run()
        guard case .finished(let values) = outcome.ending else { throw BenchFailure("\(outcome.ending)") }
        print(values.compactMap(\.number).map { "\($0)" }.joined(separator: ","))
    }

    /// The functions that the plain hosts give to the same scripts.
    private static var module: LuaModule {
        let other = Echo()
        return LuaModule(
            "bench",
            "What the measurements call.",
            placement: .globals,
            functions: [
                .synchronous("add", LuaDocumentation("The sum of two integers.")) { call throws(LuaFailure) in
                    call.push(integer: try call.integer(0) &+ (try call.integer(1)))
                },
                .synchronous("now", LuaDocumentation("Monotonic nanoseconds.")) { call in
                    call.push(integer: Int64(monotonic()))
                },
                .synchronous("cpu", LuaDocumentation("What the VM's thread has had of the processor, in ns.")) { call in
                    call.push(integer: Int64(threadTime()))
                },
                .waiting("wait", LuaDocumentation("Is answered at once.")) { call, completion in
                    completion.succeed(call.arguments.values)
                    return nil
                },
                .async("hop", LuaDocumentation("Is answered by another thread.")) { call in
                    await other.echo(call.arguments.values)
                },
            ]
        )
    }

    private actor Echo {
        func echo(_ values: [LuaValue]) -> [LuaValue] { values }
    }
}

/// Nothing is to be written while times are taken.
struct NoOutput: LuaOutput {
    func write(_ bytes: [UInt8]) {}
    func log(_ record: LuaLogRecord) {}
}
