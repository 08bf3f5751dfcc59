internal import LuaRuntime

/// The script's `params`, from `--params` and `--set`.
enum Parameters {
    static func table(settings: [String], file: String?) throws(CommandFailure) -> LuaTable {
        var table = LuaTable()
        if let file {
            let content = try InputFile.text(file, as: "parameter file")
            table = try object(content, file)
        }
        for setting in settings {
            guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
                throw CommandFailure(.usage, "--set \(setting): key=value expected")
            }
            table[String(setting[..<equals])] = value(String(setting[setting.index(after: equals)...]))
        }
        return table
    }

    private static func object(_ content: [UInt8], _ file: String) throws(CommandFailure) -> LuaTable {
        let value: LuaValue
        do {
            value = try LuaJSON.decode(content)
        } catch {
            throw CommandFailure(.usage, "\(file) is no JSON: \(error.message)")
        }
        guard let table = value.table else {
            throw CommandFailure(.usage, "\(file): a JSON object expected, such as {\"unit\": \"0042\"}")
        }
        return table
    }

    /// `true`, `false` and numbers become what they look like, unless they would not read back the same (`0042`).
    static func value(_ text: String) -> LuaValue {
        if text == "true" { return true }
        if text == "false" { return false }
        if let integer = Int64(text), String(integer) == text { return .integer(integer) }
        if text.contains("."), let number = Double(text), number.isFinite, String(number) == text {
            return .number(number)
        }
        return .text(text)
    }
}
