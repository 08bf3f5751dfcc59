import A7600

/// PDP contexts: definition, credentials, activation, addresses.
enum ContextCommands {
    static let handlers: [CommandHandler] = [
        CommandHandler("+CGDCONT", test: testDefinition, read: readDefinition, write: define),
        CommandHandler("+CGSOCKCONT", read: legacyRead, write: legacyDefine),
        CommandHandler(
            "+CSOCKAUTH",
            read: { module throws(Refusal) in
                try requireLegacy(module)
                return .ok
            },
            write: { module, arguments throws(Refusal) in
                try requireLegacy(module)
                guard module.radio.contexts[try arguments.number()] != nil else { throw .error }
                return .ok
            }
        ),
        CommandHandler(
            "+CGAUTH",
            test: { _ in .ok("+CGAUTH: (1-15),(0-3),127,127") },
            read: { _ in .ok },
            write: authenticate
        ),
        CommandHandler(
            "+CGATT",
            test: { _ in .ok("+CGATT: (0,1)") },
            read: { .ok("+CGATT: \($0.radio.isAttached && $0.radio.isRegistered ? 1 : 0)") },
            write: attach
        ),
        CommandHandler("+CGACT", test: { _ in .ok("+CGACT: (0,1)") }, read: readActive, write: activate),
        CommandHandler(
            "+CGPADDR",
            test: testAddress,
            execute: { addresses($0.radio.contexts.keys.sorted(), $0) },
            write: {
                module,
                arguments throws(Refusal) in
                let cid = try arguments.number()
                guard arguments.isAtEnd, (1...15).contains(cid) else { throw .cme(.incorrectParameters) }
                return addresses([cid], module)
            }
        ),
    ]

    private static let types = ["IP", "IPV6", "IPV4V6"]

    private static func testDefinition(_ module: inout ModuleState) -> Answer {
        .lines(types.map { "+CGDCONT: (1-15),\"\($0)\",,,(0-2),(0-4),(0-1),(0-1)" })
    }

    private static func readDefinition(_ module: inout ModuleState) -> Answer {
        .lines(
            module.radio.contexts.sorted { $0.key < $1.key }.map { cid, context in
                let address =
                    module.radio.isActive(cid) ? module.radio.addresses(of: cid).joined(separator: ",") : "0.0.0.0"
                return "+CGDCONT: \(cid),\"\(context.type)\",\"\(context.apn)\",\"\(address)\",0,0,,,,"
            }
        )
    }

    private static func define(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let cid = try arguments.number()
        guard (1...15).contains(cid) else { throw .cme(.incorrectParameters) }
        guard !arguments.isAtEnd else {
            module.radio.contexts[cid] = nil
            module.save("CGDCONT.\(cid)", "")
            return .ok
        }
        let type = String(decoding: try arguments.string(), as: UTF8.self)
        let apn = String(decoding: try arguments.optionalString() ?? [], as: UTF8.self)
        guard types.contains(type), apn.utf8.count <= 100 else { throw .cme(.incorrectParameters) }
        module.radio.contexts[cid] = Radio.PDPContext(type: type, apn: apn)
        module.save("CGDCONT.\(cid)", "\(type),\(apn)")
        return .ok
    }

    private static func requireLegacy(_ module: ModuleState) throws(Refusal) {
        guard module.profile.legacySocket == .accepted else { throw .error }
    }

    private static func legacyRead(_ module: inout ModuleState) throws(Refusal) -> Answer {
        try requireLegacy(module)
        return .lines(
            module.radio.contexts.sorted { $0.key < $1.key }.map { cid, context in
                "+CGSOCKCONT: \(cid),\"\(context.type)\",\"\(context.apn)\",\"0.0.0.0\",0,0"
            }
        )
    }

    private static func legacyDefine(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) -> Answer {
        try requireLegacy(module)
        return try define(&module, &arguments)
    }

    /// The password stands before the user.
    private static func authenticate(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) -> Answer {
        let cid = try arguments.number()
        guard module.radio.contexts[cid] != nil else { throw .cme(.incorrectParameters) }
        guard let kind = try arguments.optionalNumber() else { return .ok }
        let password = try arguments.optionalString()
        let user = try arguments.optionalString()
        guard arguments.isAtEnd, (0...3).contains(kind), (password?.count ?? 0) <= 127, (user?.count ?? 0) <= 127 else {
            throw .cme(.incorrectParameters)
        }
        return .ok
    }

    private static func attach(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let value = try arguments.number()
        guard arguments.isAtEnd, (0...1).contains(value) else { throw .cme(.incorrectParameters) }
        if value == 1, !module.radio.isRegistered { throw .cme(.noNetworkService) }
        module.changeRegistration { $0.isAttached = value == 1 }
        return .ok
    }

    private static func readActive(_ module: inout ModuleState) -> Answer {
        .lines(module.radio.contexts.keys.sorted().map { "+CGACT: \($0),\(module.radio.isActive($0) ? 1 : 0)" })
    }

    private static func activate(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal)
        -> Answer
    {
        let state = try arguments.number()
        let cid = try arguments.optionalNumber() ?? 1
        guard arguments.isAtEnd, (0...1).contains(state), module.radio.contexts[cid] != nil else {
            throw .cme(.incorrectParameters)
        }
        guard module.radio.isRegistered else { throw .cme(.noNetworkService) }
        module.changeRegistration {
            if state == 1 { $0.activeContexts.insert(cid) } else { $0.activeContexts.remove(cid) }
        }
        return .ok
    }

    private static func testAddress(_ module: inout ModuleState) -> Answer {
        let cids = module.radio.contexts.keys.sorted().map(String.init).joined(separator: ",")
        return .ok("+CGPADDR: (\(cids))")
    }

    private static func addresses(_ cids: [Int], _ module: ModuleState) -> Answer {
        .lines(
            cids.filter(module.radio.isActive).map { cid in
                "+CGPADDR: \(cid),\(module.radio.addresses(of: cid).joined(separator: ","))"
            }
        )
    }
}

extension Radio {
    func isActive(_ cid: Int) -> Bool {
        isRegistered && isAttached && contexts[cid] != nil && activeContexts.contains(cid)
    }
}
