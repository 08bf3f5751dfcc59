import CLuaShim

/// What a console asks of its VM.
extension Engine {
    func evaluate(_ source: [UInt8], _ reply: @escaping @Sendable (LuaEvaluation) -> Void) {
        guard stage == .running else { return reply(.ended) }
        outputBytes = 0
        do throws(LuaFailure) {
            try spawnEvaluation(Array("return ".utf8) + source, reply)
        } catch {
            evaluate(statements: source, reply)
        }
    }

    private func evaluate(statements source: [UInt8], _ reply: @escaping @Sendable (LuaEvaluation) -> Void) {
        do throws(LuaFailure) {
            try spawnEvaluation(source, reply)
        } catch {
            reply(error.message.hasSuffix("near <eof>") ? .incomplete : .failed(error))
        }
    }

    private func spawnEvaluation(_ source: [UInt8], _ reply: @escaping @Sendable (LuaEvaluation) -> Void)
        throws(LuaFailure)
    {
        _ = try spawn(.chunk(source, name: "=console"), name: "console", role: .evaluation(reply: reply))
    }

    /// What computes has seen the interrupt already, or sees it when it goes on; what waits is told here.
    func interruptEvaluations(_ interrupt: LuaVM.Interrupt) {
        guard stage == .running else { return }
        mwl_interrupt(state, Int32(MWL_PHASE_RUN.rawValue), 0)
        for task in tasksByAge {
            guard case .evaluation = task.role else { continue }
            switch interrupt {
            case .cancel: cancel(task, TaskRecord.Cancellation(scope: nil, reason: .operator))
            case .kill: kill(task)
            }
        }
    }
}
