public import ATProtocol

/// A line the module sends unasked: what it is, how it looks, one line of help.
public struct UnsolicitedLine: Sendable {
    public enum Kind: Hashable, CaseIterable, Sendable {
        case boot
        case connectionLost, networkLost, keepAliveFailed
        case messageStart, messageTopic, messagePayload, messageEnd, message
        case registration, simState, packetEvent, bootStage, simToolkit, operatorName, socketEvent, networkMessage
    }

    public var kind: Kind
    public var spec: URCSpec
    public var help: String

    private init(_ kind: Kind, _ shape: LineShape, _ help: String, meaning: URCSpec.Meaning = .ordinary) {
        self.kind = kind
        self.spec = URCSpec(shape, meaning: meaning)
        self.help = help
    }

    /// All of them, in every profile: what a firmware never sends does no harm. The index is the `URCSpec.ID` of the
    /// engine's events.
    public static let all: [UnsolicitedLine] = boot + mqtt + general

    /// - Parameter id: as in `Event.Body.urc`; nil: a line nobody declared.
    public static func kind(of id: URCSpec.ID?) -> Kind? {
        id.flatMap { all.indices.contains($0) ? all[$0].kind : nil }
    }

    private static let boot = [
        UnsolicitedLine(.boot, .prefix("*ATREADY", .integer), "the module has started", meaning: .restart),
        UnsolicitedLine(.boot, .prefix("RDY", extra: .none), "the module has started", meaning: .restart),
    ]

    private static let mqtt = [
        UnsolicitedLine(.connectionLost, .prefix("+CMQTTCONNLOST", .integer, .integer), "connection of a client lost"),
        UnsolicitedLine(.networkLost, .prefix("+CMQTTNONET", extra: .none), "network gone, MQTT service stopped"),
        UnsolicitedLine(.keepAliveFailed, .prefix("+CMQTTPING", .integer, .integer), "keep-alive of a client failed"),
        UnsolicitedLine(
            .messageStart,
            .prefix("+CMQTTRXSTART", .integer, .integer, .integer),
            "a message begins: client, sizes"
        ),
        UnsolicitedLine(.messageTopic, .prefix("+CMQTTRXTOPIC", .integer, .integer), "a piece of its topic follows"),
        UnsolicitedLine(
            .messagePayload,
            .prefix("+CMQTTRXPAYLOAD", .integer, .integer),
            "a piece of its payload follows"
        ),
        UnsolicitedLine(.messageEnd, .prefix("+CMQTTRXEND", .integer), "it ends", meaning: .blockEnd),
        UnsolicitedLine(
            .message,
            .prefix("+CMQTTRECV", .integer, .string, extra: .allowed),
            "a message in one line (argtopic)"
        ),
    ]

    private static let general =
        RegistrationDomain.allCases.flatMap { domain in
            [
                UnsolicitedLine(.registration, .prefix(domain.rawValue, .integer), "registration has changed"),
                UnsolicitedLine(
                    .registration,
                    .prefix(domain.rawValue, .integer, .string, extra: .allowed),
                    "registration or cell has changed"
                ),
            ]
        } + [
            UnsolicitedLine(.simState, .prefix("+CPIN", .any), "state of the SIM"),
            UnsolicitedLine(.packetEvent, .prefix("+CGEV"), "packet service event"),
            UnsolicitedLine(.bootStage, .prefix("SMS DONE", extra: .none), "short messages are ready"),
            UnsolicitedLine(.bootStage, .prefix("PB DONE", extra: .none), "the phone book is ready", meaning: .bootEnd),
            UnsolicitedLine(.bootStage, .prefix("*ISIMAID"), "application of the SIM"),
            UnsolicitedLine(.simToolkit, .prefix("+MSTK"), "SIM toolkit"),
            UnsolicitedLine(.operatorName, .prefix("*COPN"), "operator name"),
            UnsolicitedLine(.socketEvent, .prefix("+CIPEVENT"), "socket service closed"),
            UnsolicitedLine(.networkMessage, quoted: "+CUSD", "message of the network"),
        ]

    /// A line whose quoted text may have line ends in it.
    private init(_ kind: Kind, quoted prefix: String, _ help: String) {
        self.kind = kind
        self.spec = URCSpec(.prefix(prefix), quoting: .multiline)
        self.help = help
    }
}
