import ATProtocol
import ModemSession
import ModemTransports
import Testing

/// What a session relies on, whatever the line is made of.
@Suite(.timeLimit(.minutes(1)))
struct LineConformanceTests {
    static let allBytes = (0...255).map { UInt8($0) }

    @Test("All byte values pass in both directions", arguments: LineKind.available)
    func allByteValues(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            let received = ByteInbox(module)
            try await transport.withRecordedLine { line in
                line.write(Self.allBytes)
                let got = try await received.next(256)
                #expect(got == Self.allBytes)
                module.send(Self.allBytes)
                let answer = try await line.bytes(256)
                #expect(answer == Self.allBytes)
            }
        }
    }

    @Test("Single bytes pass in order in both directions", arguments: LineKind.available)
    func singleBytes(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            let received = ByteInbox(module)
            try await transport.withRecordedLine { line in
                for byte in Self.allBytes {
                    line.write([byte])
                    module.send([byte])
                }
                let got = try await received.next(256)
                #expect(got == Self.allBytes)
                let answer = try await line.bytes(256)
                #expect(answer == Self.allBytes)
            }
        }
    }

    @Test("64 KiB in one piece pass in both directions", arguments: LineKind.available)
    func largePieces(kind: LineKind) async throws {
        let piece = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        try await kind.withEnds { transport, module in
            let received = ByteInbox(module)
            try await transport.withRecordedLine { line in
                line.write(piece)
                let got = try await received.next(piece.count)
                #expect(got == piece)
                module.send(piece)
                let answer = try await line.bytes(piece.count)
                #expect(answer == piece)
            }
        }
    }

    @Test("Each write is reported once, in order, before the bytes that answer it", arguments: LineKind.available)
    func writesAreReported(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            module.onReceive { bytes, _ in module.send(bytes) }
            try await transport.withRecordedLine { line in
                for number in 1...100 as ClosedRange<UInt8> {
                    line.write([number])
                    let inputs = try await line.inputs(until: .bytes([number]))
                    #expect(inputs == [.written(UInt64(number)), .bytes([number])])
                }
            }
        }
    }

    @Test("Stamps never go back and lie between the call and its reading", arguments: LineKind.available)
    func stamps(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            module.onReceive { bytes, _ in module.send(bytes) }
            try await transport.withRecordedLine { line in
                let before = transport.executor.now()
                for number in 1...20 as ClosedRange<UInt8> {
                    line.write([number])
                    _ = try await line.bytes(1)
                }
                let stamps = line.stamps
                #expect(stamps == stamps.sorted())
                #expect(stamps.allSatisfy { before <= $0 && $0 <= transport.executor.now() })
            }
        }
    }

    @Test("A peer that is gone closes the line, as the last input", arguments: LineKind.available)
    func peerGone(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            let received = ByteInbox(module)
            try await transport.withRecordedLine { line in
                line.write([1])
                _ = try await received.next(1)
                module.setPresent(false)
                let answer = try await line.closed()
                #expect(answer == .vanished)
                line.write([2])
            }
        }
    }

    @Test("A line that is gone opens again when its peer is back", arguments: LineKind.available)
    func reopen(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            let received = ByteInbox(module)
            for number in 1...3 as ClosedRange<UInt8> {
                try await transport.withRecordedLine { line in
                    line.write([number])
                    let got = try await received.next(1)
                    #expect(got == [number])
                    module.setPresent(false)
                    let answer = try await line.closed()
                    #expect(answer == .vanished)
                }
                if kind.refusesWhileAbsent {
                    await #expect(throws: TransportError.self) {
                        try await transport.withRecordedLine { _ in }
                    }
                }
                module.setPresent(true)
                try await transport.executor.passed()
            }
        }
    }

    @Test("A line opens again after its scope has been left", arguments: LineKind.available)
    func leaveAndReturn(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            let received = ByteInbox(module)
            for number in 1...5 as ClosedRange<UInt8> {
                try await transport.withRecordedLine { line in
                    line.write([number])
                    let got = try await received.next(1)
                    #expect(got == [number])
                }
            }
        }
    }

    @Test("A cancelled scope closes the line, and it opens again", arguments: LineKind.available)
    func cancel(kind: LineKind) async throws {
        try await kind.withEnds { transport, module in
            let received = ByteInbox(module)
            let (opened, isOpen) = AsyncStream<Void>.makeStream()
            let scope = Task {
                try await transport.withRecordedLine { line in
                    isOpen.finish()
                    _ = try await line.closed()
                }
            }
            for await _ in opened {}
            scope.cancel()
            await #expect(throws: CancellationError.self) { try await scope.value }
            try await transport.withRecordedLine { line in
                line.write([7])
                let got = try await received.next(1)
                #expect(got == [7])
            }
        }
    }

    @Test("An error of the body closes the line and comes through", arguments: LineKind.available)
    func bodyThrows(kind: LineKind) async throws {
        struct Complaint: Error {}
        try await kind.withEnds { transport, _ in
            for _ in 1...2 {
                await #expect(throws: Complaint.self) {
                    try await transport.withRecordedLine { _ in throw Complaint() }
                }
            }
        }
    }
}
