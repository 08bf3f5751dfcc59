import LuaRuntime

/// What a call that takes several commands needs before it may begin. Made on the VM's thread, from checked arguments.
struct FlowStart<Parameters: Sendable>: Sendable {
    var link: ModemLink
    /// Of the whole call; nil: each command has its own maximum.
    var timeout: Duration?
    var gates: [FlowGates.Name] = []
    var parameters: Parameters
}

extension LuaFunction {
    /// A function that runs commands on a modem.
    /// - Parameters:
    ///   - start: reads and checks the arguments; nothing is sent when it throws.
    ///   - run: on the session's executor.
    static func flow<Parameters: Sendable>(
        _ name: String,
        _ documentation: LuaDocumentation,
        options: Set<Option> = [],
        _ start: @escaping @Sendable (LuaCall) throws(LuaFailure) -> FlowStart<Parameters>,
        _ run: @escaping @Sendable (Flow, Parameters) async throws -> Flow.End
    ) -> LuaFunction {
        .waiting(name, documentation, options: options) { call, completion in
            do throws(LuaFailure) {
                let begun = try start(call)
                return begun.link.perform(call, completion, timeout: begun.timeout, gates: begun.gates) { flow in
                    try await run(flow, begun.parameters)
                }
            } catch {
                completion.fail(error)
                return nil
            }
        }
    }
}
