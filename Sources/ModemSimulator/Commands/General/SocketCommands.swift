import A7600

/// The IP service that MQTT does not need.
enum SocketCommands {
    static let handlers: [CommandHandler] = [
        CommandHandler(
            "+CSOCKSETPN",
            test: { _ in .ok("+CSOCKSETPN: (1-15),(1,6)") },
            read: { .ok("+CSOCKSETPN: \($0.sockets.context),1") },
            write: selectContext
        ),
        CommandHandler(
            "+NETOPEN",
            joining: .refused,
            test: { _ in .ok },
            read: { .ok("+NETOPEN: \($0.sockets.isOpen ? 1 : 0)") },
            execute: open
        ),
        CommandHandler("+NETCLOSE", joining: .refused, test: { _ in .ok }, execute: close),
        CommandHandler("+IPADDR", test: { _ in .ok }, execute: address),
    ]

    private static func selectContext(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) -> Answer {
        let cid = try arguments.number()
        let family = try arguments.optionalNumber() ?? 1
        guard arguments.isAtEnd, (1...15).contains(cid), family == 1 || family == 6, !module.sockets.isOpen else {
            throw .error
        }
        module.sockets.context = cid
        return .ok
    }

    private static func open(_ module: inout ModuleState) throws(Refusal) -> Answer {
        guard !module.sockets.isOpen else { throw .line("+IP ERROR: Network is already opened") }
        let pending = module.pending("+NETOPEN: ")
        module.after(module.pause(.milliseconds(300)), pending.ticket) {
            $0.sockets.isOpen = $0.radio.hasData
            $0.complete(pending.ticket, $0.sockets.isOpen ? .succeeded : .failed)
        }
        return .result(pending)
    }

    private static func close(_ module: inout ModuleState) throws(Refusal) -> Answer {
        guard module.sockets.isOpen else { throw .line("+NETCLOSE: 2") }
        module.sockets.isOpen = false
        let pending = module.pending("+NETCLOSE: ")
        module.complete(pending.ticket, .succeeded)
        return .result(pending)
    }

    private static func address(_ module: inout ModuleState) throws(Refusal) -> Answer {
        guard module.sockets.isOpen else { throw .line("+IP ERROR: Network not opened") }
        return .ok("+IPADDR: \(module.radio.addresses(of: module.sockets.context)[0])")
    }
}
