/// `secret.env`, `secret.file`, `secret.text`: bytes that scripts can hand on and cannot look into.
public final class LuaSecret: LuaObject {
    /// For the wire alone; whoever takes them keeps them out of logs, traces and messages.
    public let bytes: [UInt8]
    /// `secret.env "MQTT_PASS"`: for messages.
    public let origin: String

    public init(bytes: [UInt8], origin: String) {
        self.bytes = bytes
        self.origin = origin
    }

    public var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "secret",
        "An opaque value: accepted where a string goes to the modem, shown as ‹secret›.",
        describe: { _ in "‹secret›" }
    )
}
