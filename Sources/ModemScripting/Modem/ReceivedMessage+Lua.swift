import A7600
import LuaRuntime

extension ReceivedMessage {
    /// The line that announces the message on the wire.
    var announcement: String { "+CMQTTRXSTART: \(client),\(topic.count),\(payload.count)" }
}

extension LuaTable {
    init(_ message: ReceivedMessage) {
        self.init([
            "client": .integer(message.client),
            "topic": .string(message.topic),
            "payload": .string(message.payload),
            "complete": .boolean(message.isComplete),
        ])
    }
}
