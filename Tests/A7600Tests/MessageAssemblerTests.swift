import ATProtocol
import Testing

@testable import A7600

@Suite struct MessageAssemblerTests {
    /// Feeds bytes through the engine, at every cut, and returns the messages.
    private func messages(_ stream: String, cuts: Cuts = .whole) -> [ReceivedMessage] {
        var bench = Bench(.a7600, echo: true, cuts: cuts)
        var assembler = MessageAssembler()
        var messages: [ReceivedMessage] = []
        for piece in cuts.pieces(of: Array(stream.utf8)) {
            for event in bench.events(of: Array(piece)) { Self.add(assembler.take(event), to: &messages) }
        }
        return messages
    }

    private static func add(_ intake: MessageAssembler.Intake, to messages: inout [ReceivedMessage]) {
        switch intake {
        case .absorbed(let message?), .interrupted(let message): messages.append(message)
        case .absorbed(nil), .unrelated: break
        }
    }

    private func message(
        _ topic: String,
        _ payload: String,
        client: Int = 0,
        _ completeness: ReceivedMessage.Completeness = .complete
    ) -> ReceivedMessage {
        ReceivedMessage(
            client: client,
            topic: Array(topic.utf8),
            payload: Array(payload.utf8),
            completeness: completeness
        )
    }

    static let cuts: [Cuts] = [.whole, .bytes, .random(seed: 1), .random(seed: 2), .random(seed: 3)]

    @Test(arguments: cuts)
    func aBlockIsOneMessage(cuts: Cuts) {
        let stream =
            "\r\n+CMQTTRXSTART: 0,9,6\r\n+CMQTTRXTOPIC: 0,9\r\nsimcommsg\r\n+CMQTTRXPAYLOAD: 0,6\r\n012345\r\n"
            + "+CMQTTRXEND: 0\r\n"
        #expect(messages(stream, cuts: cuts) == [message("simcommsg", "012345")])
    }

    @Test(arguments: cuts)
    func emptyLinesInTheBlockDoNotMatter(cuts: Cuts) {
        let stream =
            "\r\n+CMQTTRXSTART: 0,1,2\r\n\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n\r\n"
            + "+CMQTTRXEND: 0\r\n"
        #expect(messages(stream, cuts: cuts) == [message("a", "bc")])
    }

    @Test(arguments: cuts)
    func piecesAreJoinedAndMayCutACharacter(cuts: Cuts) {
        let stream: [UInt8] =
            Array("\r\n+CMQTTRXSTART: 1,5,7\r\n+CMQTTRXTOPIC: 1,4\r\ncaf".utf8) + [0xC3]
            + Array("\r\n+CMQTTRXTOPIC: 1,1\r\n".utf8) + [0xA9]
            + Array(
                "\r\n+CMQTTRXPAYLOAD: 1,4\r\n\r\n\0\u{1A}\r\n+CMQTTRXPAYLOAD: 1,3\r\nabc\r\n+CMQTTRXEND: 1\r\n".utf8
            )
        var bench = Bench(.a7600, echo: true)
        var assembler = MessageAssembler()
        var got: [ReceivedMessage] = []
        for piece in cuts.pieces(of: stream) {
            for event in bench.events(of: Array(piece)) { Self.add(assembler.take(event), to: &got) }
        }
        #expect(got == [message("café", "\r\n\0\u{1A}abc", client: 1)])
    }

    @Test func anEmptyMessageHasNoPayloadLine() {
        let stream = "\r\n+CMQTTRXSTART: 0,1,0\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXEND: 0\r\n"
        #expect(messages(stream) == [message("a", "")])
    }

