import Testing

@testable import ATProtocol

/// What the fuzzer has found once.
@Suite("Findings of the fuzzer")
struct FuzzFindings {
    struct Finding: CustomTestStringConvertible {
        let testDescription: String
        let fuzzCase: FuzzCase

        init(_ text: String, engine: Int = 0, _ operations: [FuzzCase.Operation]) {
            testDescription = text
            fuzzCase = FuzzCase(engine: engine, operations: operations)
        }
    }

    private static let ready: [FuzzCase.Operation] = [.open, .written, .receive(Array("AT\r\r\nOK\r\n".utf8))]

    private static func submit(_ name: String) throws -> FuzzCase.Operation {
        .submit(try #require(FuzzCase.commandNames.firstIndex(of: name)), 0)
    }

    private static func receive(_ text: String) -> FuzzCase.Operation { .receive(Array(text.utf8)) }

    static func all() throws -> [Finding] {
        let topic = "AT+CMQTTTOPIC=0,3\r"
        let header =
            "+CMQTTRXPAYLOAD: 0,,0,1,300,\"\",\"\",\"\",0,\"PAYLOAD: 0,,0,1,300,\"\",\"\",\"\",0,\",1,300,\"\","
        return [
            Finding(
                "NUL within the beginning of a quoted line",
                ready + [receive("\r\n+C\0USD: 1,\"Line1\r\nOK\r\nLine2\",15\r\n")]
            ),
            Finding(
                "NUL within the beginning of a frame",
                ready + [receive("\r\n+CMQ\0TTRECV: 0,\"a/b\",12,\"x\",\r\nOK\r\n\"yz\"\r\n")]
            ),
            Finding(
                "The echo of a command that has failed",
                ready + [
                    try submit("topic0"), .written,
                    receive("\r\n+CMQTTRXPAYLOAD: 0,99999999\r\n\nOK\r\n"), .wait(milliseconds: 6000), .written,
                    receive(topic), receive(topic),
                ]
            ),
            Finding(
                "A line that begins like OK",
                ready + [try submit("creset"), .written, receive("AT+CRESET\r\r\nOK: 1\r\nOK:\r\n\r\nOK\r\n")]
            ),
            Finding(
                "A counted line whose closing quote is missing at the very end",
                ready + [receive("\r\n+CMQTTRECV: 0,\"a\",3,\"xz\"\n")]
            ),
            Finding(
                "A header longer than any line",
                engine: 2,
                ready + [try submit("gmr"), .written, receive("AT+GMR\r\r\n\(header)\r\n\r\nOK\r\n")]
            ),
        ]
    }

    @Test("It reads the same whole and in pieces, with records and without", arguments: try all())
    func check(_ finding: Finding) throws {
        let fuzzer = try Fuzzer(seed: 0)
        for seed in 0..<64 { try fuzzer.check(finding.fuzzCase, splitSeed: UInt64(seed)) }
    }
}
