import A7600
import ATProtocol

/// How received messages stand on the line (`a7600.md` section 4).
extension ModuleState {
    /// Longer messages are acknowledged and not reported.
    private static let topicLimit = 1024
    private static let payloadLimit = 10_240

    mutating func deliver(_ message: UplinkMessage, to index: Int) {
        let client = mqtt.clients[index]
        guard client.link != .down, (1...Self.topicLimit).contains(message.topic.count),
            message.payload.count <= Self.payloadLimit
        else { return }
        let bytes = client.topicsAreArguments ? inlineBlock(index, message) : block(index, message)
        let wireTime = Duration.nanoseconds(Int64(bytes.count) * 10_000_000_000 / Int64(terminal.baud))
        streamsUntil = max(now, streamsUntil) + wireTime
        effects.append(.block(bytes))
    }

    private func block(_ index: Int, _ message: UplinkMessage) -> [UInt8] {
        let blank = [UInt8](repeating: 0, count: profile.rxBlank).flatMap { _ in Array("\r\n".utf8) }
        var bytes = Array("\r\n+CMQTTRXSTART: \(index),\(message.topic.count),\(message.payload.count)\r\n".utf8)
        for (header, content) in [("TOPIC", message.topic), ("PAYLOAD", message.payload)] {
            var rest = content[...]
            while !rest.isEmpty {
                let piece = rest.prefix(max(1, profile.rxSplit))
                rest = rest.dropFirst(piece.count)
                bytes += blank + Array("+CMQTTRX\(header): \(index),\(piece.count)\r\n".utf8) + piece
                bytes += Array("\r\n".utf8)
            }
        }
        return bytes + blank + Array("+CMQTTRXEND: \(index)\r\n".utf8)
    }

    /// The form of `argtopic` 1.
    private func inlineBlock(_ index: Int, _ message: UplinkMessage) -> [UInt8] {
        let length = mqtt.clients[index].reportsLength ? "\(message.payload.count)," : ""
        return Array("\r\n+CMQTTRECV: \(index),\"".utf8) + message.topic + Array("\",\(length)\"".utf8)
            + message.payload
            + Array("\"\r\n".utf8)
    }
}
