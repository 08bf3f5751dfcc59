internal import ModemTransports

/// The one modem that an operator means.
extension ModemDiscovery {
    /// `usb:1-3.1`
    func modem(at topology: String) async throws(CommandFailure) -> FoundModem {
        guard let device = scanner.device(at: topology) else {
            throw CommandFailure(
                .notFound,
                "usb:\(topology): no serial port hangs there; `moonwire scan --all` lists what there is"
            )
        }
        guard let modem = await look(at: device) else {
            let ports = device.ports.map(\.path).joined(separator: " ")
            throw CommandFailure(
                .notFound,
                "usb:\(topology): \(device.identity) is no modem this program knows; name its port itself: \(ports)"
            )
        }
        return try modem.usable()
    }

    /// `imei:867584030000018`
    func modem(imei: String) async throws(CommandFailure) -> FoundModem {
        let modems = await modems()
        if let modem = modems.first(where: { $0.imei == imei }) { return modem }
        let busy = modems.filter { $0.isBusy }
        if !busy.isEmpty {
            let list = ScanTable.text(busy, style: Style(.never)).trimmedAtEnd
            throw CommandFailure(
                .portBusy,
                "imei:\(imei): may be a modem that another program has; stop it first\n\(list)"
            )
        }
        let others = modems.isEmpty ? "no modem is there" : "there are\n" + ScanTable.text(modems, style: Style(.never))
        throw CommandFailure(.notFound, "imei:\(imei): not found; \(others.trimmedAtEnd)")
    }

    /// The modem of a machine that has one; nil: it has none.
    /// - Throws: a usage error with the list where there are several.
    func onlyModem() async throws(CommandFailure) -> FoundModem? {
        let devices = scanner.scan().filter { $0.model != nil }
        guard devices.count < 2 else {
            let list = ScanTable.text(await look(at: devices), style: Style(.never))
            throw CommandFailure(
                .usage,
                "several modems are there; choose one with --port imei:… or usb:…, or --port sim\n\(list.trimmedAtEnd)"
            )
        }
        guard let device = devices.first else { return nil }
        return try await look(at: device)?.usable()
    }
}

extension FoundModem {
    fileprivate var isBusy: Bool {
        if case .process = occupant { true } else { false }
    }

    /// - Throws: `CommandFailure` if somebody else has the port, or nothing answers at it.
    func usable() throws(CommandFailure) -> FoundModem {
        if isBusy {
            throw CommandFailure(.portBusy, "\(port.path): \(ScanTable.state(of: self)); stop that program first")
        }
        guard case .silent(let reason) = answer else { return self }
        throw CommandFailure(.notFound, "the modem at usb:\(device.topology) does not answer: \(reason)")
    }
}
