/// `AT+CMQTTSSLCFG=<i>,<ctx>` (`a7600.md` 2.5). It never answers with a code.
enum MQTTBindContext {
    static let handler = CommandHandler("+CMQTTSSLCFG", service: .mqtt, test: test, read: read, write: write)

    private static func test(_ module: inout ModuleState) -> Answer { .ok("+CMQTTSSLCFG: (0,1),(0-9)") }

    private static func read(_ module: inout ModuleState) -> Answer {
        .lines(module.mqtt.bindings.enumerated().map { "+CMQTTSSLCFG: \($0),\($1 ?? 0)" })
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let context = try arguments.number()
        try arguments.end()
        guard module.mqtt.bindings.indices.contains(index), module.tls.indices.contains(context) else { throw .error }
        module.mqtt.bindings[index] = context
        return .ok
    }
}
