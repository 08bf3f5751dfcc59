internal import ModemSession
internal import ModemTransports

/// What `moonwire scan` prints.
enum ScanTable {
    static let header = ["NAME", "MODEL", "IMEI", "AT PORT", "USB", "TOPOLOGY", "STATE"]

    /// Columns as wide as their widest field; the last one as it is.
    static func text(_ modems: [FoundModem], style: Style) -> String {
        let rows = [header] + modems.map(fields)
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.enumerated().map { index, row in
            let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            let line = padded.joined(separator: "  ").trimmedAtEnd
            return (index == 0 ? style.faint(line) : line) + "\n"
        }.joined()
    }

    static func fields(_ modem: FoundModem) -> [String] {
        [
            modem.name, modem.model ?? "-", modem.imei ?? "-", modem.port.name,
            "\(modem.device.identity) #\(modem.port.usb.number)", modem.device.topology, state(of: modem),
        ]
    }

    static func state(of modem: FoundModem) -> String {
        switch (modem.occupant, modem.answer) {
        case (.process(let holder), _): "busy: \(holder.program ?? "another process") (pid \(holder.pid))"
        case (.modemManager(let pid), .identified), (.modemManager(let pid), .notAsked):
            "free, but ModemManager (pid \(pid)) may open it"
        case (.modemManager(let pid), .silent(let reason)): "ModemManager (pid \(pid)); \(reason)"
        case (.nobody, .silent(let reason)): "silent: \(reason)"
        case (.nobody, .identified), (.nobody, .notAsked): "free"
        }
    }

    /// The ports of devices that are no modems, for `--all`.
    static func others(_ devices: [USBDevice], style: Style) -> String {
        devices.flatMap(\.ports).map { port in
            let words = [port.usb.manufacturer, port.usb.productName].compactMap(\.self).joined(separator: " ")
            let text = "\(port.name)  \(port.usb.identity)  \(port.usb.topology)  \(port.driver ?? "-")  \(words)"
            return style.faint(text.trimmedAtEnd) + "\n"
        }.joined()
    }
}

extension String {
    var trimmedAtEnd: String {
        String(reversed().drop { $0.isWhitespace }.reversed())
    }
}
