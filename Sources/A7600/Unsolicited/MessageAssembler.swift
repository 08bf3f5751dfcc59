public import ATProtocol

/// Folds `+CMQTTRXSTART … +CMQTTRXEND` into one message, and reads `+CMQTTRECV`.
///
/// Fed with the engine's events in their order, all of them. Blocks of two clients never mix, so one is open at most.
/// Sizes and client are compared with those that RXSTART announced; what does not fit, or is cut short, is delivered
/// all the same and marked incomplete.
public struct MessageAssembler: Sendable {
    private struct Block {
        var client: Int
        /// Announced by RXSTART; nil: it was not seen.
        var sizes: (topic: Int, payload: Int)?
        var topic: [UInt8] = []
        var payload: [UInt8] = []
        var isDamaged = false

        var message: ReceivedMessage {
            let fits = sizes.map { $0.topic == topic.count && $0.payload == payload.count } ?? false
            return ReceivedMessage(
                client: client,
                topic: topic,
                payload: payload,
                completeness: fits && !isDamaged ? .complete : .incomplete
            )
        }
    }

    private var block: Block?

    public init() {}

    /// What an event was to the assembler.
    public enum Intake: Hashable, Sendable {
        /// Nothing to do with a message.
        case unrelated
        /// Part of a message. With it a message was finished: this one, or one before that had no end.
        case absorbed(ReceivedMessage?)
        /// Something else, which has cut this message short.
        case interrupted(ReceivedMessage)
    }

    public mutating func take(_ event: Event.Body) -> Intake {
        switch event {
        case .urc(let line, _): takeLine(line)
        case .frame(let frame): takeFrame(frame)
        case .restarted: cut()
        case .state(let state): state == .closed || state == .reopening ? cut() : .unrelated
        case .anomaly(let anomaly): takeAnomaly(anomaly)
        case .late: .unrelated
        }
    }

    private mutating func takeLine(_ line: Line) -> Intake {
        guard line.starts(with: Self.family) else { return .unrelated }
        guard let answer = AnswerLine(line) else {
            return line.bytes.starts(with: "+CMQTTRECV".utf8) ? Self.unframed(line) : .unrelated
        }
        switch answer.prefix {
        case "+CMQTTRXSTART":
            guard let client = answer.integer(0), let topic = answer.integer(1), let payload = answer.integer(2) else {
                return .unrelated
            }
            let before = block?.message
            block = Block(client: client, sizes: (topic, payload))
            block?.topic.reserveCapacity(min(topic, 1024))
            block?.payload.reserveCapacity(min(payload, 10_240))
            return .absorbed(before.map(Self.incomplete))
        case "+CMQTTRXEND":
            guard let client = answer.integer(0), var ended = block.take() else { return .absorbed(nil) }
            if ended.client != client { ended.isDamaged = true }
            return .absorbed(ended.message)
        case "+CMQTTRXTOPIC", "+CMQTTRXPAYLOAD":
            // A header that was not read as a frame: its data are lost.
            if block != nil { block?.isDamaged = true }
            return .absorbed(nil)
        case "+CMQTTRECV": return Self.unframed(line)
        default: return .unrelated
        }
    }

    private mutating func takeFrame(_ frame: Frame) -> Intake {
        guard frame.headerBytes.starts(with: Self.family) else { return .unrelated }
        if frame.headerBytes.starts(with: "+CMQTTRECV".utf8) { return Self.inline(frame) }
        guard let answer = AnswerLine(frame.header), let client = answer.integer(0) else { return .unrelated }
        // Without RXSTART the sizes are unknown, so the message cannot be called complete.
        if block == nil { block = Block(client: client) }
        if block?.client != client { block?.isDamaged = true }
        switch answer.prefix {
        case "+CMQTTRXTOPIC": block?.topic += frame.body
        case "+CMQTTRXPAYLOAD": block?.payload += frame.body
        default: return .unrelated
        }
        return .absorbed(nil)
    }

    private mutating func takeAnomaly(_ anomaly: Anomaly) -> Intake {
        switch anomaly {
        case .truncatedFrame: return cut()
        case .frameSuspect, .frameRefused, .overflow:
            // The engine looks for the end of the block, and so does this.
            block?.isDamaged = true
            return .unrelated
        case .quarantined(let line):
            guard line.bytes.starts(with: "+CMQTTRXEND".utf8), block != nil else { return .unrelated }
            return cut()
        case .strayFinal, .unexpectedPrompt, .holdOverflow: return .unrelated
        }
    }

    /// Ends the open message before its time.
    private mutating func cut() -> Intake {
        guard let cut = block.take() else { return .unrelated }
        return .interrupted(Self.incomplete(cut.message))
    }

    private static func incomplete(_ message: ReceivedMessage) -> ReceivedMessage {
        var copy = message
        copy.completeness = .incomplete
        return copy
    }

    /// `+CMQTTRECV: 0,"a/b",12,"` and 12 bytes.
    private static func inline(_ frame: Frame) -> Intake {
        var header = frame.header.bytes
        // The header ends with the quote that opens the payload.
        if header.last == ASCII.quote { header.removeLast() }
        guard let answer = AnswerLine(Line(header)), let client = answer.integer(0), let topic = answer.bytes(1) else {
            return .unrelated
        }
        return .absorbed(ReceivedMessage(client: client, topic: topic, payload: Array(frame.body)))
    }

    /// `+CMQTTRECV: 0,"a/b","payload"`, without a length: a payload with a line end in it is cut there.
    private static func unframed(_ line: Line) -> Intake {
        let bytes = line.bytes
        guard let opening = bytes.firstIndex(of: ASCII.quote),
            let closing = bytes[(opening + 1)...].firstIndex(of: ASCII.quote), closing + 2 < bytes.count,
            bytes[closing + 1] == ASCII.comma, bytes[closing + 2] == ASCII.quote,
            let client = AnswerLine(Line(Array(bytes[...closing])))?.integer(0)
        else { return .unrelated }
        let ends = bytes.count > closing + 3 && bytes.last == ASCII.quote
        return .absorbed(
            ReceivedMessage(
                client: client,
                topic: Array(bytes[(opening + 1)..<closing]),
                payload: Array(bytes[(closing + 3)..<(ends ? bytes.count - 1 : bytes.count)]),
                completeness: ends ? .complete : .incomplete
            )
        )
    }

    private static let family = Array("+CMQTTR".utf8)
}
