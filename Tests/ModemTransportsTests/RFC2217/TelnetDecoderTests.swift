import Testing

@testable import ModemTransports

struct TelnetDecoderTests {
    private struct Reading: Equatable {
        var data: [UInt8] = []
        var commands: [Telnet.Command] = []
    }

    @Test("A stream reads the same however it is cut")
    func anySplit() {
        let stream: [UInt8] =
            [255, 253, 44, 65, 255, 255, 66, 255, 250, 44, 101, 0, 1, 194, 0, 255, 240]
            + [255, 241, 67, 255, 250, 44, 107, 255, 255, 255, 240, 255, 251, 0, 13, 10]
        let whole = Reading(
            data: [65, 255, 66, 67, 13, 10],
            commands: [
                .negotiation(.do, option: 44),
                .subnegotiation(option: 44, [101, 0, 1, 194, 0]),
                .other(241),
                .subnegotiation(option: 44, [107, 255]),
                .negotiation(.will, option: 0),
            ]
        )
        #expect(read([stream]) == whole)
        #expect(read(stream.map { [$0] }) == whole)
        for cut in stream.indices {
            #expect(read([Array(stream[..<cut]), Array(stream[cut...])]) == whole)
        }
    }

    @Test("A subnegotiation without end is bounded, and a command in it ends it")
    func endless() {
        let reading = read([[255, 250, 44] + Array(repeating: 7, count: 100_000) + [255, 240, 88]])
        #expect(reading.data == [88])
        guard case .subnegotiation(44, let body) = reading.commands.first else {
            Issue.record("no subnegotiation")
            return
        }
        #expect(body.count < TelnetDecoder.limit)
        #expect(read([[255, 250, 44, 1, 255, 251, 0, 9]]).data == [9])
    }

    @Test("Data are doubled where they look like a command")
    func doubled() {
        #expect(Telnet.doubled([1, 255, 2]) == [1, 255, 255, 2])
        #expect(ComPortRequest.baud(115_200).bytes == [255, 250, 44, 1, 0, 1, 194, 0, 255, 240])
        #expect(ComPortRequest.baud(0xFFFF).bytes == [255, 250, 44, 1, 0, 0, 255, 255, 255, 255, 255, 240])
    }

    private func read(_ pieces: [[UInt8]]) -> Reading {
        var decoder = TelnetDecoder()
        var reading = Reading()
        for piece in pieces {
            decoder.decode(piece, data: &reading.data) { reading.commands.append($0) }
        }
        return reading
    }
}
