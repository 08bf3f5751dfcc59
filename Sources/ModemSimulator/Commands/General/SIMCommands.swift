/// The SIM: its PIN and its numbers.
enum SIMCommands {
    static let handlers: [CommandHandler] = [
        CommandHandler("+CPIN", test: { _ in .ok }, read: readPIN, write: enterPIN),
        CommandHandler(
            "+CIMI",
            test: { _ in .ok },
            execute: { module throws(Refusal) in
                try module.requireSIM()
                return .ok(module.radio.identity.imsi)
            }
        ),
        CommandHandler(
            "+CICCID",
            test: { _ in .ok },
            execute: { module throws(Refusal) in
                try module.requireSIM()
                return .ok("+ICCID: \(module.radio.identity.iccid)")
            }
        ),
    ]

    private static func readPIN(_ module: inout ModuleState) throws(Refusal) -> Answer {
        switch module.radio.sim {
        case .ready: return .ok("+CPIN: READY")
        case .pinRequired: return .ok("+CPIN: SIM PIN")
        case .pukRequired: return .ok("+CPIN: SIM PUK")
        case .starting: throw .cme(.simBusy)
        case .absent: throw .cme(.simNotInserted)
        }
    }

    private static func enterPIN(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) -> Answer {
        // A PIN without quotes is common and taken by every firmware.
        let pin = arguments.nextIsQuoted ? try arguments.string() : try arguments.bareWord()
        guard arguments.isAtEnd else { throw .cme(.incorrectParameters) }
        switch module.radio.sim {
        case .ready: throw .cme(.notAllowed)
        case .starting: throw .cme(.simBusy)
        case .absent: throw .cme(.simNotInserted)
        case .pukRequired: throw .cme(.simPUKRequired)
        case .pinRequired(let expected, let attempts):
            if pin == Array(expected.utf8) {
                module.urc("+CPIN: READY")
                module.changeRegistration { $0.sim = .ready }
                return .ok
            }
            module.radio.sim = attempts > 1 ? .pinRequired(expected, attempts: attempts - 1) : .pukRequired
            throw .cme(.incorrectPassword)
        }
    }
}

extension ModuleState {
    /// What a command that needs the SIM answers without one.
    func requireSIM() throws(Refusal) {
        switch radio.sim {
        case .ready: break
        case .starting: throw .cme(.simBusy)
        case .absent: throw .cme(.simNotInserted)
        case .pinRequired: throw .cme(.simPINRequired)
        case .pukRequired: throw .cme(.simPUKRequired)
        }
    }
}
