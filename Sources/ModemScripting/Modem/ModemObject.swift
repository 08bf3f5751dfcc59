import A7600
import LuaRuntime

/// `modem`, and what `modem.open` returns.
final class ModemObject: LuaObject {
    let link: ModemLink
    let certificates: CertificatesObject
    let tls: TLSObject
    let mqtt: MQTTObject
    let simulator: SimulatorObject?
    let luaClass: LuaClass

    /// - Parameter luaClass: the same for all modems of a run, as `modem.open` leads to the run's registry.
    init(link: ModemLink, luaClass: LuaClass) {
        self.link = link
        self.luaClass = luaClass
        certificates = CertificatesObject(link: link)
        tls = TLSObject(link: link)
        mqtt = MQTTObject(link: link)
        simulator = link.simulator.map(SimulatorObject.init)
    }

    static func luaClass(_ registration: RegistryReference) -> LuaClass {
        LuaClass(
            "Modem",
            "A modem: its commands, its unsolicited lines, its certificates, TLS contexts and MQTT clients.",
            receiver: "modem",
            methods: commandFunctions + eventFunctions + identityFunctions + networkFunctions + clockFunctions
                + lifeFunctions(registration),
            properties: properties,
            close: closeFunction(registration),
            describe: { object in
                (object as? ModemObject).map { "modem \($0.link.portName)" } ?? "modem"
            }
        )
    }

    private static let properties: [LuaClass.Property] = [
        property("port", "string", "The port as the operator named it: `/dev/ttyUSB2`.") { .text($0.link.portName) },
        property("profile", "string", "The name of the firmware profile: `a7600`.") { .text($0.link.profile.name) },
        property("certs", "Certificates", "The certificate files of the module.") { .object($0.certificates) },
        property("tls", "TLS", "The SSL contexts of the module.") { .object($0.tls) },
        property("mqtt", "MQTT", "The MQTT service of the module.") { .object($0.mqtt) },
        property("sim", "Simulator?", "Faults of a simulated module; nil with a real one.") { modem in
            modem.simulator.map { .object($0) } ?? .nil
        },
    ]

    private static func property(
        _ name: String,
        _ type: String,
        _ summary: String,
        _ get: @escaping @Sendable (ModemObject) -> LuaValue
    ) -> LuaClass.Property {
        LuaClass.Property(name, type, summary) { object throws(LuaFailure) in
            guard let modem = object as? ModemObject else { throw LuaFailure(.internal, "no modem") }
            return get(modem)
        }
    }
}

extension LuaSyncCall {
    /// The modem before the colon, unless it was closed.
    func openModem() throws(LuaFailure) -> ModemObject {
        let modem = try receiver(as: ModemObject.self)
        try modem.link.refuseClosed()
        return modem
    }
}

extension LuaCall {
    /// The modem before the colon.
    func modem() throws(LuaFailure) -> ModemObject {
        try receiver(as: ModemObject.self)
    }
}
