import LuaRuntime

/// Words that many functions share.
extension LuaDocumentation.Parameter {
    static func timeout(_ summary: String = "Total time for the call.", default value: String? = nil) -> Self {
        Self("timeout", "number|string", unit: "s", optional: true, default: value, summary)
    }

    static func options(_ fields: [Self]) -> Self {
        Self("options", "table", optional: true, "Options.", options: fields)
    }

    /// The only argument is a table with these fields.
    static func fields(_ fields: [Self]) -> Self {
        Self("options", "table", "Options.", options: fields)
    }
}

extension LuaDocumentation.Raised {
    static let argument = Self(.argument, "an argument has the wrong type or is out of range; nothing is sent")
    static let timeout = Self(.timeout, "the answer did not come in time")
    static let failed = Self(.error, "the module answered ERROR")
    static let cme = Self(.cme, "the module answered +CME ERROR; code and name say which")
    static let mqtt = Self(.mqtt, "the module's result code is not 0; code, name and hint say which")
    static let lost = Self(.lost, "the connection, the module or the port went away meanwhile")
    static let closed = Self(.closed, "the object or the port was closed")
    static let check = Self(.check, "something checked is not as it should be")
    static let denied = Self(.denied, "a file or variable was not granted; the hint is the option to add")
    static let `internal` = Self(.internal, "a defect of the program")

    /// What any command may run into.
    static let command: [Self] = [.argument, .timeout, .failed, .cme, .lost, .closed]
    /// What any MQTT call may run into.
    static let request: [Self] = [.argument, .timeout, .failed, .mqtt, .lost, .closed]
}
