import ATProtocol
import LuaRuntime

/// A string of a script, or a secret in its place.
struct ScriptBytes: Sendable {
    var bytes: [UInt8]
    /// Whether records, errors and logs must not show it.
    var isSecret: Bool

    init?(_ value: LuaValue) {
        if let bytes = value.bytes {
            self.init(bytes: bytes, isSecret: false)
        } else if let secret = value.object(as: LuaSecret.self) {
            self.init(bytes: secret.bytes, isSecret: true)
        } else {
            return nil
        }
    }

    init(bytes: [UInt8], isSecret: Bool) {
        self.bytes = bytes
        self.isSecret = isSecret
    }
}

extension LuaArguments {
    /// A string or a secret.
    func scriptBytes(_ index: Int) throws(LuaFailure) -> ScriptBytes {
        guard let bytes = ScriptBytes(self[index]) else {
            let got = index < count ? self[index].typeName : "no value"
            throw failure(index, "string expected, got \(got)")
        }
        return bytes
    }
}

extension LuaOptions {
    /// A string or a secret; nil when the option is absent.
    func scriptBytes(_ name: String) throws(LuaFailure) -> ScriptBytes? {
        let value = self[name]
        if value.isNil { return nil }
        guard let bytes = ScriptBytes(value) else { throw failure(name, "string expected, got \(value.typeName)") }
        return bytes
    }
}

extension Command {
    /// Marks what a script gave as a secret, beyond what the command's own description marks.
    func hiding(line: Bool, data isDataSecret: Bool, label: String = "secret") -> Command {
        var copy = self
        if line, self.line.count > 2 {
            copy.secrets.append(Secret(part: .line, range: 2..<self.line.count, label: label))
        }
        if isDataSecret, let data, !data.isEmpty {
            copy.secrets.append(Secret(part: .data, range: 0..<data.count, label: label))
        }
        return copy
    }
}
