import ATProtocol
import Testing

@testable import A7600

/// The logs of real modules, read by the engine with this module's data.
@Suite struct TranscriptTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let transcript: Transcript
        let profile: Profile
        var dataEcho: Configuration.DataEcho?
        var testDescription: String { transcript.name }
    }

    /// A line of the module as bytes, with so many empty lines before it.
    static func bytes(of item: Transcript.Item, blanks: Int) -> [UInt8] {
        let before = String(repeating: "\r\n", count: blanks)
        return switch item {
        case .prompt: Array("\(before)>".utf8)
        case .line(let line): Array("\(before)\(line)\r\n".utf8)
        }
    }

    /// - Parameter echo: whether the echo of each command is on the line; logged echoes are replaced by exact ones.
    static func play(_ one: Case, echo: Bool, blanks: Int, cuts: Cuts) throws -> [String] {
        var bench = Bench(one.profile, echo: echo, cuts: cuts, dataEcho: one.dataEcho)
        for step in one.transcript.steps {
            if bench.open.isEmpty { bench.settle() }
            if let line = step.line {
                bench.submit(try command(line, step, one.profile))
                // A barrier that the engine wants first.
                if bench.open.count == 1, !step.answer.isEmpty { bench.settleUntilWritten() }
            }
            var stream: [UInt8] = []
            var frame = 0
            var answer = step.answer
            let hasEcho = step.line.map { answer.contains(.line($0)) } ?? false
            if !hasEcho, let line = step.line, bench.isEchoOn, !answer.isEmpty { answer.insert(.line(line), at: 0) }
            for item in answer {
                if case .line(let line) = item, line == step.line {
                    if bench.isEchoOn || hasEcho { stream += Array("\(line)\r".utf8) }
                    continue
                }
                // Like the echo of a command, the echo of data has no line end before it.
                let isDataEcho = step.data.map { item == .line($0) } ?? false
                stream += bytes(of: resized(item, frame), blanks: isDataEcho || frame > 0 ? 0 : blanks)
                frame = frameLength(item)
                if item == .prompt {
                    // The data leave before the module goes on.
                    bench.receive(stream)
                    stream = []
                }
            }
            bench.receive(stream)
            if step.line == "ATE0" { bench.isEchoOn = false }
            if !step.answer.isEmpty { bench.wait(.seconds(1)) }
        }
        if bench.open.isEmpty { bench.settle() }
        bench.apply(.closed(.vanished))
        return bench.takeLog()
    }

    /// Data that the log does not show are filled up to the number that the command declares.
    private static func command(_ line: String, _ step: Transcript.Step, _ profile: Profile) throws -> Command {
        do throws(ArgumentFault) {
            return try Catalogue.command(line: line, profile: profile, checking: .framingOnly)
        } catch {
            guard error.parameter == "data" else { throw error }
            let length = line.split(separator: ",").dropFirst().lazy.compactMap { Int($0) }.first ?? 0
            var data = Array((step.data ?? "").utf8.prefix(length))
            data += [UInt8](repeating: UInt8(ascii: "x"), count: length - data.count)
            return try Catalogue.command(line: line, data: data, profile: profile, checking: .framingOnly)
        }
    }

    /// The bytes a header announces.
    private static func frameLength(_ item: Transcript.Item) -> Int {
        guard case .line(let line) = item, line.hasPrefix("+CMQTTRXTOPIC") || line.hasPrefix("+CMQTTRXPAYLOAD") else {
            return 0
        }
        return line.split(separator: ",").last.flatMap { Int($0) } ?? 0
    }

    /// Where the author replaced a payload, as many bytes as its header says.
    private static func resized(_ item: Transcript.Item, _ length: Int) -> Transcript.Item {
        guard length > 0, case .line(let line) = item, line.utf8.count != length else { return item }
        return .line(line + String(repeating: ".", count: length - line.utf8.count))
    }

    static let cases: [Case] = [
        Case(transcript: .mutualTLSPublish, profile: .sim7600, dataEcho: .off),
        Case(transcript: .resetWhileConnected, profile: .sim7600, dataEcho: .off),
        Case(transcript: .bootToSubscribe, profile: .a7670),
        Case(transcript: .certificateDownload, profile: .a7670),
        Case(transcript: .dataEchoAndNoSubtopic, profile: .a7670, dataEcho: .always),
        Case(transcript: .handshakeFailure, profile: .sim7600, dataEcho: .off),
        Case(transcript: .startTwice, profile: .sim7600),
        Case(transcript: .plainPublishReceive, profile: .a7670),
        Case(transcript: .messageBeforeResult, profile: .a7670),
        Case(transcript: .messageBlock, profile: .a7670),
        Case(transcript: .plainExact, profile: .sim7600, dataEcho: .off),
        Case(transcript: .connectFailureWithoutOK, profile: .a7670),
    ]

    static let cuts: [Cuts] = [.whole, .bytes] + (1...3).map { .random(seed: $0) }

    @Test(arguments: cases)
    func everyCommandCompletesWithTheMeaningItsLogShows(one: Case) throws {
        #expect(!one.transcript.meaning.isEmpty)
        // A log without echoes may come from a line with or without them.
        let echoes = one.transcript.showsEcho ? [true] : [false, true]
        for echo in echoes {
            for blanks in 0...2 {
                for cuts in Self.cuts {
                    let log = try Self.play(one, echo: echo, blanks: blanks, cuts: cuts)
                    #expect(log == one.transcript.meaning, "echo \(echo), \(blanks) empty lines, \(cuts)")
                }
            }
        }
    }

    @Test func echoedDataAreFoundByObservationToo() throws {
        var one = try #require(Self.cases.first { $0.transcript.name.hasPrefix("05") })
        one.dataEcho = .unknown
        for cuts in Self.cuts {
            #expect(try Self.play(one, echo: false, blanks: 1, cuts: cuts) == one.transcript.meaning)
        }
    }
}