    @Test(arguments: [
        "\r\n+CMQTTRXSTART: 0,1,3\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n+CMQTTRXEND: 0\r\n",
        "\r\n+CMQTTRXSTART: 0,2,2\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n+CMQTTRXEND: 0\r\n",
        "\r\n+CMQTTRXSTART: 0,1,2\r\n+CMQTTRXTOPIC: 1,1\r\na\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n+CMQTTRXEND: 0\r\n",
        "\r\n+CMQTTRXSTART: 0,1,2\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n+CMQTTRXEND: 1\r\n",
        "\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n+CMQTTRXEND: 0\r\n",
        "\r\n+CMQTTRXSTART: 0,1,2\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n"
            + "+CMQTTRXSTART: 0,1,0\r\n",
        "\r\n+CMQTTRXSTART: 0,1,2\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXPAYLOAD: 0,2\r\nbc\r\n\r\n*ATREADY: 1\r\n",
    ])
    func whatDoesNotFitOrIsCutIsMarkedIncomplete(stream: String) {
        let got = messages(stream)
        #expect(got == [message("a", "bc", .incomplete)])
        #expect(got.first?.isComplete == false)
    }

    @Test func aDamagedFrameMarksItsMessageAndTheNextIsRead() {
        let stream =
            "\r\n+CMQTTRXSTART: 0,1,5\r\n+CMQTTRXTOPIC: 0,1\r\na\r\n+CMQTTRXPAYLOAD: 0,5\r\n"
            + "\r\n+CGEV: NW DETACH\r\nhello\r\n+CMQTTRXEND: 0\r\n"
            + "\r\n+CMQTTRXSTART: 0,1,1\r\n+CMQTTRXTOPIC: 0,1\r\nb\r\n+CMQTTRXPAYLOAD: 0,1\r\nc\r\n+CMQTTRXEND: 0\r\n"
        #expect(messages(stream) == [message("a", "", .incomplete), message("b", "c")])
    }

    @Test func aFrameThatIsCutShortEndsItsMessage() {
        var assembler = MessageAssembler()
        #expect(assembler.take(.urc(Line("+CMQTTRXSTART: 0,1,100"), nil)) == .absorbed(nil))
        #expect(assembler.take(.frame(Frame(header: Line("+CMQTTRXTOPIC: 0,1"), body: [0x61]))) == .absorbed(nil))
        #expect(
            assembler.take(.anomaly(.truncatedFrame(got: 3, of: 100))) == .interrupted(message("a", "", .incomplete))
        )
        #expect(assembler.take(.restarted(expected: false)) == .unrelated)
    }

    @Test func thePortsLossEndsAMessage() {
        var assembler = MessageAssembler()
        #expect(assembler.take(.urc(Line("+CMQTTRXSTART: 1,1,1"), nil)) == .absorbed(nil))
        #expect(assembler.take(.state(.closed)) == .interrupted(message("", "", client: 1, .incomplete)))
    }

    @Test(arguments: cuts)
    func aMessageInOneLineIsReadByItsLength(cuts: Cuts) {
        let stream = "\r\n+CMQTTRECV: 0,\"a/b\",12,\"x\",\r\nOK\r\n\"yz\"\r\n"
        #expect(messages(stream, cuts: cuts) == [message("a/b", "x\",\r\nOK\r\n\"yz")])
    }

    @Test func aMessageInOneLineWithoutLengthIsTakenAsItStands() {
        #expect(messages("\r\n+CMQTTRECV: 1,\"a/b\",\"pay\"load\"\r\n") == [message("a/b", "pay\"load", client: 1)])
        #expect(messages("\r\n+CMQTTRECV: 1,\"a/b\",\"\"\r\n") == [message("a/b", "", client: 1)])
        #expect(messages("\r\n+CMQTTRECV: 1,\"a/b\",\"cut\r\n") == [message("a/b", "cut", client: 1, .incomplete)])
    }

    @Test(arguments: ["+CMQTTPUB: 0,0", "+CSQ: 1,1", "SMS DONE", "+CMQTTRXSTART: x", "+CMQTTRECV: nonsense"])
    func otherLinesAreNotItsBusiness(line: String) {
        var assembler = MessageAssembler()
        #expect(assembler.take(.urc(Line(line), nil)) == .unrelated)
    }

    @Test func aLoneEndGivesNothing() {
        var assembler = MessageAssembler()
        #expect(assembler.take(.urc(Line("+CMQTTRXEND: 0"), nil)) == .absorbed(nil))
    }
}
