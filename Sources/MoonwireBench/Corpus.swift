import A7600
import ATProtocol

/// What is fed to the core: the command that is open, and the bytes that come while it is.
struct Corpus {
    struct Turn {
        var command: Command
        /// Echo and answer.
        var bytes: [UInt8]
    }

    var name: String
    var turns: [Turn]

    var size: Int { turns.reduce(0) { $0 + $1.bytes.count } }
    /// Lines and frames that reach somebody: information lines, results, unsolicited lines, frame bodies.
    var delivered: Int

    /// Short commands and the ten lines of the SSL contexts.
    static func answers() throws -> Corpus {
        let contexts = (0..<10).map { "+CSSLCFG: \($0),4,1,1,300,\"ca.pem\",\"\",\"\",\"\",0" }
        let commands = Commands(.a7600)
        return Corpus(
            name: "answers",
            turns: [
                turn(try commands.probe(), []),
                turn(try commands.signal(), ["+CSQ: 23,0"]),
                turn(try commands.tlsContexts(), contexts),
                turn(try commands.registration(.packetSwitched), ["+CGREG: 0,1"]),
                turn(try commands.identity("+CGMM"), ["A7600C"]),
            ],
            delivered: 13
        )
    }

    /// Commands with nothing but echo and final result code.
    static func bare() throws -> Corpus {
        Corpus(name: "bare AT", turns: [turn(try Commands(.a7600).probe(), [])], delivered: 1)
    }

    /// The short commands and contexts again, with an unsolicited line for every line of an answer.
    static func mixed() throws -> Corpus {
        var corpus = try answers()
        corpus.name = "half unsolicited"
        let urc = Array("\r\n+CREG: 1\r\n".utf8)
        for index in corpus.turns.indices {
            let lines = max(1, corpus.turns[index].bytes.split(separator: 0x0A).count / 2)
            for _ in 0..<lines { corpus.turns[index].bytes += urc }
            corpus.delivered += lines
        }
        return corpus
    }

    /// Messages of 10 KiB.
    static func messages() throws -> Corpus {
        let topic = Array("units/7/report".utf8)
        let payload = (0..<10_240).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var bytes = Array(
            "\r\n+CMQTTRXSTART: 0,\(topic.count),\(payload.count)\r\n+CMQTTRXTOPIC: 0,\(topic.count)\r\n".utf8
        )
        bytes += topic
        for start in stride(from: 0, to: payload.count, by: 1500) {
            let piece = payload[start..<min(start + 1500, payload.count)]
            bytes += Array("\r\n+CMQTTRXPAYLOAD: 0,\(piece.count)\r\n".utf8) + piece
        }
        bytes += Array("\r\n+CMQTTRXEND: 0\r\n".utf8)
        var turn = turn(try Commands(.a7600).probe(), [])
        turn.bytes += bytes
        return Corpus(name: "10 KiB messages", turns: [turn], delivered: 1 + 2 + 7 + 1)
    }

    private static func turn(_ command: Command, _ lines: [String]) -> Turn {
        var bytes = command.line + [0x0D]
        if !lines.isEmpty {
            bytes += Array("\r\n".utf8) + lines.flatMap { Array("\($0)\r\n".utf8) }
        }
        bytes += Array("\r\nOK\r\n".utf8)
        return Turn(command: command, bytes: bytes)
    }
}
