import ATProtocol
import ModemTransports

/// What a module has received, as one stream of bytes.
final class ByteInbox {
    private let stream: AsyncStream<[UInt8]>
    private var rest: [UInt8] = []

    struct Ended: Error {}

    init(_ module: any ModuleLine) {
        let (stream, bytes) = AsyncStream<[UInt8]>.makeStream()
        self.stream = stream
        module.onReceive { piece, _ in bytes.yield(piece) }
    }

    func next(_ count: Int) async throws -> [UInt8] {
        while rest.count < count {
            guard let piece = await first() else { throw Ended() }
            rest += piece
        }
        defer { rest.removeFirst(count) }
        return Array(rest[..<count])
    }

    private func first() async -> [UInt8]? {
        for await piece in stream { return piece }
        return nil
    }
}
