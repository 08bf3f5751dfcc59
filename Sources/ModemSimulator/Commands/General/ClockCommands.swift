import ATProtocol

/// The module's clock and the ways to set it.
enum ClockCommands {
    static let handlers: [CommandHandler] = [
        CommandHandler(
            "+CCLK",
            test: { _ in .ok },
            read: { .ok("+CCLK: \"\($0.clock.text(at: $0.now))\"") },
            write: setClock
        ),
        CommandHandler(
            "+CTZU",
            test: { _ in .ok("+CTZU: (0-1)") },
            read: { .ok("+CTZU: \($0.settings["CTZU"] ?? "0")") },
            write: setZoneUpdate
        ),
        CommandHandler(
            "+CNTP",
            joining: .refused,
            test: { _ in .ok("+CNTP: \"HOST\",(-96~96)") },
            read: readServer,
            execute: synchronise,
            write: setServer
        ),
    ]

    private static func setClock(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal)
        -> Answer
    {
        let text = try arguments.string()
        guard arguments.isAtEnd, let clock = ModuleClock.parse(text, at: module.now) else { throw .error }
        module.clock = clock
        return .ok
    }

    private static func setZoneUpdate(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) -> Answer {
        let value = try arguments.number()
        guard arguments.isAtEnd, (0...1).contains(value) else { throw .error }
        module.save("CTZU", "\(value)")
        return .ok
    }

    private static func readServer(_ module: inout ModuleState) -> Answer {
        .ok("+CNTP: \"\(module.settings["CNTP"] ?? "")\",\(module.settings["CNTP.zone"] ?? "0")")
    }

    private static func setServer(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal)
        -> Answer
    {
        let host = String(decoding: try arguments.string(), as: UTF8.self)
        let zone = String(decoding: arguments.isAtEnd ? Array("0".utf8) : try arguments.bareWord(), as: UTF8.self)
        guard arguments.isAtEnd, !host.isEmpty, let quarters = Int(zone), (-96...96).contains(quarters) else {
            throw .error
        }
        module.save("CNTP", host)
        module.save("CNTP.zone", "\(quarters)")
        return .ok
    }

    /// Results: 1 unknown, 2 parameter, 3 calculation, 4 network, 5 zone, 6 timeout.
    private static func synchronise(_ module: inout ModuleState) throws(Refusal) -> Answer {
        let pending = module.pending("+CNTP: ")
        module.after(module.pause(.milliseconds(800)), pending.ticket) { synchronised(&$0, pending.ticket) }
        return .result(pending)
    }

    private static func synchronised(_ module: inout ModuleState, _ ticket: Ticket) {
        guard module.settings["CNTP"] != nil else { return module.effects.append(.complete(ticket, 2)) }
        guard module.radio.hasData else { return module.effects.append(.complete(ticket, 4)) }
        let zone = module.settings["CNTP.zone"].flatMap { Int($0) } ?? 0
        module.clock = ModuleClock(unix: module.networkTime, at: module.now, zone: zone)
        module.effects.append(.complete(ticket, 0))
    }
}

extension ModuleState {
    /// What the network says the time is, in Unix seconds.
    var networkTime: Int64 {
        configuration.networkTime + (now - origin).nanoseconds / 1_000_000_000
    }
}
