internal import A7600
internal import LuaRuntime
internal import ModemSimulator

/// What `moonwire sim` prints.
enum ServerOutput: Sendable {
    case text
    /// One JSON object a module on standard output, and nothing else.
    case json

    /// Says where the modules are, when all of them can be used.
    func begin(_ modules: [(served: ServedModule, port: ServedPort)], broker: String) {
        for (served, port) in modules {
            let configuration = served.configuration
            switch self {
            case .text:
                let device = port.device.map { " (\($0))" } ?? ""
                let tail = modules.count == 1 ? ", \(broker); Ctrl-C ends it" : ", IMEI \(configuration.imei)"
                StandardOutput.write("\(configuration.profile.identity) on \(port.address)\(device)\(tail)\n")
            case .json:
                StandardOutput.write(
                    JSONText.line(
                        LuaTable([
                            "event": "serving",
                            "port": .text(port.address),
                            "device": port.device.map { .text($0) } ?? .nil,
                            "model": .text(configuration.profile.identity),
                            "imei": .text(configuration.imei),
                            "network": .text(broker),
                        ])
                    )
                )
            }
        }
        if case .text = self, modules.count > 1 {
            StandardOutput.write("\(modules.count) modules, \(broker); Ctrl-C ends them\n")
        }
    }

    var statusForm: StatusDisplay.Form { .fitting }
}
