/// JSON text and values, as the module `json` reads and writes them; for programs that keep records of runs.
public enum LuaJSON {
    /// One value; `null` members are absent.
    /// - Throws: kind `argument`, with the place in the text.
    public static func decode(_ text: [UInt8]) throws(LuaFailure) -> LuaValue {
        switch JSONReader.read(text, null: .nil) {
        case .success(let value): return value
        case .failure(let problem): throw LuaFailure(.argument, "\(problem.message), at byte \(problem.offset)")
        }
    }

    /// One line without a line end. Names come in byte order.
    /// - Throws: kind `argument` for what JSON cannot hold: functions, objects, NaN, bytes that are no UTF-8.
    public static func encode(_ value: LuaValue) throws(LuaFailure) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        try writer.write(value)
        return writer.text
    }
}
