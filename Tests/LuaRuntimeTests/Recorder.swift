import LuaRuntime
import Synchronization

/// Collects what a script prints and logs.
final class Recorder: LuaOutput {
    private let state = Mutex((text: "", records: [LuaLogRecord]()))

    var text: String { state.withLock { $0.text } }
    var records: [LuaLogRecord] { state.withLock { $0.records } }

    func write(_ bytes: [UInt8]) {
        state.withLock { $0.text += String(decoding: bytes, as: UTF8.self) }
    }

    func log(_ record: LuaLogRecord) {
        state.withLock { $0.records.append(record) }
    }
}

struct Run {
    var outcome: LuaOutcome
    var text: String
    var records: [LuaLogRecord]

    /// The error the run ended with, whatever the outcome.
    var failure: LuaFailure? {
        switch outcome.ending {
        case .finished: nil
        case .failed(let failure), .refused(let failure): failure
        case .timedOut(_, let failure, _), .aborted(let failure): failure
        }
    }

    var isFinished: Bool {
        if case .finished = outcome.ending { true } else { false }
    }
}

/// Runs a script to its end.
func lua(_ source: String, _ configure: (inout LuaProgram) -> Void = { _ in }) async -> Run {
    let recorder = Recorder()
    var program = LuaProgram(source: Array(source.utf8), name: "test.lua", output: recorder)
    configure(&program)
    let outcome = await LuaVM(program).run()
    return Run(outcome: outcome, text: recorder.text, records: recorder.records)
}
