import A7600

/// One command of the module: its name and what its forms do. A form that is missing gives `ERROR`.
struct CommandHandler: Sendable {
    typealias Form = @Sendable (inout ModuleState) throws(Refusal) -> Answer
    typealias WriteForm = @Sendable (inout ModuleState, inout ArgumentReader) throws(Refusal) -> Answer

    /// What must run for the command to be known.
    enum Service: Equatable, Sendable {
        case none
        /// The MQTT service must be started, except for test forms (`a7600.md` 2.0, rule 1).
        case mqtt
        /// Part of MQTT, known in every state of the service: START and STOP.
        case mqttControl
    }

    /// Whether forms other than test and read may stand in a joined line.
    enum Joining: Equatable, Sendable { case allowed, refused }

    var name: String
    var service: Service
    var joining: Joining
    var test: Form?
    var read: Form?
    var execute: Form?
    var write: WriteForm?

    init(
        _ name: String,
        service: Service = .none,
        joining: Joining = .allowed,
        test: Form? = nil,
        read: Form? = nil,
        execute: Form? = nil,
        write: WriteForm? = nil
    ) {
        self.name = name
        self.service = service
        self.joining = joining
        self.test = test
        self.read = read
        self.execute = execute
        self.write = write
    }

    func run(_ form: CommandPart.Form, on module: inout ModuleState) throws(Refusal) -> Answer {
        if service != .none, module.profile.mqttAbsent { throw .error }
        switch form {
        case .test:
            guard let test else { throw .error }
            return try test(&module)
        case .read:
            try requireService(module)
            guard let read else { throw .error }
            return try read(&module)
        case .execute:
            try requireService(module)
            guard let execute else { throw .error }
            return try execute(&module)
        case .write(let bytes):
            try requireService(module)
            guard let write else { throw .error }
            var arguments = try ArgumentReader(
                bytes,
                acceptsUnquoted: module.profile.unquotedStrings == .accepted
            )
            return try write(&module, &arguments)
        }
    }

    private func requireService(_ module: ModuleState) throws(Refusal) {
        guard service != .mqtt || module.mqtt.isStarted else { throw .error }
    }

    /// Whether this form may not be one of several parts of a line.
    func standsAlone(_ form: CommandPart.Form) -> Bool {
        switch form {
        case .test, .read: false
        case .execute, .write: joining == .refused
        }
    }
}
