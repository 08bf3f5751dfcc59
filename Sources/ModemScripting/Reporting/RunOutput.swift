import LuaRuntime

/// Turns a script's words into events of its run.
struct RunOutput: LuaOutput {
    let recorder: RunRecorder

    func write(_ bytes: [UInt8]) { recorder.output(bytes) }
    func log(_ record: LuaLogRecord) { recorder.log(record) }
}
