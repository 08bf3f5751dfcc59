internal import ModemSession
internal import ModemTransports

/// One object for each modem, for `moonwire scan --json`.
enum ScanJSON {
    static func value(_ modem: FoundModem) -> JSONValue {
        [
            "name": .string(modem.name), "model": optional(modem.model), "imei": optional(modem.imei),
            "port": .string(modem.port.path), "usb": .string(modem.device.identity),
            "interface": .integer(Int128(modem.port.usb.number)), "topology": .string(modem.device.topology),
            "serial": optional(modem.device.serial), "driver": optional(modem.port.driver),
            "ports": .array(modem.device.ports.map(port)), "state": .string(state(of: modem)),
            "holder": holder(of: modem), "detail": .string(ScanTable.state(of: modem)),
        ]
    }

    static func port(_ port: SerialPortEntry) -> JSONValue {
        [
            "port": .string(port.path), "interface": .integer(Int128(port.usb.number)), "driver": optional(port.driver),
            "usb": .string(port.usb.identity), "topology": .string(port.usb.topology),
        ]
    }

    private static func state(of modem: FoundModem) -> String {
        switch (modem.occupant, modem.answer) {
        case (.process, _): "busy"
        case (_, .silent): "silent"
        case (_, .identified), (_, .notAsked): "free"
        }
    }

    private static func holder(of modem: FoundModem) -> JSONValue {
        switch modem.occupant {
        case .nobody: .null
        case .process(let holder): ["pid": .integer(Int128(holder.pid)), "program": optional(holder.program)]
        case .modemManager(let pid): ["pid": .integer(Int128(pid)), "program": "ModemManager"]
        }
    }

    private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
