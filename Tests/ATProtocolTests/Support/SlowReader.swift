/// Reads a fault-free stream in the most obvious way: all bytes at once, nothing kept from one line to the next.
///
/// The stream answers `commands` one after the other, with echo on. What it cannot do: anything late, held or damaged.
struct SlowReader {
    struct Dialogue: Equatable {
        /// What each command was answered with: its information lines, its result, its final.
        var answers: [[String]] = []
        /// Everything that came unasked, in order.
        var events: [String] = []
    }

    /// A command as this reader needs to know it.
    struct Question {
        var line: String
        /// Beginnings of its information lines.
        var information: [String] = []
        /// Beginning of the line that tells how it went, behind its OK.
        var result: String?
        var data: [UInt8]?
    }

    static func read(_ stream: [UInt8], _ questions: [Question]) -> Dialogue {
        var dialogue = Dialogue()
        var waiting = questions[...]
        var isAsked = false
        var isAccepted = false
        for token in tokens(stream) {
            let question = waiting.first
            if !isAsked, token == question?.line {
                isAsked = true
                dialogue.answers.append([])
            } else if isAsked, token == ">", question?.data != nil {
                continue
            } else if isAsked, !isAccepted, token == "OK" || token == "ERROR" || token.hasPrefix("+CME ERROR") {
                dialogue.answers[dialogue.answers.count - 1].append(token)
                isAccepted = token == "OK" && question?.result != nil
                if !isAccepted { (isAsked, waiting) = (false, waiting.dropFirst()) }
            } else if isAccepted, let result = question?.result, token.hasPrefix(result) {
                dialogue.answers[dialogue.answers.count - 1].append(token)
                (isAsked, isAccepted, waiting) = (false, false, waiting.dropFirst())
            } else if isAsked, !isAccepted, question?.information.contains(where: { token.hasPrefix($0) }) == true {
                dialogue.answers[dialogue.answers.count - 1].append(token)
            } else {
                dialogue.events.append(token)
            }
        }
        return dialogue
    }

    /// Lines, `>` at a line start, and frames as `header | body`.
    private static func tokens(_ stream: [UInt8]) -> [String] {
        var tokens: [String] = []
        var index = 0
        while index < stream.count {
            if [0x0D, 0x0A, 0].contains(stream[index]) {
                index += 1
            } else if stream[index] == UInt8(ascii: ">") {
                tokens.append(">")
                index += 1
                if index < stream.count, stream[index] == UInt8(ascii: " ") { index += 1 }
            } else {
                let end = stream[index...].firstIndex { $0 == 0x0D || $0 == 0x0A } ?? stream.count
                let line = Escapes.text(stream[index..<end])
                index = end
                if line.hasPrefix("+CMQTTRXTOPIC: ") || line.hasPrefix("+CMQTTRXPAYLOAD: ") {
                    // Exactly one line end, then as many bytes as the header says.
                    let count = Int(line.drop { $0 != "," }.dropFirst()) ?? 0
                    tokens.append("\(line) | \(Escapes.text(stream[(index + 2)..<(index + 2 + count)]))")
                    index += 2 + count
                } else {
                    tokens.append(line)
                }
            }
        }
        return tokens
    }
}
